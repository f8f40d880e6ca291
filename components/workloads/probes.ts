import type * as k8s from "@pulumi/kubernetes";

/** Numbers of one probe, in seconds and in probes. */
interface ProbeTimes {
  readonly initialDelaySeconds?: number;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
}

/** Numbers of the probes wherever a guide gives none (D-84). A start may take 300 seconds. */
export const PROBE_DEFAULTS: Readonly<Record<"liveness" | "readiness" | "startup", ProbeTimes>> = {
  liveness: { initialDelaySeconds: 30, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
  readiness: { initialDelaySeconds: 10, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 3 },
  startup: { periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 30 },
};

/** The three probes of a container that answers HTTP at `path` on the port called `portName`. */
export function httpProbes(
  path: string,
  portName: string,
): Pick<k8s.types.input.core.v1.Container, "livenessProbe" | "readinessProbe" | "startupProbe"> {
  const httpGet = { path, port: portName };
  return {
    startupProbe: { httpGet, ...PROBE_DEFAULTS.startup },
    livenessProbe: { httpGet, ...PROBE_DEFAULTS.liveness },
    readinessProbe: { httpGet, ...PROBE_DEFAULTS.readiness },
  };
}
