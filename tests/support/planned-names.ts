import {
  automaticName,
  autonameOf,
  plannedDigits,
} from "../../plan/recording/cloud-outputs/index.ts";

/** A resource as a plan or a state has it; whatever else it holds is kept. */
interface Entry {
  readonly urn: string;
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/**
 * The state with the names that a cloud's provider made up written as the plan writes them, wherever they
 * occur: ids, links and addresses hold them. Where the program gave no name the inputs have none then.
 */
export function inPlannedNames<T extends Entry>(
  stated: readonly T[],
  planned: readonly Entry[],
): T[] {
  const byUrn = new Map(stated.map((resource) => [resource.urn, resource]));
  const made = planned.flatMap(({ urn, type, inputs }) => {
    const logical = urn.slice(urn.lastIndexOf("::") + 2);
    const name = automaticName(type, logical, inputs, plannedDigits(logical));
    const input = autonameOf(type)?.input;
    if (name === undefined || input === undefined) return [];
    const real = byUrn.get(urn)?.inputs[input];
    return typeof real === "string" ? [{ urn, input, real, name }] : [];
  });
  const inputOf = new Map(made.map(({ urn, input }) => [urn, input]));
  // The longest first: one name may begin as another does.
  const order = made.toSorted((a, b) => b.real.length - a.real.length);
  return stated.map((resource) => {
    const text = order.reduce(
      (all, { real, name }) => all.replaceAll(real, name),
      JSON.stringify(resource),
    );
    const renamed = JSON.parse(text) as T;
    const automatic = inputOf.get(resource.urn);
    const own = Object.entries(renamed.inputs).filter(([key]) => key !== automatic);
    return { ...renamed, inputs: Object.fromEntries(own) };
  });
}
