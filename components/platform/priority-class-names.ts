/**
 * Which pods make room for which when nodes are full: a pod of a lower class is evicted for one of a
 * higher. All lie below the classes of Kubernetes itself (2,000,000,000) and above its default (0).
 */
export const PRIORITY_CLASSES = {
  /** Without its operators, webhooks and collectors a cluster serves nobody. */
  platform: { name: "slipway-platform", value: 1_000_000 },
  /** What keeps data, which takes longest to come back. */
  data: { name: "slipway-data", value: 900_000 },
  /** What answers people. */
  frontDoor: { name: "slipway-front-door", value: 800_000 },
} as const;
