import { ADD_ON_RESOURCES } from "../../../components/platform/add-on-resources.ts";
import { SEALED_SECRETS_DEFAULTS } from "../../../components/platform/sealed-secrets.ts";
import { flag, partResources, section } from "../values.ts";

/** Shape of `slipway:platform.sealedSecrets`. */
export const sealedSecretsSchema = section(
  { description: "Secrets that only the cluster can open.", rows: ["C-59", "D-71", "E-51"] },
  {
    enabled: flag({ description: "Whether it is installed." }).default(
      SEALED_SECRETS_DEFAULTS.enabled,
    ),
    resources: partResources(ADD_ON_RESOURCES.sealedSecrets),
  },
).default(SEALED_SECRETS_DEFAULTS);
