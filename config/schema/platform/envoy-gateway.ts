import { ADD_ON_RESOURCES } from "../../../components/platform/add-on-resources.ts";
import {
  ENVOY_GATEWAY_DEFAULTS,
  ROUTE_KINDS,
  ROUTES_DEFAULT,
} from "../../../components/platform/envoy-gateway-settings.ts";
import { flag, oneOf, partResources, section, wholeNumber } from "../values.ts";

/** Shape of `slipway:platform.envoyGateway`. */
export const envoyGatewaySchema = section(
  { description: "The gateway of the Gateway API, to move from Ingress to.", rows: ["D-75"] },
  {
    enabled: flag({
      description: "Whether it is installed, with a load balancer of its own.",
    }).default(ENVOY_GATEWAY_DEFAULTS.enabled),
    replicas: wholeNumber(
      { description: "Replicas of the proxies; 2 or more under guard strict." },
      1,
      20,
    ).default(ENVOY_GATEWAY_DEFAULTS.replicas),
    exposure: oneOf(
      { description: "Whether its load balancer is on the internet or inside the network only." },
      ["public", "internal"],
    ).default(ENVOY_GATEWAY_DEFAULTS.exposure),
    resources: partResources(ADD_ON_RESOURCES.envoyGateway),
  },
).default(ENVOY_GATEWAY_DEFAULTS);

/** Shape of `slipway:platform.routes`. */
export const routesSchema = oneOf(
  {
    description:
      "What routes of systems are made of: ingress (ingressNginx serves them), gateway (envoyGateway does), or both while names move from the one to the other.",
    rows: ["D-75", "C-44"],
  },
  [...ROUTE_KINDS],
).default(ROUTES_DEFAULT);
