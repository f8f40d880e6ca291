import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { refuse } from "../core/invalid-args.ts";
import { objectLabels } from "../core/labels.ts";
import type { PlatformCapabilities } from "../core/platform-capabilities.ts";
import type { Problem } from "../core/problem.ts";
import { checkDashboard, dashboardJson, type Dashboard } from "./monitoring-dashboard.ts";
import { checkAlertRules, type AlertRule } from "./monitoring-rules.ts";
import { plainArgs } from "../core/plain-args.ts";

export interface SystemMonitoringArgs {
  /** Where everything is that the rules and graphs speak of. */
  readonly namespace: string;
  readonly system: string;
  /** As the platform gives it; nothing is created where it is undefined. */
  readonly monitors: PlatformCapabilities["monitors"];
  /** In effect within a minute of a change; an alert that goes is resolved. */
  readonly rules: readonly AlertRule[];
  /**
   * Address of the folder of runbooks, without a slash at its end. The page of BackendDown of
   * kaizen-studio is `kaizen-studio-backend-down.md` in it.
   */
  readonly runbooks: string;
  /** Shown in Grafana within a minute of a change. */
  readonly dashboard: Dashboard;
}

/** By which Grafana's sidecar finds dashboards, in whatever namespace (K-28, B-34). */
const DASHBOARD_LABEL = { grafana_dashboard: "1" };

/**
 * What tells people how a system is: alert rules and a dashboard (K-27, K-28). ServiceMonitors belong to
 * what they scrape. A system that is suspended has to leave this out, or every `absent` fires.
 */
export class SystemMonitoring extends pulumi.ComponentResource {
  constructor(name: string, args: SystemMonitoringArgs, opts?: ChildBearingOptions) {
    super("slipway:workloads:SystemMonitoring", name, plainArgs(args), opts);
    refuse(checkSystemMonitoring(args), this);
    const { namespace, system, monitors } = args;
    const labels = objectLabels({ system, component: "monitoring" });
    if (monitors !== undefined) {
      new k8s.apiextensions.CustomResource(
        `${name}-rules`,
        {
          apiVersion: "monitoring.coreos.com/v1",
          kind: "PrometheusRule",
          metadata: { namespace, labels },
          spec: ruleSpec(args),
        },
        childOptions(this, opts, monitors.ready),
      );
      new k8s.core.v1.ConfigMap(
        `${name}-dashboard`,
        {
          metadata: {
            namespace,
            name: `${system}-dashboard`,
            labels: { ...labels, ...DASHBOARD_LABEL },
          },
          // The sidecar puts the dashboards of all namespaces into one folder.
          data: { [`${namespace}.json`]: dashboardJson(args.dashboard, namespace) },
        },
        childOptions(this, opts),
      );
    }
    this.registerOutputs();
  }
}

/** Everything wrong with the arguments that their types cannot say. */
export function checkSystemMonitoring(args: SystemMonitoringArgs): Problem[] {
  const { rules, namespace, runbooks, dashboard } = args;
  return [
    ...checkAlertRules(rules, namespace, "rules"),
    ...checkRunbooks(runbooks),
    ...checkDashboard(dashboard, namespace, "dashboard"),
  ];
}

function checkRunbooks(runbooks: string): Problem[] {
  if (/^https:\/\/[^\s/]+(\/[^\s/]+)*$/.test(runbooks)) return [];
  const expected = "an https address without a slash at its end";
  const remedy = "Name the folder in which whoever is on call reads the runbooks.";
  return [{ path: "runbooks", got: JSON.stringify(runbooks), expected, remedy }];
}

/** The PrometheusRule's spec: one group, evaluated every minute in the order of the list. */
export function ruleSpec(
  args: Pick<SystemMonitoringArgs, "namespace" | "system" | "rules" | "runbooks">,
) {
  const { namespace, system, rules, runbooks } = args;
  return {
    groups: [
      {
        name: namespace,
        interval: "1m",
        rules: rules.map((rule) => ({
          alert: rule.alert,
          expr: rule.expr,
          ...(rule.for === undefined ? {} : { for: rule.for }),
          labels: { severity: rule.severity, system, namespace },
          annotations: {
            summary: rule.summary,
            description: rule.description,
            runbook_url: `${runbooks}/${runbookPage(system, rule.alert)}`,
          },
        })),
      },
    ],
  };
}

/** The file name of an alert's runbook: BackendDown of kaizen-studio is `kaizen-studio-backend-down.md`. */
export function runbookPage(system: string, alert: string): string {
  const words = alert.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "-").toLowerCase();
  return `${system}-${words}.md`;
}
