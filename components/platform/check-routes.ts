import type { Problem } from "../core/problem.ts";
import type { PlatformSettings } from "./settings.ts";

type Settings = Pick<PlatformSettings, "routes" | "ingressNginx" | "envoyGateway">;

/** Problems of routes that nothing installed would serve: every host would be dark. */
export function checkRoutes({ routes, ingressNginx, envoyGateway }: Settings): Problem[] {
  const problem = (expected: string, remedy: string): Problem => ({
    path: "routes",
    got: JSON.stringify(routes),
    expected,
    remedy,
  });
  if (routes !== "ingress" && !envoyGateway.enabled) {
    return [
      problem(
        "ingress, because envoyGateway is off and nothing serves the Gateway API",
        "Turn envoyGateway on, or let routes be ingress.",
      ),
    ];
  }
  if (routes !== "gateway" && !ingressNginx.enabled && envoyGateway.enabled) {
    return [
      problem(
        "gateway, because ingressNginx is off and envoyGateway is on",
        "Let routes be gateway, or turn ingressNginx on.",
      ),
    ];
  }
  return [];
}
