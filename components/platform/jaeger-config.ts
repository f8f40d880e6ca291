import type { ChartValues } from "./chart-values.ts";
import type { TracingSettings } from "./tracing-settings.ts";

/** Ports of Jaeger's pod. */
export const JAEGER_PORTS = {
  otlpGrpc: 4317,
  otlpHttp: 4318,
  query: 16686,
  queryGrpc: 16685,
  /** The chart's probes ask here. */
  health: 13133,
  metrics: 8888,
} as const;

/** Where the volume is mounted. */
export const TRACES_FOLDER = "/var/lib/jaeger";

const everywhere = (port: number): string => `0.0.0.0:${port}`;

/**
 * Jaeger's configuration, which is that of an OpenTelemetry collector: OTLP in, Badger on the volume. The
 * one that the chart brings keeps traces in memory.
 */
export function jaegerConfig({ retentionDays }: TracingSettings): ChartValues {
  const store = "traces";
  return {
    service: {
      extensions: ["jaeger_storage", "jaeger_query", "healthcheckv2"],
      pipelines: { traces: { receivers: ["otlp"], exporters: ["jaeger_storage_exporter"] } },
      telemetry: {
        resource: { "service.name": "jaeger" },
        metrics: {
          level: "normal",
          readers: [
            {
              pull: { exporter: { prometheus: { host: "0.0.0.0", port: JAEGER_PORTS.metrics } } },
            },
          ],
        },
      },
    },
    extensions: {
      healthcheckv2: { use_v2: true, http: { endpoint: everywhere(JAEGER_PORTS.health) } },
      jaeger_query: {
        storage: { traces: store },
        http: { endpoint: everywhere(JAEGER_PORTS.query) },
        grpc: { endpoint: everywhere(JAEGER_PORTS.queryGrpc) },
      },
      jaeger_storage: {
        backends: {
          [store]: {
            badger: {
              ephemeral: false,
              directories: { keys: `${TRACES_FOLDER}/keys`, values: `${TRACES_FOLDER}/values` },
              ttl: { spans: `${retentionDays * 24}h` },
            },
          },
        },
      },
    },
    receivers: {
      otlp: {
        protocols: {
          grpc: { endpoint: everywhere(JAEGER_PORTS.otlpGrpc) },
          http: { endpoint: everywhere(JAEGER_PORTS.otlpHttp) },
        },
      },
    },
    exporters: { jaeger_storage_exporter: { trace_storage: store } },
  };
}
