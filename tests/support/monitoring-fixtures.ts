import { SystemMonitoring, type SystemMonitoringArgs } from "../../components/workloads/index.ts";
import { fullCapabilities } from "./capabilities.ts";
import type { ComponentFixture } from "./component-contract.ts";

/** Without monitors, which only a recorded program has. */
export function monitoringArgs(namespace: string): Omit<SystemMonitoringArgs, "monitors"> {
  const expr = `up{namespace="${namespace}"} == 0`;
  return {
    namespace,
    system: "kaizen-studio",
    rules: [
      {
        alert: "BackendDown",
        expr,
        for: "2m",
        severity: "critical",
        summary: "No pod of the backend answers",
        description: "Prometheus reaches none.",
      },
    ],
    runbooks: "https://runbooks.test/slipway",
    dashboard: {
      title: "Studio",
      panels: [{ title: "Down", unit: "short", queries: [{ expr, legend: "{{pod}}" }] }],
    },
  };
}

export const MONITORING_FIXTURES: Readonly<Record<string, ComponentFixture>> = {
  SystemMonitoring: {
    create: (name, { earlier }, opts) => {
      const { monitors } = fullCapabilities(earlier);
      return new SystemMonitoring(name, { ...monitoringArgs(name), monitors }, opts);
    },
  },
};
