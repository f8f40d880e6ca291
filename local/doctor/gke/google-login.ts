import { z } from "zod";
import type { GkeSettings } from "../../../components/clusters/settings.ts";
import { readJson } from "../answer.ts";
import type { Check } from "../check.ts";
import { loginCheck, type Described } from "../cloud-login.ts";
import type { GoogleCommands } from "./google-commands.ts";

const clusterSchema = z.object({
  endpoint: z.string().optional(),
  masterAuth: z.object({ clusterCaCertificate: z.string().optional() }).optional(),
  controlPlaneEndpointsConfig: z
    .object({ dnsEndpointConfig: z.object({ endpoint: z.string().optional() }).optional() })
    .optional(),
});

/** The cluster's address, or its name behind Google's sign-in, which has a certificate that all trust. */
export function readGoogleCluster(text: string, by: GkeSettings["endpoint"]): Described {
  const { endpoint, masterAuth, controlPlaneEndpointsConfig } = readJson(clusterSchema, text);
  if (by === "dns") {
    const name = controlPlaneEndpointsConfig?.dnsEndpointConfig?.endpoint;
    return name === undefined ? {} : { server: `https://${name}` };
  }
  const authority = masterAuth?.clusterCaCertificate;
  return {
    ...(endpoint === undefined ? {} : { server: `https://${endpoint}` }),
    ...(authority === undefined ? {} : { certificateAuthority: authority }),
  };
}

/** Whether the cluster lets its caller in. */
export function googleLogin(commands: GoogleCommands, settings: GkeSettings, file: string): Check {
  const { project } = settings;
  return loginCheck(
    {
      describe: commands.cluster,
      read: (text) => readGoogleCluster(text, settings.endpoint),
      plugin: commands.plugin,
      refused: `gcloud projects add-iam-policy-binding ${project} --member=MEMBER --role=roles/container.viewer`,
    },
    settings,
    file,
  );
}
