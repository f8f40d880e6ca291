import fs from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { selectorLabels } from "../../components/core/labels.ts";
import { connectionPolicies } from "../../components/workloads/connections.ts";
import type { Connection } from "../../components/workloads/index.ts";
import { dnsPolicySpec } from "../../components/workloads/system-namespace.ts";
import { DNS_PODS, MONITORING } from "./capabilities.ts";

const namespace = "shop";
const system = "shop";
const dns = { pods: DNS_PODS, addresses: [] };

/** Edges of every kind that a system can state. */
export const SAMPLE_CONNECTIONS: readonly Connection[] = [
  { from: { part: "backend" }, to: { part: "postgres" }, port: 5432 },
  { from: { pods: MONITORING }, to: { part: "postgres" }, port: 9187 },
  { from: { part: "backend" }, to: { pods: MONITORING }, port: 4318 },
  {
    from: { part: "backup" },
    to: { addresses: [{ cidr: "0.0.0.0/0", ports: [{ port: 443, protocol: "TCP" }] }] },
  },
];

function workload(kind: string, component: string, ports: readonly number[]) {
  const container = { name: component, ports: ports.map((containerPort) => ({ containerPort })) };
  const template = {
    metadata: { labels: selectorLabels({ system, component }) },
    spec: { containers: [container] },
  };
  const metadata = { namespace, name: component };
  const spec = kind === "CronJob" ? { jobTemplate: { spec: { template } } } : { template };
  return { kind, metadata, spec };
}

function policy(name: string, spec: object) {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { namespace, name },
    spec,
  };
}

/** Writes a plan of a system with a data store and a backup, as far as its network goes. */
export function writeSamplePlan(folder: string): void {
  const allowed = SAMPLE_CONNECTIONS;
  const objects = [
    { kind: "Namespace", metadata: { name: namespace } },
    workload("Deployment", "backend", [8000]),
    workload("StatefulSet", "postgres", [5432, 9187]),
    workload("CronJob", "backup", []),
    policy("default-deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] }),
    policy("dns", dnsPolicySpec(dns)),
    ...[...connectionPolicies({ namespace, system, allowed })].map(([part, spec]) =>
      policy(part, spec),
    ),
  ];
  const manifests = path.join(folder, "manifests");
  fs.mkdirSync(manifests, { recursive: true });
  for (const [index, object] of objects.entries()) {
    fs.writeFileSync(path.join(manifests, `${index}.yaml`), stringify(object));
  }
  const resources = [
    { type: "slipway:workloads:SystemNamespace", inputs: { namespace, system, dns } },
    { type: "slipway:workloads:Connections", inputs: { namespace, system, allowed } },
  ];
  fs.writeFileSync(path.join(folder, "resources.json"), JSON.stringify(resources));
}
