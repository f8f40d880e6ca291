import type { Guard } from "../core/guard.ts";
import type { Problem } from "../core/problem.ts";
import { checkAks } from "./aks/check-aks.ts";
import { checkExistingCluster } from "./check-existing.ts";
import { checkEks } from "./eks/check-eks.ts";
import { checkGke } from "./gke/check-gke.ts";
import type { ClusterSettings } from "./settings.ts";

/** Everything wrong with `slipway:cluster` that its types cannot say. Loads no cloud's SDK. */
export function checkCluster(settings: ClusterSettings, guard: Guard): Problem[] {
  switch (settings.kind) {
    case "existing":
      return checkExistingCluster(settings, guard);
    case "gke":
      return checkGke(settings, guard);
    case "eks":
      return checkEks(settings, guard);
    case "aks":
      return checkAks(settings, guard);
  }
}
