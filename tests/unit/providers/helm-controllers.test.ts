import assert from "node:assert/strict";
import { STAND_IN_CHARTS } from "../../../local/providers/kubernetes/helm/charts/index.ts";
import { releaseSpec } from "../../../local/providers/kubernetes/helm/release-inputs.ts";
import type { JsonObject, PropertyMap } from "../../../local/providers/property-values.ts";
import { chartContents } from "../../../plan/model/charts/index.ts";

/** Names of the Services with their selectors' name and ports, as the stand-in makes them. */
function services(chart: string, name: string, values: JsonObject): string[] {
  const inputs = { name, namespace: "ns", chart, version: "1.0.0", values } as PropertyMap;
  return (STAND_IN_CHARTS[chart]?.objects(releaseSpec(inputs)) ?? []).map((object) => {
    const { metadata, spec } = object as unknown as {
      metadata: { name: string };
      spec: { selector: Record<string, string>; ports: { port: number }[] };
    };
    const selected = spec.selector["app.kubernetes.io/name"] ?? "";
    return `${metadata.name} of ${selected}: ${spec.ports.map(({ port }) => port).join(", ")}`;
  });
}

describe("stand-in charts of controllers", () => {
  it("cluster-autoscaler is called after the cloud, unless it is told a name", () => {
    assert.deepEqual(services("cluster-autoscaler", "ca", { cloudProvider: "aws" }), [
      "ca-aws-cluster-autoscaler of aws-cluster-autoscaler: 8085",
    ]);
    const named = { nameOverride: "scaler", fullnameOverride: "scaler" };
    assert.deepEqual(services("cluster-autoscaler", "ca", named), ["scaler of scaler: 8085"]);
  });

  it("aws-load-balancer-controller has a Service for metrics only where it is watched", () => {
    const chart = "aws-load-balancer-controller";
    const webhook = `aws-load-balancer-webhook-service of ${chart}: 443`;
    assert.deepEqual(services(chart, chart, {}), [webhook]);
    assert.deepEqual(services(chart, chart, { serviceMonitor: { enabled: true } }), [
      webhook,
      `${chart} of ${chart}: 8080`,
    ]);
  });

  it("external-dns has one for metrics", () => {
    assert.deepEqual(services("external-dns", "dns", {}), [
      "dns-external-dns of external-dns: 7979",
    ]);
  });

  for (const chart of ["cluster-autoscaler", "aws-load-balancer-controller", "external-dns"]) {
    it(`the plan counts the pods of ${chart}`, () => {
      const requests = { cpu: "50m", memory: "64Mi" };
      const values = { replicaCount: 3, resources: { requests } };
      const release = { chart, values } as unknown as Parameters<typeof chartContents>[0];
      assert.deepEqual(chartContents(release)?.pods, [
        { part: "controller", kind: "Deployment", replicas: 3, requests: [requests] },
      ]);
    });
  }
});
