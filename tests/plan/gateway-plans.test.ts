import assert from "node:assert/strict";
import type { RouteKind } from "../../components/platform/envoy-gateway-settings.ts";
import type { PlanEntry } from "../support/comparable-state.ts";
import { planOfChangedStack } from "../support/plan-of-changed-stack.ts";

const CLOUDS = { gke: undefined, eks: "eks", aks: "aks" } as const;
type Cloud = keyof typeof CLOUDS;

/** Prod in a cloud with routes of a kind, as it would be planned; ingress-nginx goes with the Ingress. */
function planned(cloud: Cloud, routes: RouteKind, exposure: string): Promise<PlanEntry[]> {
  const platform = "slipway:platform";
  return planOfChangedStack({ stack: "prod", example: CLOUDS[cloud] }, [
    [[platform, "envoyGateway"], { enabled: true, exposure }],
    [[platform, "routes"], routes],
    [[platform, "ingressNginx", "enabled"], routes !== "gateway"],
  ]);
}

const kindOf = ({ type }: PlanEntry) => type.split(":").at(-1) ?? "";

describe("prod with routes of the Gateway API", function () {
  this.timeout(60_000);

  const cases: [Cloud, RouteKind, string, annotation: string][] = [
    ["gke", "both", "public", "cloud.google.com/l4-rbs"],
    ["eks", "gateway", "internal", "service.beta.kubernetes.io/aws-load-balancer-scheme"],
    ["aks", "gateway", "internal", "service.beta.kubernetes.io/azure-load-balancer-internal"],
  ];
  for (const [cloud, routes, exposure, annotation] of cases) {
    it(`${cloud}, ${routes}: no judge refuses it, and the load balancer is ${exposure}`, async () => {
      const entries = await planned(cloud, routes, exposure);
      const kinds = entries.map(kindOf);
      assert.equal(kinds.includes("Ingress"), routes === "both");
      for (const kind of ["HTTPRoute", "Gateway", "BackendTrafficPolicy", "Certificate"]) {
        assert.ok(kinds.includes(kind), kind);
      }
      const proxy = JSON.stringify(entries.find((entry) => kindOf(entry) === "EnvoyProxy")?.inputs);
      assert.ok(proxy.includes(`"${annotation}"`), proxy);
    });
  }
});
