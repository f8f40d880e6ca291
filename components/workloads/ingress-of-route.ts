import type * as k8s from "@pulumi/kubernetes";
import { objectLabels } from "../core/labels.ts";
import type { FullRouteArgs, RoutePath } from "./route-args.ts";

/** The Ingress. Annotations that the controller of the class does not know do nothing. */
export function ingressSpec(args: FullRouteArgs, className: string): k8s.networking.v1.IngressArgs {
  const { host, tls } = args;
  return {
    metadata: {
      name: args.ingressName,
      namespace: args.namespace,
      labels: objectLabels({ system: args.system, component: "route" }),
      annotations: annotations(args),
    },
    spec: {
      ingressClassName: className,
      ...(tls === undefined ? {} : { tls: [{ hosts: [host], secretName: tls.secretName }] }),
      rules: [{ host, http: { paths: args.paths.map(ingressPath) } }],
    },
  };
}

function ingressPath({ path, match = "Prefix", service }: RoutePath) {
  const backend = { service: { name: service.name, port: { number: service.port } } };
  return { path, pathType: match, backend };
}

function annotations(args: FullRouteArgs): Record<string, string> {
  const { tls } = args;
  return {
    // An Ingress counts as ready when its controller has written an address into its status. Without
    // a load balancer (kind, bare metal, simulated nodes) that never happens, and a deployment would
    // hang for ten minutes and fail; the controller's own Service has been waited for already.
    "pulumi.com/skipAwait": "true",
    ...(tls === undefined ? {} : { "cert-manager.io/cluster-issuer": tls.issuer }),
    "nginx.ingress.kubernetes.io/ssl-redirect": String(tls !== undefined),
    "nginx.ingress.kubernetes.io/limit-rps": String(args.requestsPerSecond),
    "nginx.ingress.kubernetes.io/proxy-body-size": `${args.maxBodyMiB}m`,
    "nginx.ingress.kubernetes.io/proxy-read-timeout": String(args.timeoutSeconds),
    "nginx.ingress.kubernetes.io/proxy-send-timeout": String(args.timeoutSeconds),
  };
}
