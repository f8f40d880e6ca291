import type * as k8s from "@pulumi/kubernetes";
import { CHARTS } from "./charts.ts";
import { platformLabels } from "./platform-namespace.ts";

/** A place that Grafana asks, as its own file of data sources has it. */
export interface DataSource {
  readonly name: string;
  /** By which other data sources and dashboards name it. */
  readonly uid: "loki" | "jaeger";
  readonly type: "loki" | "jaeger";
  readonly url: string;
  readonly jsonData: object;
}

/**
 * The ConfigMap of a data source. Grafana's sidecar finds it by its label and takes it in and out while
 * Grafana runs. JSON is YAML, and no `$` in it is a variable once it is doubled.
 */
export function dataSourceConfigMap(source: DataSource): k8s.core.v1.ConfigMapArgs {
  const file = {
    apiVersion: 1,
    datasources: [{ ...source, access: "proxy", editable: false }],
  };
  return {
    metadata: {
      name: `grafana-data-source-${source.uid}`,
      namespace: CHARTS.kubePrometheusStack.namespace,
      labels: { ...platformLabels("monitoring"), grafana_datasource: "1" },
    },
    data: { [`${source.uid}.yaml`]: JSON.stringify(file, undefined, 2).replaceAll("$", "$$$$") },
  };
}

/** What data sources have of one another. */
export interface DataSourceLinks {
  readonly logs: boolean;
  readonly traces: boolean;
}

/** A trace's number in a line: 32 hexadecimal digits after `trace_id`, `traceId` or the like. */
const TRACE_ID = String.raw`[tT]race_?[iI][dD]"?\s*[=:]\s*"?([0-9a-f]{32})`;

/** Loki, with a link from a line to the trace that it names. */
export function lokiDataSource(url: string, { traces }: DataSourceLinks): DataSource {
  const toTrace = {
    name: "Trace",
    matcherRegex: TRACE_ID,
    url: "${__value.raw}",
    datasourceUid: "jaeger",
  };
  return {
    name: "Loki",
    uid: "loki",
    type: "loki",
    url,
    jsonData: { maxLines: 1000, ...(traces ? { derivedFields: [toTrace] } : {}) },
  };
}

/** Jaeger, with a link from a span to the lines that its pod printed then. */
export function jaegerDataSource(url: string, { logs }: DataSourceLinks): DataSource {
  const toLogs = {
    datasourceUid: "loki",
    // Lines that are a little early or late: clocks differ, and a span ends before its last line.
    spanStartTimeShift: "-5m",
    spanEndTimeShift: "5m",
    filterByTraceID: true,
    tags: [
      { key: "k8s.namespace.name", value: "namespace" },
      { key: "service.name", value: "app" },
    ],
  };
  return {
    name: "Jaeger",
    uid: "jaeger",
    type: "jaeger",
    url,
    jsonData: { nodeGraph: { enabled: true }, ...(logs ? { tracesToLogsV2: toLogs } : {}) },
  };
}
