import { z } from "zod";
import type { CloudNodePoolSettings, GkeSettings } from "../../../components/clusters/settings.ts";
import { readJson, unanswered } from "../answer.ts";
import type { Asking, Check } from "../check.ts";
import { existence } from "../cloud-login.ts";
import { notChecked, type Verdict } from "../finding.ts";
import { cpusByQuota, diskGb } from "../needs.ts";
import { judgeQuota, type Need } from "../quota.ts";
import type { GoogleCommands } from "./google-commands.ts";

const quotasSchema = z.object({
  quotas: z.array(z.object({ metric: z.string(), limit: z.number(), usage: z.number() })),
});
type Quotas = z.infer<typeof quotasSchema>["quotas"];

/** Families that count against the quota of the region as a whole. */
const SHARED_FAMILIES = ["e2", "n1", "f1", "g1"];

/** The quota that a machine type's CPUs count against, as Google names the metric. */
export function cpuMetric({ machineType }: Pick<CloudNodePoolSettings, "machineType">): string {
  const [family = ""] = machineType.split("-");
  return SHARED_FAMILIES.includes(family) ? "CPUS" : `${family.toUpperCase()}_CPUS`;
}

/** The id of a quota, by which more of it is asked for. */
function quotaId(metric: string, regional: boolean): string {
  return `${metric.replaceAll("_", "-")}-per-project${regional ? "-region" : ""}`;
}

function judgeMetric(
  metric: string,
  need: Need,
  quotas: Quotas,
  { project, region }: GkeSettings,
  clusterExists: boolean,
  regional: boolean,
): Verdict {
  const quota = quotas.find((one) => one.metric === metric);
  if (quota === undefined) return notChecked(`gcloud does not tell the quota ${metric}`);
  const where = regional ? ` --dimensions=region=${region}` : "";
  return judgeQuota(
    need,
    { limit: quota.limit, used: quota.usage },
    clusterExists,
    (limit) =>
      `gcloud beta quotas preferences create --service=compute.googleapis.com --project=${project} ` +
      `--quota-id=${quotaId(metric, regional)}${where} --preferred-value=${limit}`,
  );
}

/** Whether the region's quotas hold the pools at their maximum. */
export function judgeRegionQuotas(
  text: string,
  settings: GkeSettings,
  clusterExists: boolean,
): Verdict[] {
  const { quotas } = readJson(quotasSchema, text);
  const needs = [
    ...[...cpusByQuota(settings, cpuMetric)].map(
      ([metric = "CPUS", amount]) => [metric, { amount, of: `CPUs (${metric})` }] as const,
    ),
    [
      "SSD_TOTAL_GB",
      { amount: diskGb(settings), of: "GB of nodes' disks (SSD_TOTAL_GB)" },
    ] as const,
  ];
  return needs.map(([metric, need]) =>
    judgeMetric(metric, need, quotas, settings, clusterExists, true),
  );
}

/** Whether the project's quota over all regions holds them. */
export function judgeProjectQuotas(
  text: string,
  settings: GkeSettings,
  clusterExists: boolean,
): Verdict {
  const amount = [...cpusByQuota(settings, () => "all").values()].reduce((sum, n) => sum + n, 0);
  const { quotas } = readJson(quotasSchema, text);
  const need = { amount, of: "CPUs (CPUS_ALL_REGIONS)" };
  return judgeMetric("CPUS_ALL_REGIONS", need, quotas, settings, clusterExists, false);
}

/** Quotas of the region and of the project. */
export function googleQuotas(commands: GoogleCommands, settings: GkeSettings): Check[] {
  const judging =
    (
      command: "region" | "projectQuotas",
      judge: (text: string, settings: GkeSettings, exists: boolean) => Verdict | Verdict[],
    ) =>
    async ({ ask, timeout }: Asking) => {
      const [answer, cluster] = await Promise.all([ask(commands[command]), ask(commands.cluster)]);
      if (answer.is !== "answer") return unanswered(commands[command], answer, timeout);
      // Where nobody knows, the sterner judgement would be a false alarm for every running cluster.
      return judge(answer.text, settings, existence(cluster) ?? true);
    };
  return [
    { section: "Quotas", title: "region", run: judging("region", judgeRegionQuotas) },
    { section: "Quotas", title: "project", run: judging("projectQuotas", judgeProjectQuotas) },
  ];
}
