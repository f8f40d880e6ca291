import type { ResourceOverrides } from "./add-on-resources.ts";

/** What the stack file says of the operator for PostgreSQL (`slipway:platform.postgresOperator`). */
export interface PostgresOperatorSettings {
  /** Needs cert-manager. Databases in mode cnpg need it. */
  readonly enabled: boolean;
  /** Replicas of the operator, 1 to 5; one of them is active. */
  readonly replicas: number;
  /** Sizes of its containers, by part, where they differ from add-on-resources.ts. */
  readonly resources?: ResourceOverrides;
}

export const POSTGRES_OPERATOR_DEFAULTS = {
  /** Off until a database is to be run by it (E-53). */
  enabled: false,
  replicas: 2,
} as const satisfies PostgresOperatorSettings;
