import { z } from "zod";
import { parse } from "yaml";
import type { AksSettings } from "../../../components/clusters/settings.ts";
import { readJson, unanswered, UnexpectedAnswer } from "../answer.ts";
import type { Check } from "../check.ts";
import { loginCheck, type Described } from "../cloud-login.ts";
import type { AzureCommands } from "./azure-commands.ts";

const clustersSchema = z.array(
  z.object({ name: z.string(), group: z.string(), location: z.string() }),
);
const kubeconfigSchema = z.object({
  clusters: z
    .array(
      z.object({
        cluster: z.object({
          server: z.string(),
          "certificate-authority-data": z.string().optional(),
        }),
      }),
    )
    .min(1),
});

/** The cluster among all of the subscription: its resource group is where it is found, not what is asked. */
export interface AzureCluster extends Described {
  readonly group: string;
}

export function readAzureCluster(
  text: string,
  { name, region }: Pick<AksSettings, "name" | "region">,
): AzureCluster | undefined {
  const cluster = readJson(clustersSchema, text).find(
    (one) => one.name === name && one.location === region,
  );
  return cluster === undefined ? undefined : { group: cluster.group };
}

/** The address and the authority in a kubeconfig. Whatever else it holds is not looked at. */
export function readKubeconfigCluster(text: string): Described {
  let content: unknown;
  try {
    content = parse(text);
  } catch (error) {
    throw new UnexpectedAnswer("its answer has an unexpected form", { cause: error });
  }
  const read = kubeconfigSchema.safeParse(content);
  const cluster = read.data?.clusters[0]?.cluster;
  if (cluster === undefined) throw new UnexpectedAnswer("its answer has an unexpected form");
  const authority = cluster["certificate-authority-data"];
  return {
    server: cluster.server,
    ...(authority === undefined ? {} : { certificateAuthority: authority }),
  };
}

/** Whether the cluster lets its caller in. */
export function azureLogin(commands: AzureCommands, settings: AksSettings, file: string): Check {
  return loginCheck<AzureCluster>(
    {
      describe: commands.clusters,
      read: (text) => readAzureCluster(text, settings),
      complete: async ({ group }, { ask, timeout }) => {
        const line = commands.kubeconfig(group, settings.name);
        const answer = await ask(line);
        return answer.is === "answer"
          ? readKubeconfigCluster(answer.text)
          : unanswered(line, answer, timeout);
      },
      plugin: commands.plugin,
      refused:
        "Add your object id to slipway:cluster.admins or viewers; a role takes minutes to arrive.",
    },
    settings,
    file,
  );
}
