import { setTimeout as sleep } from "node:timers/promises";
import { hasReason } from "../api-error.ts";
import { referenceTo, type Cluster } from "../cluster.ts";
import { at, isObject, listAt, objectAt, shown } from "../json-access.ts";
import { annotationOf, describeObject, namespaceOf, type Manifest } from "../manifest.ts";
import { readinessOfKind } from "./readiness-of-kind.ts";
import { READY, type ClusterReader, type Readiness } from "./readiness.ts";
import { parseWaitFor, WAIT_FOR, waitForReadiness } from "./wait-for.ts";
import { podProblems } from "./workloads.ts";

const SKIP_AWAIT = "pulumi.com/skipAwait";
const TIMEOUT_SECONDS = "pulumi.com/timeoutSeconds";
const DEFAULT_TIMEOUT_SECONDS = 600;
const FIRST_PAUSE_MILLISECONDS = 100;
const LONGEST_PAUSE_MILLISECONDS = 250;
const MAX_PODS_TOLD = 3;

/** What a wait needs to know besides the object. */
export interface WaitContext {
  readonly cluster: Cluster;
  readonly signal: AbortSignal;
  /** Seconds of the resource's customTimeouts; 0 when it has none. */
  readonly timeout: number;
  /** What to wait for, in place of the object's annotations and kind. */
  readonly readiness?: (live: Manifest) => Readiness | Promise<Readiness>;
}

/** The wait ended without the object being ready; it exists all the same. */
export class NotReadyError extends Error {
  readonly live: Manifest;
  constructor(message: string, live: Manifest) {
    super(message);
    this.live = live;
  }
}

/** Seconds that an operation on an object may take: customTimeouts, else its annotation, else 600. */
export function timeoutSeconds(object: Manifest, customTimeout: number): number {
  if (customTimeout > 0) return customTimeout;
  const annotated = Number(annotationOf(object, TIMEOUT_SECONDS));
  return annotated > 0 ? annotated : DEFAULT_TIMEOUT_SECONDS;
}

/** Readiness by the object's own annotations, else by what is known of its kind. */
export async function currentReadiness(live: Manifest, cluster: ClusterReader): Promise<Readiness> {
  if (annotationOf(live, SKIP_AWAIT) === "true") return READY;
  const waitFor = annotationOf(live, WAIT_FOR);
  if (waitFor !== undefined) return waitForReadiness(parseWaitFor(waitFor), live);
  return readinessOfKind(live, cluster);
}

/** Reads an object again and again until it is ready, and gives it as it is then. */
export async function waitUntilReady(object: Manifest, context: WaitContext): Promise<Manifest> {
  const seconds = timeoutSeconds(object, context.timeout);
  const pauses = untilDeadline(seconds, context.signal);
  let live = object;
  for (;;) {
    const readiness = await (context.readiness?.(live) ?? currentReadiness(live, context.cluster));
    if (readiness.ready) return live;
    const subject = describeObject(live);
    if (readiness.failed === true) {
      throw new NotReadyError(`${subject} failed: ${readiness.reasons.join("; ")}`, live);
    }
    const pause = await pauses();
    if (pause !== "on") {
      const reasons = [...readiness.reasons, ...(await problemsOfPods(live, context.cluster))];
      const why = pause === "cancelled" ? "was cancelled" : `timed out after ${seconds} s`;
      throw new NotReadyError(
        `waiting for ${subject} to be ready ${why}: ${reasons.join("; ")}`,
        live,
      );
    }
    live = await context.cluster.get(referenceTo(live));
  }
}

/** Reads a deleted object until it is gone, or another of its name has taken its place. */
export async function waitUntilGone(object: Manifest, context: WaitContext): Promise<void> {
  const reference = referenceTo(object);
  const seconds = timeoutSeconds(object, context.timeout);
  const pauses = untilDeadline(seconds, context.signal);
  for (;;) {
    const metadata = await context.cluster.findMetadata(reference);
    if (metadata === undefined || metadata["uid"] !== object.metadata["uid"]) return;
    const pause = await pauses();
    if (pause !== "on") {
      const why = pause === "cancelled" ? "was cancelled" : `timed out after ${seconds} s`;
      const holding = whatHolds((await context.cluster.find(reference)) ?? object);
      throw new Error(
        `waiting for ${describeObject(object)} to be deleted ${why}${holding === "" ? "" : `: ${holding}`}`,
      );
    }
  }
}

/** Pauses, growing a little, until the deadline or a cancellation; the result says which it was. */
function untilDeadline(
  seconds: number,
  signal: AbortSignal,
): () => Promise<"on" | "late" | "cancelled"> {
  const deadline = performance.now() + seconds * 1000;
  let pause = FIRST_PAUSE_MILLISECONDS;
  return async () => {
    if (signal.aborted) return "cancelled";
    const left = deadline - performance.now();
    if (left <= 0) return "late";
    try {
      await sleep(Math.min(pause, left), undefined, { signal });
    } catch {
      return "cancelled";
    }
    pause = Math.min(pause * 1.25, LONGEST_PAUSE_MILLISECONDS);
    return "on";
  };
}

/** Finalizers, and for a namespace what it says it still holds. */
function whatHolds(live: Manifest): string {
  const finalizers = [at(live, "metadata", "finalizers"), at(live, "spec", "finalizers")]
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .map(String);
  const conditions = listAt(live, "status", "conditions")
    .filter((condition) => condition["status"] === "True" && condition["message"] !== undefined)
    .map((condition) => shown(condition["message"]));
  const held = finalizers.length === 0 ? [] : [`finalizers ${finalizers.join(", ")} remain`];
  return [...held, ...conditions].join("; ");
}

/** What keeps the pods of a workload from being ready. */
async function problemsOfPods(live: Manifest, cluster: Cluster): Promise<string[]> {
  const labels = objectAt(live, "spec", "selector", "matchLabels");
  if (Object.keys(labels).length === 0) return [];
  const selector = Object.entries(labels).map(([key, value]) => `${key}=${shown(value)}`);
  try {
    const pods = await cluster.list("v1", "Pod", namespaceOf(live), selector.join(","));
    return pods.filter(isObject).flatMap(podProblems).slice(0, MAX_PODS_TOLD);
  } catch (error) {
    // The rights to read pods may be missing; the wait's own reasons are told without them.
    if (hasReason(error, "Forbidden")) return [];
    throw error;
  }
}
