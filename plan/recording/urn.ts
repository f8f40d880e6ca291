/** The type of the root of every stack, which no URN names as a parent. */
export const STACK_TYPE = "pulumi:pulumi:Stack";

/** The types of a resource and of its parents, outermost first: `slipway:platform:Platform$...`. */
export function qualifiedType(urn: string): string {
  return urn.split("::")[2] ?? "";
}

/** The URN that the engine gives: the types of all parents below the stack are part of it. */
export function engineUrn(
  place: { readonly stack: string; readonly project: string },
  parent: string | undefined,
  type: string,
  name: string,
): string {
  const parents = parent === undefined ? "" : qualifiedType(parent);
  const types = parents === "" || parents === STACK_TYPE ? type : `${parents}$${type}`;
  return `urn:pulumi:${place.stack}::${place.project}::${types}::${name}`;
}
