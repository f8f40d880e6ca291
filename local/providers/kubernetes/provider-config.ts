import { differences, formatPath } from "../property-diff.ts";
import { hasUnknown, revealed, UNKNOWN, type PropertyMap } from "../property-values.ts";
import type { CheckFailure, DiffResult, PropertyDiff } from "../provider.ts";
import { activeCluster, type KubeconfigChoice } from "./kubeconfig.ts";
import type { Mutability } from "./replacement-fields.ts";
import { unreachableOptions, type UnreachableOptions } from "./unreachable.ts";

/** The provider's inputs that the stand-in acts on. */
export interface KubernetesConfig {
  readonly kubeconfig: string;
  readonly choice: KubeconfigChoice;
  readonly namespace?: string;
  readonly mutability: Mutability;
  readonly patchForce: boolean;
  readonly unreachable: UnreachableOptions;
}

/** Inputs that would need the real plugin, with what to do instead. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  renderYamlToDirectory: "the stand-in writes no files; use the offline plan",
  upsertExistingObjects: "the stand-in never takes over objects that exist",
};

/** The engine hands flags over as booleans or as text. */
function isOn(value: unknown): boolean {
  return value === true || value === "true";
}

/** Problems of a provider's inputs that can be told without the cluster. */
export function checkConfigInputs(inputs: PropertyMap): CheckFailure[] {
  const plain = revealed(inputs) as PropertyMap;
  const failures = Object.entries(UNSUPPORTED)
    .filter(([key]) => plain[key] !== undefined && plain[key] !== false && plain[key] !== "false")
    .map(([property, reason]) => ({ property, reason }));
  const apply = plain["enableServerSideApply"];
  if (apply === false || apply === "false") {
    failures.push({
      property: "enableServerSideApply",
      reason: "the stand-in updates by server-side apply only; leave it out or set it to true",
    });
  }
  if (plain["kubeconfig"] === undefined || plain["kubeconfig"] === "") {
    failures.push({
      property: "kubeconfig",
      reason: "is required: the stand-in uses no kubeconfig that happens to be around",
    });
  }
  return failures;
}

/** The configuration, or undefined while the cluster is not known yet. */
export function readConfig(inputs: PropertyMap): KubernetesConfig | undefined {
  if (hasUnknown(inputs)) return undefined;
  const plain = revealed(inputs) as PropertyMap;
  const text = (key: string) => (typeof plain[key] === "string" ? plain[key] : undefined);
  const namespace = text("namespace");
  return {
    kubeconfig: text("kubeconfig") ?? "",
    choice: choiceOf(plain),
    mutability: {
      secrets: isOn(plain["enableSecretMutable"]),
      configMaps: isOn(plain["enableConfigMapMutable"]),
    },
    patchForce: isOn(plain["enablePatchForce"]),
    unreachable: unreachableOptions(plain),
    ...(namespace === undefined ? {} : { namespace }),
  };
}

function choiceOf(plain: PropertyMap): KubeconfigChoice {
  const { context, cluster } = plain;
  return {
    ...(typeof context === "string" ? { context } : {}),
    ...(typeof cluster === "string" ? { cluster } : {}),
  };
}

const CLUSTER_KEYS = new Set(["kubeconfig", "context", "cluster"]);

/**
 * Whether a changed provider means another cluster, so that everything in it has to be made anew. A
 * `clusterIdentifier` decides alone. Without one, unknown access or another cluster entry in the
 * kubeconfig counts as another cluster.
 */
export function diffConfigInputs(oldInputs: PropertyMap, newInputs: PropertyMap): DiffResult {
  const before = revealed(oldInputs) as PropertyMap;
  const after = revealed(newInputs) as PropertyMap;
  const otherCluster = isOtherCluster(before, after);
  const identifiers = [before["clusterIdentifier"], after["clusterIdentifier"]];
  const changed = new Map<string, PropertyDiff>();
  for (const { path, kind } of differences(before, after)) {
    const key = String(path[0]);
    const replace =
      key === "clusterIdentifier"
        ? // Taking it up or giving it up replaces nothing.
          identifiers.every((identifier) => identifier !== undefined)
        : CLUSTER_KEYS.has(key) && otherCluster;
    changed.set(formatPath(path), { kind, replace });
  }
  return { changed, deleteBeforeReplace: false };
}

function isOtherCluster(before: PropertyMap, after: PropertyMap): boolean {
  const { clusterIdentifier } = after;
  if (clusterIdentifier !== undefined && clusterIdentifier === before["clusterIdentifier"]) {
    return false;
  }
  if ([...CLUSTER_KEYS].some((key) => after[key] === UNKNOWN)) return true;
  const { kubeconfig: oldText } = before;
  const { kubeconfig: newText } = after;
  if (typeof oldText !== "string" || typeof newText !== "string") return false;
  try {
    const oldCluster = activeCluster(oldText, choiceOf(before));
    const newCluster = activeCluster(newText, choiceOf(after));
    return differences({ cluster: oldCluster }, { cluster: newCluster }).length > 0;
  } catch {
    // An entry that cannot be found is no evidence of another cluster.
    return false;
  }
}
