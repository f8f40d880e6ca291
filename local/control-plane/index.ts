export type { ClusterSetup, Companions } from "./cluster-setup.ts";
export { clusterApi, countNodes, createMissing } from "./cluster-api.ts";
export { LOCAL_CONTEXT } from "./credentials.ts";
export { SIMULATE_ANNOTATION } from "./stages.ts";
export {
  ensureControlPlane,
  startCluster,
  startControlPlane,
  type ControlPlane,
  type ControlPlaneOptions,
} from "./start.ts";
export { waitUntil } from "./wait-until.ts";
export { stateLayout, type StateLayout } from "./state-layout.ts";
export { controlPlaneStatus, stopControlPlane, type ControlPlaneStatus } from "./stop.ts";
