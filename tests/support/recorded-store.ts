import { byName, type Recording } from "../../plan/recording.ts";
import { outline } from "./recorded-program.ts";

/** What a test reads of a container. */
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly object[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
  readonly startupProbe?: { readonly exec: unknown; readonly failureThreshold: number };
}
/** What a test reads of the spec of a Deployment or StatefulSet. */
export interface Workload {
  readonly replicas: number;
  readonly strategy?: unknown;
  readonly template: {
    readonly spec: {
      readonly securityContext: { readonly runAsUser: number };
      readonly initContainers?: readonly Container[];
      readonly containers: readonly [Container, Container];
    };
  };
}
/** The spec of a recorded workload. */
export const workload = (recording: Recording, name: string) =>
  byName(recording, name).inputs["spec"] as Workload;
/** An environment variable that comes from the Secret of the store fixtures. */
export const fromSecret = (name: string, key: string) => ({
  name,
  valueFrom: { secretKeyRef: { name: "studio-secrets", key } },
});
/** What a store made, without the Secret that was there before. */
export const own = (recording: Recording) =>
  outline(recording).filter((line) => !line.includes("secrets"));
