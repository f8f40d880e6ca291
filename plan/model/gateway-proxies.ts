import { objectAt, textAt } from "./json.ts";
import type { KubernetesObject } from "./kubernetes-object.ts";
import type { PodTemplate } from "./pod-template.ts";

/** Ports of a proxy: those of its Service and 10000, and of its metrics. */
const PROXY_PORTS = [
  { name: "http-80", containerPort: 10_080 },
  { name: "https-443", containerPort: 10_443 },
  { name: "metrics", containerPort: 19_001 },
];

/** What Envoy Gateway gives the container beside each proxy, which sees to its orderly end. */
const SHUTDOWN_MANAGER = { requests: { cpu: "10m", memory: "32Mi" } };

/** What Envoy Gateway makes proxies from, or undefined for any object but its EnvoyProxy. */
export function readProxies(owner: KubernetesObject): PodTemplate | undefined {
  const { kind, group, namespace, body } = owner;
  if (kind !== "EnvoyProxy" || group !== "gateway.envoyproxy.io" || namespace === undefined) {
    return undefined;
  }
  const path = ["spec", "provider", "kubernetes", "envoyDeployment"];
  const deployment = objectAt(body, ...path);
  const priorityClassName = textAt(deployment, "pod", "priorityClassName");
  return {
    owner,
    namespace,
    labels: {
      ...objectAt(deployment, "pod", "labels"),
      "app.kubernetes.io/name": "envoy",
      "app.kubernetes.io/component": "proxy",
      "app.kubernetes.io/managed-by": "envoy-gateway",
    },
    spec: {
      containers: [
        {
          name: "envoy",
          resources: objectAt(deployment, "container", "resources"),
          ports: PROXY_PORTS,
        },
        { name: "shutdown-manager", resources: SHUTDOWN_MANAGER },
      ],
      ...(priorityClassName === undefined ? {} : { priorityClassName }),
    },
    path: [...path, "pod"].join("."),
    claimTemplates: [],
  };
}
