import type * as k8s from "@pulumi/kubernetes";
import { objectLabels } from "../core/labels.ts";

/** Labels of the platform's own objects; `component` is the add-on. */
export function platformLabels(component: string): Record<string, string> {
  return objectLabels({ system: "platform", component });
}

/** A Namespace with the Pod Security level that the API server enforces on the add-on's pods. */
export function platformNamespaceSpec(
  namespace: string,
  podSecurity: "restricted" | "privileged",
): k8s.core.v1.NamespaceArgs {
  return {
    metadata: {
      name: namespace,
      labels: {
        ...platformLabels(namespace),
        // Network policies of the guides select namespaces by this label (D-69).
        name: namespace,
        "pod-security.kubernetes.io/enforce": podSecurity,
      },
    },
  };
}
