import { ADD_ON_RESOURCES } from "../../../components/platform/add-on-resources.ts";
import { POSTGRES_OPERATOR_DEFAULTS } from "../../../components/platform/postgres-operator-settings.ts";
import { flag, partResources, section, wholeNumber } from "../values.ts";

/** Shape of `slipway:platform.postgresOperator`. */
export const postgresOperatorSchema = section(
  { description: "The operator for PostgreSQL, with its backups.", rows: ["E-53", "D-74"] },
  {
    enabled: flag({
      description: "Whether it is installed. Needs certManager; databases in mode cnpg need it.",
    }).default(POSTGRES_OPERATOR_DEFAULTS.enabled),
    replicas: wholeNumber(
      { description: "Replicas of the operator; 2 or more under guard strict." },
      1,
      5,
    ).default(POSTGRES_OPERATOR_DEFAULTS.replicas),
    resources: partResources(ADD_ON_RESOURCES.postgresOperator),
  },
).default(POSTGRES_OPERATOR_DEFAULTS);
