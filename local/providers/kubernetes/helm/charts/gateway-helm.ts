import { isOn, service, type StandInChart } from "./stand-in-chart.ts";

const port = (name: string, number: number) => ({ name, port: number, targetPort: number });

/**
 * Envoy Gateway: the Service by which its proxies find it, whose name is fixed, and the definitions. It
 * makes no proxies and no load balancer here, because nothing runs that would.
 */
export const envoyGateway: StandInChart = {
  definitions: {
    place: "crds",
    enabled: (values) => isOn(values, "crds", "enabled"),
    kept: () => true,
  },
  objects: (release) => [
    service(
      release,
      "envoy-gateway",
      {
        "control-plane": "envoy-gateway",
        "app.kubernetes.io/name": "gateway-helm",
        "app.kubernetes.io/instance": release.name,
      },
      [
        port("grpc", 18_000),
        port("ratelimit", 18_001),
        port("wasm", 18_002),
        port("metrics", 19_001),
        ...(isOn(release.values, "topologyInjector", "enabled") ? [port("webhook", 9443)] : []),
      ],
    ),
  ],
};
