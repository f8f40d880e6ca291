import { ADD_ON_RESOURCES } from "../../../components/platform/add-on-resources.ts";
import { EXTERNAL_SECRETS_DEFAULTS } from "../../../components/platform/external-secrets-settings.ts";
import { flag, partResources, section, wholeNumber } from "../values.ts";

/** Shape of `slipway:platform.externalSecrets`. */
export const externalSecretsSchema = section(
  { description: "Secrets out of the cloud's store.", rows: ["C-60", "D-72", "E-51"] },
  {
    enabled: flag({
      description: "Whether it is installed. Needs a cluster whose cloud has a store of secrets.",
    }).default(EXTERNAL_SECRETS_DEFAULTS.enabled),
    replicas: wholeNumber(
      { description: "Replicas of controller and webhook; 2 or more under guard strict." },
      1,
      5,
    ).default(EXTERNAL_SECRETS_DEFAULTS.replicas),
    resources: partResources(ADD_ON_RESOURCES.externalSecrets),
  },
).default(EXTERNAL_SECRETS_DEFAULTS);
