import { cloudAnswer, type Cloud } from "../../../plan/recording/cloud-outputs/index.ts";
import { called, CloudError } from "./cloud-error.ts";
import type { CloudRecord } from "./cloud-record.ts";

const OUTPUTS = ["masterVersion", "currentKubernetesVersion", "version"] as const;

function minorOf(record: CloudRecord): number | undefined {
  const { outputs } = cloudAnswer(record);
  const version = OUTPUTS.map((key) => outputs[key]).find((value) => typeof value === "string");
  const minor = /^1\.(\d+)/.exec(version ?? "")?.[1];
  return minor === undefined ? undefined : Number(minor);
}

/** Refuses what no cloud does with a control plane: go back, or leave a minor version out. */
export function checkUpgrade(cloud: Cloud, before: CloudRecord, after: CloudRecord): void {
  const [old, wanted] = [minorOf(before), minorOf(after)];
  if (old === undefined || wanted === undefined || wanted === old || wanted === old + 1) return;
  throw new CloudError(
    cloud,
    "invalid",
    `${called(after)}: Kubernetes 1.${old} can be raised to 1.${old + 1} only, not to 1.${wanted}.`,
  );
}
