import type { PlatformCapabilities } from "../core/platform-capabilities.ts";
import type { Problem } from "../core/problem.ts";
import type { ResourceBounds } from "../core/quantity.ts";
import type { VolumeSize } from "./claim.ts";
import type { SourceKey } from "./config-source.ts";
import type { WorkloadSize } from "./namespace-quota.ts";
import type { PodOptions } from "./pod.ts";

/** What the data stores of a system have in common. A change rolls the store: it is away for seconds. */
export interface DataStoreArgs extends Pick<
  PodOptions,
  "imagePullSecrets" | "priorityClassName" | "restartedAt" | "workloadIdentity"
> {
  readonly namespace: string;
  readonly system: string;
  /** Key of a Secret that is there already. A new value is taken over when the pod rolls. */
  readonly password: SourceKey;
  /** Size and class of the volume (E-31). */
  readonly volume: VolumeSize;
  /** Of the server; its exporter comes on top (E-31). */
  readonly resources: ResourceBounds;
  /** As the platform gives it; undefined where nothing scrapes. */
  readonly monitors: PlatformCapabilities["monitors"];
  /** As the platform gives it; public images are pulled through it. @default the public registries */
  readonly imageMirrorPrefix?: string | undefined;
  /** The engine refuses to delete the volume until this is false again. @default false */
  readonly protectData?: boolean;
  /** Runs no pod and keeps volume, Service and configuration. @default false */
  readonly suspended?: boolean;
}

/** What an exporter needs, whatever it exports: it only reads some counters twice a minute. */
export const EXPORTER_RESOURCES: ResourceBounds = {
  requests: { cpu: "50m", memory: "64Mi" },
  limits: { cpu: "200m", memory: "128Mi" },
};

/** What a store of so many servers, each with an exporter, asks of its namespace's quota. */
export function dataStoreSize(
  args: Pick<DataStoreArgs, "resources" | "volume">,
  servers = 1,
): WorkloadSize {
  return {
    resources: args.resources,
    sidecars: [EXPORTER_RESOURCES],
    maxReplicas: servers,
    claims: Array.from({ length: servers }, () => args.volume.size),
  };
}

/** What every store hands on to its pod: place, life and what it is pulled with. */
export function podOptionsOf(args: DataStoreArgs) {
  const { namespace, system, protectData = false, suspended = false } = args;
  const { imagePullSecrets, priorityClassName, restartedAt, workloadIdentity } = args;
  return {
    namespace,
    system,
    protectData,
    suspended,
    ...(imagePullSecrets === undefined ? {} : { imagePullSecrets }),
    ...(priorityClassName === undefined ? {} : { priorityClassName }),
    ...(restartedAt === undefined ? {} : { restartedAt }),
    ...(workloadIdentity === undefined ? {} : { workloadIdentity }),
  };
}

/** Problems of the key that holds a store's password. */
export function checkPassword({ source, key }: SourceKey): Problem[] {
  const got = JSON.stringify(key);
  if (source.kind !== "Secret") {
    const remedy = "Anybody may read a ConfigMap; put the password into a Secret.";
    return [{ path: "password", got: source.kind, expected: "a key of a Secret", remedy }];
  }
  if (source.keys.includes(key)) return [];
  const remedy = `It has ${source.keys.join(", ")}.`;
  return [{ path: "password.key", got, expected: `a key of Secret ${source.name}`, remedy }];
}
