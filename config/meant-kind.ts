import { CLUSTER_KINDS, type ClusterKind } from "../components/clusters/settings.ts";
import { CLUSTER_SCHEMAS } from "./schema/cluster.ts";
import { valueAt } from "./schema/path.ts";
import { suggestedOf } from "./unknown-key.ts";

/** The names of the clouds themselves, which people write in place of those of their clusters. */
const CLOUD_NAMES: Readonly<Record<string, ClusterKind>> = {
  aws: "eks",
  amazon: "eks",
  azure: "aks",
  gcp: "gke",
  google: "gke",
};

/** The kind that a word means, or undefined for one that is like none. */
function kindOfWord(word: string): ClusterKind | undefined {
  const known = CLUSTER_KINDS.find((kind) => kind === word);
  if (known !== undefined) return known;
  const cloud = Object.hasOwn(CLOUD_NAMES, word.toLowerCase())
    ? CLOUD_NAMES[word.toLowerCase()]
    : undefined;
  return cloud ?? suggestedOf(word, CLUSTER_KINDS);
}

/** How many keys of a cluster's section are unknown, and how many missing, if it is one of a kind. */
function misfit(kind: ClusterKind, cluster: unknown): { unknown: number; missing: number } {
  const issues = CLUSTER_SCHEMAS[kind].safeParse(cluster).error?.issues ?? [];
  return {
    unknown: issues.reduce(
      (sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : 0),
      0,
    ),
    missing: issues.filter(({ path }) => valueAt(cluster, path) === undefined).length,
  };
}

/**
 * The kind that a cluster's section is of, or is most likely meant to be of: what its key `kind` says or
 * nearly says, else the kind that its other keys fit best. So a mistake in that one key is one problem,
 * and the rest is judged by what its writer meant.
 */
export function meantKind(cluster: unknown): ClusterKind {
  const word = (cluster as { kind?: unknown } | null | undefined)?.kind;
  const kind = typeof word === "string" ? kindOfWord(word) : undefined;
  if (kind !== undefined) return kind;
  // What is written says more than what is not.
  const [best] = CLUSTER_KINDS.map((fit) => ({ fit, ...misfit(fit, cluster) })).toSorted(
    (a, b) => a.unknown - b.unknown || a.missing - b.missing,
  );
  return best?.fit ?? "existing";
}
