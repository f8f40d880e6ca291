import { aksChecks } from "./aks/aks-checks.ts";
import type { Check } from "./check.ts";
import { eksChecks } from "./eks/eks-checks.ts";
import { gkeChecks } from "./gke/gke-checks.ts";
import { stackFileChecks } from "./stack-file-checks.ts";
import type { StackFacts } from "./stack-facts.ts";
import { stateChecks } from "./state-checks.ts";
import { toolChecks } from "./tool-checks.ts";

/** What the kind of the stack's cluster needs. */
async function clusterChecks(facts: StackFacts): Promise<Check[]> {
  const { cluster } = facts.settings;
  switch (cluster.kind) {
    case "existing": {
      // Its Kubernetes client takes longer to load than all else together.
      const { existingChecks } = await import("./existing/existing-checks.ts");
      return existingChecks(cluster, facts);
    }
    case "gke":
      return gkeChecks(cluster, facts);
    case "eks":
      return eksChecks(cluster, facts);
    case "aks":
      return aksChecks(cluster, facts);
  }
}

/** Everything to look at before the first `up` of a stack. */
export async function checksFor(facts: StackFacts): Promise<Check[]> {
  return [
    ...toolChecks(facts.settings.cluster),
    ...(await clusterChecks(facts)),
    ...stateChecks(facts),
    ...stackFileChecks(facts),
  ];
}
