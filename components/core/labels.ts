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

/** What the labels of a system's namespace, and of what governs it, give as their component. */
const NAMESPACE_COMPONENT = "namespace";

/** Labels of a system's namespace. */
export function systemNamespaceLabels(system: string): Record<string, string> {
  return objectLabels({ system, component: NAMESPACE_COMPONENT });
}

/** Those of them that all systems' namespaces share, and no other namespace has. */
export const ANY_SYSTEM_NAMESPACE: Readonly<Record<string, string>> = {
  "app.kubernetes.io/component": NAMESPACE_COMPONENT,
  "app.kubernetes.io/managed-by": "slipway",
};

/** Selector labels plus who manages the object. */
export function objectLabels(identity: Identity): Record<string, string> {
  return { ...selectorLabels(identity), "app.kubernetes.io/managed-by": "slipway" };
}
