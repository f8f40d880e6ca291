export { resumeCloud, stopCloud } from "./cloud-cluster.ts";
export { clusterHook } from "./cluster-hook.ts";
export type * from "./cluster-hook-types.ts";
export { callerOf } from "./identity/account-identity.ts";
export {
  dependentsInCloud,
  leaks,
  retainedDisks,
  type Disk,
  type LoadBalancer,
  type MadeByController,
} from "./left-behind.ts";
