import { describeObject } from "../model/kubernetes-object.ts";
import type { PlanProblem, Rule } from "./plan-problem.ts";

function repeated<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): { key: string; items: T[] }[] {
  return [...Map.groupBy(items, keyOf)]
    .filter(([, group]) => group.length > 1)
    .map(([key, group]) => ({ key, items: group }));
}

/** Two resources with one URN: the engine fails on the second. */
export const duplicateUrns: Rule = ({ resources }) =>
  repeated(resources, ({ urn }) => urn).map(({ key, items }) => ({
    place: key,
    problem: {
      path: "name",
      got: `${items.length} resources`,
      expected: "one resource with this URN",
      remedy: "Give each a logical name of its own, prefixed with the name of its parent.",
    },
  }));

/** Two resources for one object: creating the second fails, because the object is there already. */
export const duplicateObjects: Rule = ({ objects }) =>
  repeated(objects, (object) => `${object.group} ${describeObject(object)}`).flatMap(({ items }) =>
    items.slice(1).map((object): PlanProblem => ({
      place: object.resource.urn,
      problem: {
        path: "metadata.name",
        got: describeObject(object),
        expected: `an object that ${items[0]?.resource.urn ?? "nobody else"} does not create`,
        remedy: "Give it another name or namespace.",
      },
    })),
  );

/** A resource without an explicit provider would reach whatever cluster the machine points at. */
export const defaultProviders: Rule = ({ resources }) =>
  resources
    .filter(({ custom, type, provider }) => {
      return custom && provider === undefined && !type.startsWith("pulumi:");
    })
    .map(({ urn, type }) => ({
      place: urn,
      problem: {
        path: "provider",
        expected: `an explicit provider of the package ${type.split(":")[0] ?? type}`,
        remedy: "Pass `providers` to the component above it and `parent: this` to it.",
      },
    }));

/** What the program makes directly below the stack: the cluster, the platform and the systems. */
const TOP_COMPONENTS = /^slipway:(core:DestroyGuard|clusters:\w+|platform:Platform|systems:\w+)$/;

/** A resource outside its component: nothing hands a provider or an option down to it. */
export const orphans: Rule = ({ resources }) => {
  const stack = resources.find(({ parent }) => parent === undefined)?.urn;
  return resources
    .filter(({ custom, type, parent }) => {
      if (stack === undefined || parent !== stack) return false;
      return custom ? !type.startsWith("pulumi:providers:") : !TOP_COMPONENTS.test(type);
    })
    .map(({ urn, custom }) => ({
      place: urn,
      problem: {
        path: "parent",
        got: "the stack",
        expected: custom
          ? "a component"
          : "a component, as of all but clusters, the platform, systems and the guard of destroy",
        remedy: "Pass `parent: this` where the component creates it.",
      },
    }));
};
