import { describeObject, describeRelease } from "../model/kubernetes-object.ts";
import { bringersOfGroup, type PlanModel } from "../model/plan-model.ts";
import { dangling, type PlanProblem, type Rule } from "./plan-problem.ts";

/** Namespaces that every cluster has. */
const BUILT_IN_NAMESPACES = new Set(["default", "kube-node-lease", "kube-public", "kube-system"]);

/** Everything that lives in a namespace. */
function inhabitants({ objects, releases }: PlanModel) {
  return [
    ...objects.map((object) => ({
      place: describeObject(object),
      namespace: object.namespace,
      path: "metadata.namespace",
      resource: object.resource,
    })),
    ...releases.map((release) => ({
      place: describeRelease(release),
      namespace: release.namespace,
      path: "namespace",
      resource: release.resource,
    })),
  ].flatMap((item) =>
    item.namespace === undefined ? [] : [{ ...item, namespace: item.namespace }],
  );
}

/** An object in a namespace that neither the plan nor Kubernetes creates. */
export const unknownNamespaces: Rule = (model) =>
  inhabitants(model)
    .filter(({ namespace }) => {
      return !BUILT_IN_NAMESPACES.has(namespace) && !model.namespaces.has(namespace);
    })
    .map(({ place, path, namespace }) => ({
      place,
      problem: dangling(path, namespace, "a namespace that the stack creates", [
        ...model.namespaces.keys(),
      ]),
    }));

/** An object that may be created before its namespace, or outlive it. */
export const orderAfterNamespace: Rule = (model) =>
  inhabitants(model).flatMap(({ place, namespace, resource }): PlanProblem[] => {
    const creator = model.namespaces.get(namespace);
    if (creator === undefined || creator.urn === resource.urn) return [];
    if (model.comesAfter(resource.urn, creator.urn)) return [];
    return [
      {
        place,
        problem: {
          path: "dependsOn",
          expected: `Namespace ${namespace}, directly or through a parent`,
          remedy: "Add the Namespace to dependsOn: its name is a literal and orders nothing.",
        },
      },
    ];
  });

/** Groups whose kinds Kubernetes itself serves and that have a dot like those of add-ons. */
const BUILT_IN_GROUP = /^(apps|autoscaling|batch|policy|extensions|)$|(^|\.)k8s\.io$/;
/** Under k8s.io, yet brought by whoever wants them. */
const ADDED_GROUPS = new Set(["gateway.networking.k8s.io", "snapshot.storage.k8s.io"]);

/** A custom resource whose definition may not be served yet, or that may outlive its operator. */
export const orderAfterOperator: Rule = (model) =>
  model.objects
    .filter(({ group }) => ADDED_GROUPS.has(group) || !BUILT_IN_GROUP.test(group))
    .flatMap((object): PlanProblem[] => {
      const place = describeObject(object);
      const { apiVersion, group, resource } = object;
      const bringers = bringersOfGroup(model, group);
      if (bringers.length === 0) {
        return [
          {
            place,
            problem: {
              path: "apiVersion",
              got: JSON.stringify(apiVersion),
              expected: `an API that Kubernetes serves or an add-on of the stack brings`,
              remedy: `Turn on the add-on that defines ${group}, or leave the object out.`,
            },
          },
        ];
      }
      if (bringers.some(({ urn }) => model.comesAfter(resource.urn, urn))) return [];
      const names = bringers.map(({ name }) => name).join(", ");
      return [
        {
          place,
          problem: {
            path: "dependsOn",
            expected: `${names}, which brings the definitions of ${group}`,
            remedy: "Put the capability's `ready` into dependsOn.",
          },
        },
      ];
    });
