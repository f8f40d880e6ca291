import * as k8s from "@pulumi/kubernetes";
import type { PodPeer } from "../core/platform-capabilities.ts";
import { ChartAddOn } from "./chart-add-on.ts";
import { CHARTS } from "./charts.ts";
import { fluentBitTraffic, fluentBitValues } from "./fluent-bit.ts";
import { dataSourceConfigMap, lokiDataSource } from "./grafana-data-source.ts";
import { LOKI_ADDRESS } from "./log-addresses.ts";
import { LOKI_LABELS, lokiTraffic, lokiValues } from "./loki.ts";
import type { Monitoring } from "./monitoring.ts";
import type { PlatformSettings } from "./settings.ts";
import { stageOptions, type Stage } from "./stage.ts";

/** What keeps the output of containers, and what brings it there. */
export interface LoggingAddOns {
  readonly loki: ChartAddOn;
  readonly fluentBit: ChartAddOn;
}

const LOKI_PODS: PodPeer = {
  namespaceLabels: { "kubernetes.io/metadata.name": CHARTS.loki.namespace },
  podLabels: LOKI_LABELS,
};

/** Loki, then Fluent Bit, which brings it lines, and Grafana's way to them; where logging is on. */
export function installLogging(
  stage: Stage,
  { logging, tracing }: PlatformSettings,
  monitoring: Monitoring | undefined,
): LoggingAddOns | undefined {
  if (!logging.enabled) return undefined;
  const { monitored, surroundings } = stage.context;
  const loki = installLoki(stage, logging);
  const fluentBit = new ChartAddOn(
    `${stage.name}-fluent-bit`,
    {
      pin: CHARTS.fluentBit,
      values: fluentBitValues(logging, monitored),
      home: {
        // Privileged: it reads files of the node, which is its purpose and which the baseline level
        // forbids already. A namespace of its own, so that Loki's stays restricted.
        podSecurity: "privileged",
        traffic: fluentBitTraffic(LOKI_PODS),
        surroundings,
      },
    },
    stageOptions(stage, [loki.release]),
  );
  if (monitoring !== undefined) {
    const { host, port } = LOKI_ADDRESS;
    const source = lokiDataSource(`http://${host}:${port}`, {
      logs: true,
      traces: tracing.enabled,
    });
    new k8s.core.v1.ConfigMap(
      `${stage.name}-loki-data-source`,
      dataSourceConfigMap(source),
      stageOptions(stage, [monitoring.release]),
    );
  }
  return { loki, fluentBit };
}

function installLoki(stage: Stage, logging: PlatformSettings["logging"]): ChartAddOn {
  const { cluster, monitored, surroundings } = stage.context;
  const pin = CHARTS.loki;
  const place = cluster.objectStores.logs;
  const account = { namespace: pin.namespace, name: pin.releaseName };
  const identity =
    place === undefined
      ? undefined
      : cluster.identityFor(account, [{ purpose: "read-write-bucket", bucket: place.bucket }]);
  return new ChartAddOn(
    `${stage.name}-loki`,
    {
      pin,
      values: lokiValues({
        settings: logging,
        storageClasses: cluster.storageClasses,
        monitored,
        ...(place === undefined || identity === undefined ? {} : { store: { place, identity } }),
      }),
      home: { podSecurity: "restricted", traffic: lokiTraffic(cluster), surroundings },
      // Replicas start one after another's volume, and are ready once they found each other.
      timeoutSeconds: 600,
    },
    stageOptions(stage, identity?.ready),
  );
}
