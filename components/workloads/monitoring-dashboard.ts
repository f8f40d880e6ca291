import { createHash } from "node:crypto";
import { defaultDashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import type { Problem } from "../core/problem.ts";
import { checkExpr } from "./monitoring-rules.ts";

/** One graph over time. */
export interface DashboardPanel {
  readonly title: string;
  /** Grafana's name of the unit that the axis shows. */
  readonly unit: "bytes" | "percentunit" | "reqps" | "s" | "short";
  /** What is drawn, each with the name of its lines. */
  readonly queries: readonly { readonly expr: string; readonly legend: string }[];
}

/** The graphs of a system, from left to right and from top to bottom. */
export interface Dashboard {
  readonly title: string;
  readonly panels: readonly DashboardPanel[];
}

/** The data source that kube-prometheus-stack sets up in Grafana. */
export const DATA_SOURCE = { type: "prometheus", uid: "prometheus" } as const;

/** Grafana's grid has 24 columns; two graphs share a row. */
const PANEL = { width: 12, height: 8, perRow: 2 } as const;

/** Longest uid that Grafana takes. */
const LONGEST_UID = 40;

/** Everything wrong with a dashboard that its types cannot say. */
export function checkDashboard(dashboard: Dashboard, namespace: string, path: string): Problem[] {
  const { title, panels } = dashboard;
  return [
    ...checkText(title, `${path}.title`),
    ...panels.flatMap((panel, index) => [
      ...checkText(panel.title, `${path}.panels[${index}].title`),
      ...checkOnce(panel, panels.slice(0, index), `${path}.panels[${index}].title`),
      ...panel.queries.flatMap(({ expr }, at) =>
        checkExpr(expr, namespace, `${path}.panels[${index}].queries[${at}].expr`),
      ),
    ]),
  ];
}

function checkText(text: string, path: string): Problem[] {
  if (text.trim() !== "") return [];
  const remedy = "Say what is to be seen.";
  return [{ path, got: JSON.stringify(text), expected: "a title", remedy }];
}

function checkOnce(
  { title }: DashboardPanel,
  earlier: readonly DashboardPanel[],
  path: string,
): Problem[] {
  if (!earlier.some((other) => other.title === title)) return [];
  const remedy = "Rename one of the two.";
  return [{ path, got: JSON.stringify(title), expected: "each title once", remedy }];
}

/**
 * The dashboard as Grafana reads it. It cannot be edited there: the next start of Grafana would undo
 * what somebody saved. The namespace becomes its id, so that links to it outlive Grafana.
 */
export function dashboardJson({ title, panels }: Dashboard, namespace: string): string {
  const dashboard = {
    ...defaultDashboard(),
    uid: dashboardUid(namespace),
    title,
    tags: ["slipway"],
    editable: false,
    refresh: "1m",
    time: { from: "now-6h", to: "now" },
    panels: panels.map(panelJson),
  };
  return `${JSON.stringify(dashboard, undefined, 2)}\n`;
}

/** The namespace, or where that is too long a hash of it. */
function dashboardUid(namespace: string): string {
  if (namespace.length <= LONGEST_UID) return namespace;
  return createHash("sha256").update(namespace).digest("hex").slice(0, LONGEST_UID);
}

function panelJson({ title, unit, queries }: DashboardPanel, index: number) {
  const { width, height, perRow } = PANEL;
  const panel = new PanelBuilder()
    .id(index + 1)
    .title(title)
    .unit(unit)
    .min(0)
    .datasource(DATA_SOURCE)
    .gridPos({
      x: (index % perRow) * width,
      y: Math.floor(index / perRow) * height,
      w: width,
      h: height,
    });
  for (const [at, { expr, legend }] of queries.entries()) {
    panel.withTarget(
      new DataqueryBuilder()
        .refId(`Q${at + 1}`)
        .datasource(DATA_SOURCE)
        .expr(expr)
        .legendFormat(legend)
        .range(),
    );
  }
  return panel.build();
}
