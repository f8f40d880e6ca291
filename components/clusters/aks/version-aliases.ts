import type * as pulumi from "@pulumi/pulumi";

/** The type of a resource at one version of an API of Azure, such as `azure-native:network/v20230901:Subnet`. */
const OF_A_VERSION = /^azure-native:[^:]+\/v\d{8}[a-z]*:/;

/**
 * Takes from a resource the aliases by which Azure's SDK finds a state that was written with a fixed version
 * of an API: over a hundred for some types. Nobody has such a state of ours, for we name no version; and
 * resolving them took half the memory of a plan and a third of its time. Other aliases stay.
 */
export const withoutVersionAliases: pulumi.ResourceTransformation = ({ props, opts }) => {
  const { aliases } = opts as pulumi.CustomResourceOptions;
  if (aliases === undefined) return undefined;
  const kept = aliases.filter((alias) => {
    const type = typeof alias === "object" && "type" in alias ? alias.type : undefined;
    return typeof type !== "string" || !OF_A_VERSION.test(type);
  });
  return { props, opts: { ...opts, aliases: kept } };
};
