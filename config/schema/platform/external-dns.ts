import { ADD_ON_RESOURCES } from "../../../components/platform/add-on-resources.ts";
import { PLATFORM_DEFAULTS } from "../../../components/platform/settings-defaults.ts";
import { flag, oneOf, partResources, section } from "../values.ts";

const { externalDns } = PLATFORM_DEFAULTS;

/** Shape of `slipway:platform.externalDns`. */
export const externalDnsSchema = section(
  { description: "Writes the hosts of the systems into the cluster's DNS zone." },
  {
    enabled: flag({
      description: "Whether it is installed. Needs a zone (slipway:cluster.dnsDomain).",
    }).default(externalDns.enabled),
    policy: oneOf(
      {
        description: "upsert-only leaves names that nothing asks for any more; sync deletes them.",
      },
      ["upsert-only", "sync"],
    ).default(externalDns.policy),
    resources: partResources(ADD_ON_RESOURCES.externalDns),
  },
).default(externalDns);
