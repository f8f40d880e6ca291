import assert from "node:assert/strict";
import fc from "fast-check";
import {
  FINALIZER,
  freeAddress,
  ingressOf,
  loadBalancerOf,
  nextStep,
  type ServiceStep,
} from "../../../../local/cloud/controller/load-balancer.ts";
import type { JsonObject } from "../../../../local/providers/property-values.ts";
import { sampleCluster } from "./cluster-samples.ts";

const service = (metadata: JsonObject = {}, more: JsonObject = {}): JsonObject => ({
  metadata: { name: "web", namespace: "shop", uid: "0a-1b", ...metadata },
  spec: { type: "LoadBalancer" },
  ...more,
});
const held = { finalizers: ["foregroundDeletion", FINALIZER] };
const reached = { status: { loadBalancer: { ingress: [{ ip: "203.0.113.1" }] } } };

describe("nextStep of a Service", () => {
  const cases: readonly [string, JsonObject, ServiceStep][] = [
    ["is held before anything is made for it", service(), "hold"],
    ["then gets its load balancer", service(held), "provide"],
    ["then is left alone", service(held, reached), "nothing"],
    [
      "is let go when it is deleted",
      service({ ...held, deletionTimestamp: "x" }, reached),
      "release",
    ],
    ["is left to others once it was let go", service({ deletionTimestamp: "x" }), "nothing"],
    ["gives it back as another type", service(held, { spec: { type: "ClusterIP" } }), "release"],
    ["never gets one as another type", service({}, { spec: { type: "ClusterIP" } }), "nothing"],
  ];
  for (const [what, object, step] of cases) {
    it(what, () => {
      assert.equal(nextStep(object), step);
    });
  }
});

describe("loadBalancerOf", () => {
  it("is public unless the cloud's annotation says otherwise", () => {
    const scheme = (annotations: JsonObject) =>
      loadBalancerOf(service({ annotations }), sampleCluster("azure-native"), new Set()).scheme;
    const key = "service.beta.kubernetes.io/azure-load-balancer-internal";
    assert.deepEqual(
      [scheme({}), scheme({ [key]: "true" }), scheme({ [key]: "false" })],
      ["public", "internal", "public"],
    );
  });

  it("is reached by a name on AWS and by an address elsewhere", () => {
    const of = (cloud: "aws" | "gcp") =>
      ingressOf(loadBalancerOf(service(), sampleCluster(cloud), new Set()));
    assert.deepEqual(of("aws"), { hostname: "a0a1b.elb.us-east-1.amazonaws.com" });
    assert.deepEqual(Object.keys(of("gcp")), ["ip", "ipMode"]);
  });

  it("says where it stands and for whom", () => {
    const cluster = sampleCluster("gcp", { networks: ["net"] });
    const { clusterId, networks, service: named } = loadBalancerOf(service(), cluster, new Set());
    assert.deepEqual([clusterId, networks, named], [cluster.id, ["net"], "shop/web"]);
  });
});

describe("freeAddress", () => {
  it("never gives an address twice, until none is left", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 254 }), (wishes) => {
        const taken = new Set<string>();
        for (const wish of wishes) {
          const address = freeAddress("203.0.113", wish, taken);
          assert.ok(!taken.has(address));
          assert.match(address, /^203\.0\.113\.([1-9]\d?|1\d\d|2[0-4]\d|25[0-4])$/);
          taken.add(address);
        }
      }),
      { numRuns: 20 },
    );
    const all = new Set(Array.from({ length: 254 }, (_, index) => `10.0.0.${index + 1}`));
    assert.throws(
      () => freeAddress("10.0.0", "x", all),
      /Every address of 10\.0\.0\.0\/24 is taken/,
    );
  });
});
