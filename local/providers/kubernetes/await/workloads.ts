import type { JsonObject } from "../../property-values.ts";
import { at, listAt, numberAt, shown, textAt } from "../json-access.ts";
import type { Manifest } from "../manifest.ts";
import type { Readiness } from "./readiness.ts";

const EXISTING_GENERATION = ["metadata", "generation"] as const;

function conditionNamed(live: Manifest, type: string): JsonObject | undefined {
  return listAt(live, "status", "conditions").find((condition) => condition["type"] === type);
}

/** `Progressing is False (ProgressDeadlineExceeded): the message`. */
function describeCondition(condition: JsonObject): string {
  const { type, status, reason, message } = condition;
  const because = reason === undefined ? "" : ` (${shown(reason)})`;
  const said = message === undefined || message === "" ? "" : `: ${shown(message)}`;
  return `${shown(type)} is ${shown(status)}${because}${said}`;
}

/** The controller has not yet seen the latest change, so what it reports is of the one before. */
function unobserved(live: Manifest): string[] {
  const observed = numberAt(live, ["status", "observedGeneration"], 0);
  return observed >= numberAt(live, EXISTING_GENERATION, 1)
    ? []
    : ["the controller has not taken up the change yet"];
}

function readiness(reasons: readonly string[]): Readiness {
  return { ready: reasons.length === 0, reasons };
}

/** Rolled out: every replica is of the latest template and available, and none is left of an older. */
export function deploymentReadiness(live: Manifest): Readiness {
  const wanted = numberAt(live, ["spec", "replicas"], 1);
  const updated = numberAt(live, ["status", "updatedReplicas"], 0);
  const available = numberAt(live, ["status", "availableReplicas"], 0);
  const total = numberAt(live, ["status", "replicas"], 0);
  const reasons = unobserved(live);
  if (updated < wanted) reasons.push(`${updated} of ${wanted} replicas are of the latest template`);
  if (total > updated) reasons.push(`${total - updated} replicas of an older template remain`);
  if (available < wanted) reasons.push(`${available} of ${wanted} replicas are available`);
  const stuck = ["Progressing", "Available"]
    .map((type) => conditionNamed(live, type))
    .filter((condition) => condition?.["status"] === "False");
  if (reasons.length > 0)
    reasons.push(...stuck.flatMap((item) => (item ? [describeCondition(item)] : [])));
  return readiness(reasons);
}

/** Every replica is of the latest template and ready; with OnDelete nobody rolls, so ready is enough. */
export function statefulSetReadiness(live: Manifest): Readiness {
  const wanted = numberAt(live, ["spec", "replicas"], 1);
  const updated = numberAt(live, ["status", "updatedReplicas"], 0);
  const ready = numberAt(live, ["status", "readyReplicas"], 0);
  const partition = numberAt(live, ["spec", "updateStrategy", "rollingUpdate", "partition"], 0);
  const rolls = textAt(live, "spec", "updateStrategy", "type") !== "OnDelete";
  const toUpdate = rolls ? Math.max(0, wanted - partition) : 0;
  const reasons = unobserved(live);
  if (updated < toUpdate)
    reasons.push(`${updated} of ${toUpdate} replicas are of the latest template`);
  if (ready < wanted) reasons.push(`${ready} of ${wanted} replicas are ready`);
  return readiness(reasons);
}

/** Every node that should has a pod of the latest template that is available. */
export function daemonSetReadiness(live: Manifest): Readiness {
  const wanted = numberAt(live, ["status", "desiredNumberScheduled"], 0);
  const updated = numberAt(live, ["status", "updatedNumberScheduled"], 0);
  const available = numberAt(live, ["status", "numberAvailable"], 0);
  const rolls = textAt(live, "spec", "updateStrategy", "type") !== "OnDelete";
  const reasons = unobserved(live);
  if (rolls && updated < wanted) {
    reasons.push(`${updated} of ${wanted} pods are of the latest template`);
  }
  if (available < wanted) reasons.push(`${available} of ${wanted} pods are available`);
  return readiness(reasons);
}

/** Complete. A failed Job stays failed, so it ends the wait. A suspended one is left alone. */
export function jobReadiness(live: Manifest): Readiness {
  const failed = conditionNamed(live, "Failed");
  if (failed?.["status"] === "True") {
    return { ready: false, failed: true, reasons: [describeCondition(failed)] };
  }
  if (conditionNamed(live, "Complete")?.["status"] === "True") return readiness([]);
  if (at(live, "spec", "suspend") === true) return readiness([]);
  const wanted = numberAt(live, ["spec", "completions"], 1);
  const succeeded = numberAt(live, ["status", "succeeded"], 0);
  return readiness([`${succeeded} of ${wanted} completions`]);
}

/** Ready, or run to its end. */
export function podReadiness(live: Manifest): Readiness {
  const phase = textAt(live, "status", "phase") ?? "Pending";
  if (phase === "Succeeded" || conditionNamed(live, "Ready")?.["status"] === "True") {
    return readiness([]);
  }
  const problems = podProblems(live);
  return readiness(problems.length > 0 ? problems : [`the pod is ${phase}`]);
}

/** Why a pod is not ready: not scheduled, or a container that does not start or has ended. */
export function podProblems(pod: JsonObject): string[] {
  const name = textAt(pod, "metadata", "name") ?? "";
  const problems: string[] = [];
  const scheduled = listAt(pod, "status", "conditions").find(
    (condition) => condition["type"] === "PodScheduled" && condition["status"] === "False",
  );
  if (scheduled !== undefined) problems.push(`pod ${name}: ${describeCondition(scheduled)}`);
  const statuses = [
    ...listAt(pod, "status", "initContainerStatuses"),
    ...listAt(pod, "status", "containerStatuses"),
  ];
  for (const status of statuses) {
    for (const state of ["waiting", "terminated"]) {
      const reason = textAt(status, "state", state, "reason");
      if (reason === undefined || reason === "Completed") continue;
      const message = textAt(status, "state", state, "message");
      const said = message === undefined ? "" : `: ${message}`;
      problems.push(`pod ${name}, container ${shown(status["name"])}: ${reason}${said}`);
    }
  }
  return problems;
}
