import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { CHARTS } from "./charts.ts";
import { dataSourceConfigMap, jaegerDataSource } from "./grafana-data-source.ts";
import { helmAddon } from "./helm-addon.ts";
import { collectorService, JAEGER_URL, jaegerValues, tracesClaim, tracesPolicy } from "./jaeger.ts";
import type { TracingSettings } from "./tracing-settings.ts";

export interface TracingArgs extends Omit<TracingSettings, "enabled"> {
  /** Class of the volume. Changing it makes a new, empty one. */
  readonly storageClass: string;
  /** Whether a link leads from a span to the lines of its pod. */
  readonly logs: boolean;
}

/**
 * Jaeger in the namespace of monitoring, where a guide sends traces (T-36), with that guide's Service, the
 * way in and Grafana's way to them. Needs monitoring first.
 */
export class Tracing extends pulumi.ComponentResource {
  readonly release: k8s.helm.v3.Release;

  constructor(name: string, args: TracingArgs, opts?: ChildBearingOptions) {
    super("slipway:platform:Tracing", name, args, opts);
    const { storageClass, logs, ...rest } = args;
    const settings = { ...rest, enabled: true };
    const claim = new k8s.core.v1.PersistentVolumeClaim(
      `${name}-claim`,
      tracesClaim(settings, storageClass),
      childOptions(this, opts),
    );
    const policy = new k8s.networking.v1.NetworkPolicy(
      `${name}-traffic`,
      tracesPolicy(),
      childOptions(this, opts),
    );
    this.release = helmAddon(
      `${name}-release`,
      { pin: CHARTS.jaeger, values: jaegerValues(settings, true) },
      { parent: this, dependsOn: [...(opts?.dependsOn ?? []), claim, policy] },
    );
    new k8s.core.v1.Service(
      `${name}-collector`,
      collectorService(),
      childOptions(this, opts, [this.release]),
    );
    new k8s.core.v1.ConfigMap(
      `${name}-data-source`,
      dataSourceConfigMap(jaegerDataSource(JAEGER_URL, { logs, traces: true })),
      childOptions(this, opts),
    );
    this.registerOutputs({ namespace: CHARTS.jaeger.namespace });
  }
}
