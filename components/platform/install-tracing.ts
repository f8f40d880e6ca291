import type { Monitoring } from "./monitoring.ts";
import type { PlatformSettings } from "./settings.ts";
import { sizesIn, stageOptions, type Stage } from "./stage.ts";
import { Tracing } from "./tracing.ts";

/** Jaeger beside monitoring, where it is on; the checks made sure of monitoring. */
export function installTracing(
  stage: Stage,
  { tracing, logging }: PlatformSettings,
  monitoring: Monitoring | undefined,
): Tracing | undefined {
  if (!tracing.enabled || monitoring === undefined) return undefined;
  const { retentionDays, storage } = tracing;
  return new Tracing(
    `${stage.name}-tracing`,
    {
      retentionDays,
      storage,
      storageClass: stage.context.cluster.storageClasses.standard,
      logs: logging.enabled,
      ...sizesIn(tracing),
    },
    stageOptions(stage, [monitoring.release]),
  );
}
