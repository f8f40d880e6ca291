import type { Guard } from "../core/guard.ts";
import { underPath, type Problem } from "../core/problem.ts";
import { checkMemory } from "../core/quantity.ts";
import { checkSchedule } from "../core/schedule.ts";
import {
  ADD_ON_RESOURCES,
  checkAddOnResources,
  type AddOnName,
  type ResourceOverrides,
} from "./add-on-resources.ts";
import { checkAdmission } from "./admission-policies.ts";
import { checkAlerts } from "./check-alerts.ts";
import { checkLogging } from "./check-logging.ts";
import { checkRoutes } from "./check-routes.ts";
import { checkTracing } from "./check-tracing.ts";
import { checkMetricsServer } from "./metrics-server.ts";
import { checkSecretBackend } from "./secret-backend.ts";
import type { PlatformSettings } from "./settings.ts";

/** Fewest replicas of an add-on under guard strict: one node can go without an outage. */
const STRICT_REPLICAS = 2;

/** What all add-ons have, as far as they have it. */
interface AnyAddOn {
  readonly enabled: boolean;
  readonly replicas?: number;
  readonly resources?: ResourceOverrides;
}

/** Everything wrong with the settings of the platform that their types cannot say. */
export function checkPlatform(settings: PlatformSettings, guard: Guard): Problem[] {
  const { monitoring, metricsServer, prometheusAdapter, admission } = settings;
  const addOns = (Object.keys(ADD_ON_RESOURCES) as AddOnName[]).map(
    (name): [AddOnName, AnyAddOn] => [name, settings[name]],
  );
  return [
    ...checkRoutes(settings),
    ...checkMemory(monitoring.prometheusStorage, "monitoring.prometheusStorage"),
    ...addOns.flatMap(([name, { resources }]) =>
      underPath(name, checkAddOnResources(name, resources)),
    ),
    ...addOns.flatMap(([name, addOn]) => underPath(name, checkReplicas(addOn, guard))),
    ...underPath("metricsServer", checkMetricsServer(metricsServer, guard)),
    ...(prometheusAdapter.enabled && !monitoring.enabled ? [ADAPTER_WITHOUT_PROMETHEUS] : []),
    ...underPath("admission", checkAdmission(admission, guard)),
    ...checkSchedule(settings.velero.schedule, "velero.schedule"),
    ...(settings.postgresOperator.enabled && !settings.certManager.enabled
      ? [POSTGRES_OPERATOR_WITHOUT_CERTIFICATES]
      : []),
    ...underPath("monitoring", checkAlerts(monitoring, guard)),
    ...underPath("logging", checkLogging(settings.logging)),
    ...checkTracing(settings),
    ...checkSecretBackend(settings),
  ];
}

function checkReplicas({ enabled, replicas }: AnyAddOn, guard: Guard): Problem[] {
  if (guard === "relaxed" || !enabled || replicas === undefined) return [];
  if (replicas >= STRICT_REPLICAS) return [];
  return [
    {
      path: "replicas",
      got: String(replicas),
      expected: `at least ${STRICT_REPLICAS}, because slipway:guard is strict`,
      remedy: "Raise it, so that a node can be drained without an outage.",
    },
  ];
}

const ADAPTER_WITHOUT_PROMETHEUS: Problem = {
  path: "prometheusAdapter.enabled",
  got: "true",
  expected: "false, because monitoring is off and there is nothing to ask",
  remedy: "Turn monitoring on, or this off.",
};

const POSTGRES_OPERATOR_WITHOUT_CERTIFICATES: Problem = {
  path: "postgresOperator.enabled",
  got: "true",
  expected: "false, because certManager is off and nobody signs what its plugin for backups shows",
  remedy: "Turn certManager on, or this off.",
};
