import type { KubernetesObject } from "../../control-plane/cluster-objects.ts";
import { groupOf } from "./rights.ts";

const ROLES = { admin: "cluster-admin", edit: "edit", view: "view" } as const;
const RBAC = "rbac.authorization.k8s.io";

/** What the rights that a cloud grants mean inside a cluster: roles that Kubernetes has anyway. */
export function roleObjects(): KubernetesObject[] {
  return Object.entries(ROLES).map(([right, role]) => {
    const name = groupOf(right as keyof typeof ROLES);
    return {
      apiVersion: `${RBAC}/v1`,
      kind: "ClusterRoleBinding",
      metadata: { name },
      roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: role },
      subjects: [{ apiGroup: RBAC, kind: "Group", name }],
    };
  });
}
