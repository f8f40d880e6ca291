import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { objectLabels, selectorLabels, type Identity } from "../core/labels.ts";
import type { PlatformCapabilities } from "../core/platform-capabilities.ts";

/** How often metrics are read; Prometheus' own rules assume at most a minute. */
export const SCRAPE_INTERVAL = "30s";

/** Where the metrics of a part are, and what the objects that have them read wait for. */
export interface Scraped extends Identity {
  readonly namespace: string;
  /** A port of the Service, by name. */
  readonly port: string;
  readonly path: string;
  readonly monitors: PlatformCapabilities["monitors"];
}

/** The ServiceMonitor `<name>-monitor`, where something reads it. */
export function createServiceMonitor(
  parent: pulumi.Resource,
  name: string,
  scraped: Scraped,
  opts: ChildBearingOptions | undefined,
): void {
  if (scraped.monitors === undefined) return;
  new k8s.apiextensions.CustomResource(
    `${name}-monitor`,
    {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "ServiceMonitor",
      metadata: { namespace: scraped.namespace, labels: objectLabels(scraped) },
      spec: serviceMonitorSpec(scraped, scraped.path, scraped.port),
    },
    childOptions(parent, opts, scraped.monitors.ready),
  );
}

/** The spec of a ServiceMonitor: that port of the Service, at that path (K-28). */
export function serviceMonitorSpec(identity: Identity, path: string, port = "http") {
  return {
    selector: { matchLabels: selectorLabels(identity) },
    // The component becomes the job, so that a rule reads `job="backend"`.
    jobLabel: "app.kubernetes.io/component",
    endpoints: [{ port, path, interval: SCRAPE_INTERVAL }],
  };
}
