import { objectAt, objectsAt, textAt, textsAt } from "../model/json.ts";
import { describeObject } from "../model/kubernetes-object.ts";
import { dangling, type PlanProblem, type Rule } from "./plan-problem.ts";

const VERBS = [
  "*",
  "approve",
  "bind",
  "create",
  "delete",
  "deletecollection",
  "escalate",
  "get",
  "impersonate",
  "list",
  "patch",
  "sign",
  "update",
  "use",
  "watch",
];

/** Resources of the groups that roles of ours name. A group that is not here is not checked. */
const RESOURCES: Readonly<Record<string, readonly string[]>> = {
  "": (
    "bindings configmaps endpoints events limitranges namespaces nodes persistentvolumeclaims " +
    "persistentvolumes pods podtemplates replicationcontrollers resourcequotas secrets " +
    "serviceaccounts services"
  ).split(" "),
  apps: "controllerrevisions daemonsets deployments replicasets statefulsets".split(" "),
  autoscaling: ["horizontalpodautoscalers"],
  batch: ["cronjobs", "jobs"],
  "coordination.k8s.io": ["leases"],
  "discovery.k8s.io": ["endpointslices"],
  "networking.k8s.io": ["ingressclasses", "ingresses", "networkpolicies"],
  policy: ["poddisruptionbudgets"],
  "rbac.authorization.k8s.io": "clusterrolebindings clusterroles rolebindings roles".split(" "),
  "storage.k8s.io": "csidrivers csinodes storageclasses volumeattachments".split(" "),
};

/** A rule of a role that names what no API has, and so silently grants nothing. */
export const roleRules: Rule = (model) =>
  ["Role", "ClusterRole"].flatMap((kind) =>
    model.ofKind(kind).flatMap((role) =>
      objectsAt(role.body, "rules").flatMap((rule, index): PlanProblem[] => {
        const place = describeObject(role);
        const groups = textsAt(rule, "apiGroups");
        const known = groups.flatMap((group) => RESOURCES[group] ?? []);
        const allKnown = groups.every((group) => group in RESOURCES);
        const verbs = textsAt(rule, "verbs")
          .filter((verb) => !VERBS.includes(verb))
          .map((verb) => ({
            place,
            problem: dangling(`rules[${index}].verbs`, verb, "a verb", VERBS),
          }));
        const resources = textsAt(rule, "resources")
          .map((resource) => resource.split("/")[0] ?? "")
          .filter((resource) => allKnown && resource !== "*" && !known.includes(resource))
          .map((resource) => ({
            place,
            problem: dangling(
              `rules[${index}].resources`,
              resource,
              `a resource of ${groups.map((group) => (group === "" ? "the core group" : group)).join(", ")}`,
              known,
            ),
          }));
        return [...verbs, ...resources];
      }),
    ),
  );

/** Roles that every cluster has. */
const BUILT_IN_ROLE = /^(admin|cluster-admin|edit|view|system:.+)$/;

/** A binding of a role or a ServiceAccount that is not there. */
export const roleBindings: Rule = (model) =>
  ["RoleBinding", "ClusterRoleBinding"].flatMap((kind) =>
    model.ofKind(kind).flatMap((binding): PlanProblem[] => {
      const place = describeObject(binding);
      const roleKind = textAt(objectAt(binding.body, "roleRef"), "kind") ?? "";
      const role = textAt(binding.body, "roleRef", "name") ?? "";
      const home = roleKind === "Role" ? binding.namespace : undefined;
      const roles = model.ofKind(roleKind, home).map(({ name }) => name);
      const builtIn = roleKind === "ClusterRole" && BUILT_IN_ROLE.test(role);
      const unknownRole =
        builtIn || roles.includes(role)
          ? []
          : [{ place, problem: dangling("roleRef", role, `a ${roleKind}`, roles) }];
      const unknownSubjects = objectsAt(binding.body, "subjects").flatMap(
        (subject, index): PlanProblem[] => {
          const namespace = textAt(subject, "namespace") ?? binding.namespace ?? "";
          if (subject["kind"] !== "ServiceAccount" || model.hasRelease(namespace)) return [];
          const name = textAt(subject, "name") ?? "";
          const accounts = model.ofKind("ServiceAccount", namespace).map((known) => known.name);
          if (name === "default" || accounts.includes(name)) return [];
          const expected = `a ServiceAccount in namespace ${namespace}`;
          return [{ place, problem: dangling(`subjects[${index}]`, name, expected, accounts) }];
        },
      );
      return [...unknownRole, ...unknownSubjects];
    }),
  );
