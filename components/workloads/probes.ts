import type * as k8s from "@pulumi/kubernetes";

/** Numbers of one probe, in seconds and in probes. */
interface ProbeTimes {
  readonly initialDelaySeconds?: number;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
}

/** The probes of one container. */
export type Probes = Pick<
  k8s.types.input.core.v1.Container,
  "livenessProbe" | "readinessProbe" | "startupProbe"
>;

/** What a probe does. Ports are named as the container names them. */
export type ProbeAction =
  | { readonly http: string; readonly port: string }
  | { readonly tcp: string }
  /** Runs in the container; no shell but the one it names. */
  | { readonly exec: readonly string[] };

/** Numbers of the probes wherever a guide gives none (D-84). A start may take 300 seconds. */
export const PROBE_DEFAULTS: Readonly<Record<"liveness" | "readiness" | "startup", ProbeTimes>> = {
  liveness: { initialDelaySeconds: 30, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
  readiness: { initialDelaySeconds: 10, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 3 },
  startup: { periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 30 },
};

/**
 * The three probes of a container whose health one action tells; `startSeconds` for its start, and
 * another action where more is asked of a start than of health.
 */
export function probes(action: ProbeAction, startSeconds = 300, start = action): Probes {
  const handler = handlerOf(action);
  const { startup, liveness, readiness } = PROBE_DEFAULTS;
  const failureThreshold = Math.ceil(startSeconds / startup.periodSeconds);
  return {
    startupProbe: { ...handlerOf(start), ...startup, failureThreshold },
    livenessProbe: { ...handler, ...liveness },
    readinessProbe: { ...handler, ...readiness },
  };
}

function handlerOf(action: ProbeAction): k8s.types.input.core.v1.Probe {
  if ("http" in action) return { httpGet: { path: action.http, port: action.port } };
  if ("tcp" in action) return { tcpSocket: { port: action.tcp } };
  return { exec: { command: [...action.exec] } };
}
