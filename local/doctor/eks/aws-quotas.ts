import { z } from "zod";
import type { CloudNodePoolSettings, EksSettings } from "../../../components/clusters/settings.ts";
import type { Guard } from "../../../components/core/guard.ts";
import { readJson, unanswered } from "../answer.ts";
import { settled, type Asking, type Check } from "../check.ts";
import { existence } from "../cloud-login.ts";
import type { CommandLine } from "../command-runner.ts";
import { notChecked, type Verdict } from "../finding.ts";
import { cpusByQuota } from "../needs.ts";
import { judgeQuota, type Need } from "../quota.ts";
import type { AwsCommands } from "./aws-commands.ts";

/** A quota as Service Quotas knows it. */
interface AwsQuota {
  readonly service: string;
  readonly code: string;
}

/** CPUs of the families A, C, D, H, I, M, R, T and Z together. */
const ON_DEMAND: AwsQuota = { service: "ec2", code: "L-1216C47A" };
const SPOT: AwsQuota = { service: "ec2", code: "L-34B43A08" };
const ELASTIC_IPS: AwsQuota = { service: "ec2", code: "L-0263D0A3" };
const NETWORKS: AwsQuota = { service: "vpc", code: "L-F678F1CE" };
/** Families whose CPUs have a quota in common. */
const STANDARD_FAMILY = /^[acdhimrtz]\d/;

/** The code of the quota that a pool's CPUs count against; undefined for families with one of their own. */
export function cpuQuotaCode({
  machineType,
  spot,
}: Pick<CloudNodePoolSettings, "machineType" | "spot">): string | undefined {
  if (!STANDARD_FAMILY.test(machineType)) return undefined;
  return spot ? SPOT.code : ON_DEMAND.code;
}

const quotaSchema = z.object({ Quota: z.object({ Value: z.number() }) });
const countSchema = z.number();

/** Whether a quota, as Service Quotas tells it, holds what is needed. */
export function judgeAwsQuota(
  text: string,
  usedText: string | undefined,
  need: Need,
  { service, code }: AwsQuota,
  region: string,
  clusterExists: boolean,
): Verdict {
  const limit = readJson(quotaSchema, text).Quota.Value;
  const used = usedText === undefined ? {} : { used: readJson(countSchema, usedText) };
  return judgeQuota(
    need,
    { limit, ...used },
    clusterExists,
    (wanted) =>
      `aws service-quotas request-service-quota-increase --service-code ${service} ` +
      `--quota-code ${code} --desired-value ${wanted} --region ${region}`,
  );
}

/** CPUs, public addresses of the NAT gateways, and networks. */
export function awsQuotas(commands: AwsCommands, settings: EksSettings, guard: Guard): Check[] {
  const { region, zones } = settings;
  const quotaCheck = (title: string, need: Need, quota: AwsQuota, used?: CommandLine): Check => ({
    section: "Quotas",
    title,
    run: async ({ ask, timeout }: Asking) => {
      const line = commands.quota(quota.service, quota.code);
      const [limit, inUse, cluster] = await Promise.all([
        ask(line),
        used === undefined ? undefined : ask(used),
        ask(commands.cluster),
      ]);
      if (limit.is !== "answer") return unanswered(line, limit, timeout);
      const usedText = inUse?.is === "answer" ? inUse.text : undefined;
      const exists = existence(cluster) ?? true;
      return judgeAwsQuota(limit.text, usedText, need, quota, region, exists);
    },
  });
  const cpus = [...cpusByQuota(settings, cpuQuotaCode)].map(([code, amount]) => {
    if (code === undefined) {
      const own = settings.nodePools.filter((pool) => cpuQuotaCode(pool) === undefined);
      const types = own.map(({ machineType }) => machineType).join(", ");
      return settled("Quotas", "CPUs", notChecked(`the quota of ${types} is not known here`));
    }
    const of = code === SPOT.code ? "CPUs of spot nodes" : "CPUs";
    return quotaCheck(of, { amount, of }, { service: "ec2", code });
  });
  // One NAT gateway, and so one address, for each zone under strict.
  const addresses = guard === "strict" ? zones.length : 1;
  return [
    ...cpus,
    quotaCheck(
      "elastic IPs",
      { amount: addresses, of: "elastic IPs" },
      ELASTIC_IPS,
      commands.addresses,
    ),
    quotaCheck("networks", { amount: 1, of: "networks (VPCs)" }, NETWORKS, commands.networks),
  ];
}
