import { z } from "zod";
import { perZone } from "../../../components/clusters/node-pools.ts";
import type { AksSettings, CloudNodePoolSettings } from "../../../components/clusters/settings.ts";
import type { Guard } from "../../../components/core/guard.ts";
import { readJson, unanswered } from "../answer.ts";
import type { Asking, Check } from "../check.ts";
import { existence } from "../cloud-login.ts";
import type { CommandLine } from "../command-runner.ts";
import { notChecked, type Verdict } from "../finding.ts";
import { cpusByQuota } from "../needs.ts";
import { judgeQuota, type Need } from "../quota.ts";
import type { AzureCommands } from "./azure-commands.ts";
import { readAzureCluster } from "./azure-login.ts";

// The Azure CLI writes these numbers as text in one list and as numbers in another.
const usageSchema = z.array(
  z.object({
    currentValue: z.coerce.number(),
    limit: z.coerce.number(),
    name: z.object({ value: z.string() }),
  }),
);

const SPOT = "lowPriorityCores";

/**
 * The family that a size belongs to, as quotas name it: `Standard_D4ds_v5` is of `standardDDSv5Family`.
 * Undefined for a size that is named in another way.
 */
export function familyOf(size: string): string | undefined {
  const [, letters, features, version = ""] =
    /^Standard_([A-Z]+)\d+(?:-\d+)?([a-z]*)(?:_(v\d+))?$/.exec(size) ?? [];
  if (letters === undefined || features === undefined) return undefined;
  return `standard${letters}${features.toUpperCase()}${version}Family`;
}

/** The quota that a pool's CPUs count against. */
export function cpuQuotaName({
  machineType,
  spot,
}: Pick<CloudNodePoolSettings, "machineType" | "spot">): string | undefined {
  return spot ? SPOT : familyOf(machineType);
}

function judgeUsage(
  text: string,
  names: readonly string[],
  need: Need,
  { subscription, region }: AksSettings,
  clusterExists: boolean,
  { provider, type }: { readonly provider: string; readonly type: string },
): Verdict {
  const usage = readJson(usageSchema, text).find(({ name }) =>
    names.some((wanted) => wanted.toLowerCase() === name.value.toLowerCase()),
  );
  if (usage === undefined) {
    return notChecked(`the Azure CLI does not tell the quota ${names.join(" or ")}`);
  }
  return judgeQuota(
    need,
    { limit: usage.limit, used: usage.currentValue },
    clusterExists,
    (limit) =>
      `az quota create --resource-name ${usage.name.value} ` +
      `--scope /subscriptions/${subscription}/providers/${provider}/locations/${region} ` +
      `--limit-object value=${limit} --resource-type ${type}`,
  );
}

const COMPUTE = { provider: "Microsoft.Compute", type: "dedicated" };
const NETWORK = { provider: "Microsoft.Network", type: "PublicIpAddresses" };

/** Whether the quotas of the families, and that of the region, hold the pools at their maximum. */
export function judgeAzureCpus(
  text: string,
  settings: AksSettings,
  guard: Guard,
  clusterExists: boolean,
): Verdict[] {
  const zones = settings.zones.length;
  // Under strict each zone has a pool of its own, and the maximum is rounded up in each (D-79).
  const most = ({ maxNodes }: CloudNodePoolSettings) =>
    guard === "strict" ? perZone(maxNodes, zones) * zones : maxNodes;
  const families = [...cpusByQuota(settings, cpuQuotaName, most)].map(([name, amount]) => {
    if (name === undefined) return notChecked("a machine type's family is not known here");
    const need = { amount, of: `CPUs (${name})` };
    return judgeUsage(text, [name], need, settings, clusterExists, COMPUTE);
  });
  const sums = cpusByQuota(settings, ({ spot }) => (spot ? SPOT : "cores"), most);
  const amount = sums.get("cores") ?? 0;
  const region = { amount, of: "CPUs (cores, the whole region)" };
  return [...families, judgeUsage(text, ["cores"], region, settings, clusterExists, COMPUTE)];
}

/** Names that the quota of public addresses of the standard kind goes by. */
const PUBLIC_ADDRESSES = [
  "StandardSkuPublicIpAddresses",
  "IPv4StandardSkuPublicIpAddresses",
  "PublicIPAddresses",
];

/** Whether there are public addresses for the NAT gateways and one for the load balancer. */
export function judgeAzureAddresses(
  text: string,
  settings: AksSettings,
  guard: Guard,
  clusterExists: boolean,
): Verdict {
  const amount = (guard === "strict" ? settings.zones.length : 1) + 1;
  const need = { amount, of: "public addresses" };
  return judgeUsage(text, PUBLIC_ADDRESSES, need, settings, clusterExists, NETWORK);
}

/** CPUs and public addresses. */
export function azureQuotas(commands: AzureCommands, settings: AksSettings, guard: Guard): Check[] {
  const judging =
    (line: CommandLine, judge: (text: string, exists: boolean) => Verdict | Verdict[]) =>
    async ({ ask, timeout }: Asking) => {
      const [usage, clusters] = await Promise.all([ask(line), ask(commands.clusters)]);
      if (usage.is !== "answer") return unanswered(line, usage, timeout);
      const exists = existence(clusters, (text) => readAzureCluster(text, settings)) ?? true;
      return judge(usage.text, exists);
    };
  return [
    {
      section: "Quotas",
      title: "CPUs",
      run: judging(commands.machineUsage, (text, exists) =>
        judgeAzureCpus(text, settings, guard, exists),
      ),
    },
    {
      section: "Quotas",
      title: "addresses",
      run: judging(commands.networkUsage, (text, exists) =>
        judgeAzureAddresses(text, settings, guard, exists),
      ),
    },
  ];
}
