import { PostgresOperator } from "./postgres-operator.ts";
import type { PlatformSettings } from "./settings.ts";
import { sizesIn, stageOptions, type Stage } from "./stage.ts";

/** The operator for PostgreSQL, where it is on. */
export function installPostgresOperator(
  stage: Stage,
  { postgresOperator }: PlatformSettings,
): PostgresOperator | undefined {
  if (!postgresOperator.enabled) return undefined;
  const { monitored, surroundings } = stage.context;
  return new PostgresOperator(
    `${stage.name}-postgres-operator`,
    { replicas: postgresOperator.replicas, monitored, surroundings, ...sizesIn(postgresOperator) },
    stageOptions(stage),
  );
}
