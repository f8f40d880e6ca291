/** Who a pod or object belongs to; becomes the recommended Kubernetes labels. */
export interface Identity {
  /** The system, such as `kaizen-studio`. Selected on by people and by network policies (K-38). */
  readonly system: string;
  /** The part of the system, such as `backend`. */
  readonly component: string;
}

/** Labels that never change for the life of a workload, so that a selector may hold them. */
export function selectorLabels(identity: Identity): Record<string, string> {
  return {
    "app.kubernetes.io/name": identity.system,
    "app.kubernetes.io/component": identity.component,
  };
}

/** Selector labels plus who manages the object. */
export function objectLabels(identity: Identity): Record<string, string> {
  return { ...selectorLabels(identity), "app.kubernetes.io/managed-by": "slipway" };
}
