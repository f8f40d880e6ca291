import { z } from "zod";
import type { EksSettings } from "../../../components/clusters/settings.ts";
import { readJson } from "../answer.ts";
import type { Check } from "../check.ts";
import { loginCheck, type Described } from "../cloud-login.ts";
import type { AwsCommands } from "./aws-commands.ts";

const clusterSchema = z.object({
  cluster: z.object({
    endpoint: z.string().optional(),
    certificateAuthority: z.object({ data: z.string().optional() }).optional(),
  }),
});

/** The address and the authority in a description of a cluster. */
export function readAwsCluster(text: string): Described {
  const { endpoint, certificateAuthority } = readJson(clusterSchema, text).cluster;
  return {
    ...(endpoint === undefined ? {} : { server: endpoint }),
    ...(certificateAuthority?.data === undefined
      ? {}
      : { certificateAuthority: certificateAuthority.data }),
  };
}

/** Whether the cluster lets its caller in. */
export function awsLogin(commands: AwsCommands, settings: EksSettings, file: string): Check {
  const { name, region } = settings;
  return loginCheck(
    {
      describe: commands.cluster,
      read: readAwsCluster,
      plugin: commands.plugin,
      refused: `aws eks list-access-entries --cluster-name ${name} --region ${region}   # then add yourself to slipway:cluster.admins or viewers`,
    },
    settings,
    file,
  );
}
