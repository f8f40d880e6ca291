import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import { demands } from "../../plan/capacity/demand.ts";
import { problemsOf, shopModel, type Shop } from "./shop.ts";

const resources = { requests: { cpu: "500m", memory: "1Gi" } };

/** A database of three servers; asleep, where that is asked for. */
function database(
  shop: Shop,
  change: { readonly spec?: object; readonly hibernation?: "on" } = {},
) {
  const operator = shop.release("cloudnative-pg", { resources });
  const annotations = { "cnpg.io/hibernation": change.hibernation ?? "off" };
  return new k8s.apiextensions.CustomResource(
    "shop-db",
    {
      apiVersion: "postgresql.cnpg.io/v1",
      kind: "Cluster",
      metadata: { name: "db", namespace: "shop", annotations },
      spec: { instances: 3, resources, ...change.spec },
    },
    { parent: shop.parent, dependsOn: [shop.namespace, operator] },
  );
}

function policy(shop: Shop, cluster: string, port: number) {
  const podSelector = { matchLabels: { "cnpg.io/cluster": cluster } };
  const ingress = [{ ports: [{ port }] }];
  return new k8s.networking.v1.NetworkPolicy(
    "shop-policy",
    { metadata: shop.metadata("policy"), spec: { podSelector, ingress } },
    shop.opts,
  );
}

describe("pods that an operator makes of a Cluster", () => {
  it("are there for the policies that select them", async () => {
    const problems = await problemsOf((shop) => {
      database(shop);
      policy(shop, "db", 5432);
    });
    assert.deepEqual(problems, []);
  });

  it("have the operator's labels and ports, and no others", async () => {
    const misnamed = await problemsOf((shop) => {
      database(shop);
      policy(shop, "database", 5432);
    });
    assert.match(misnamed.join("\n"), /NetworkPolicy shop\/policy: spec\.podSelector: .*database/);
    const shut = await problemsOf((shop) => {
      database(shop);
      policy(shop, "db", 5433);
    });
    assert.match(
      shut.join("\n"),
      /ports\[0\]\.port: got "?5433"?, expected a port of the selected/,
    );
  });

  it("count against the nodes, each with what writes its archive, unless they sleep", async () => {
    const demand = async (change: Parameters<typeof database>[1]) => {
      const model = await shopModel((shop) => database(shop, change));
      return demands(model).find(({ place }) => place === "Cluster shop/db");
    };
    const plain = await demand({});
    assert.deepEqual([plain?.minPods, plain?.maxPods, plain?.pod.cpu], [3, 3, 500]);
    const plugins = [{ name: "barman-cloud.cloudnative-pg.io", isWALArchiver: true }];
    assert.equal((await demand({ spec: { plugins } }))?.pod.cpu, 550);
    assert.equal((await demand({ hibernation: "on" }))?.maxPods, 0);
  });

  it("name priority classes that are there", async () => {
    const problems = await problemsOf((shop) => {
      database(shop, { spec: { priorityClassName: "nobodys" } });
    });
    assert.match(problems.join("\n"), /Cluster shop\/db: .*nobodys/);
  });
});
