import assert from "node:assert/strict";
import type { V1Ingress, V1NetworkPolicy } from "@kubernetes/client-node";
import { changesIn } from "../../local/engine/index.ts";
import { viewCluster, type ClusterView } from "../support/cluster-inventory.ts";
import { startStack, type RunningStack } from "../support/running-stack.ts";
import { succeeded } from "../support/engine-review.ts";

const NAMESPACE = "kaizen-studio-local";
const GATEWAY_API = "gateway.networking.k8s.io/v1";
const PLATFORM = "slipway:platform";

// The tests are one story: each begins where the one before it ended.
describe("the move of the local stack from Ingress to Gateway", () => {
  let stack: RunningStack;
  let cluster: ClusterView;
  let atFirst: string[];

  const names = async (apiVersion: string, kind: string) => {
    const found = await cluster.list<V1Ingress>(apiVersion, kind, NAMESPACE);
    return found.map(({ metadata }) => metadata?.name).toSorted();
  };
  const ingresses = () => names("networking.k8s.io/v1", "Ingress");
  const routes = () => names(GATEWAY_API, "HTTPRoute");
  /** Namespaces from which the pods of the system are reached. */
  const cameFrom = async () => {
    const policies = await cluster.list<V1NetworkPolicy>(
      "networking.k8s.io/v1",
      "NetworkPolicy",
      NAMESPACE,
    );
    const peers = policies.flatMap(({ spec }) =>
      // The client's own name for `from`, which is a word of many languages.
      (spec?.ingress ?? []).flatMap(({ _from = [] }) => _from),
    );
    const text = JSON.stringify(peers);
    return ["ingress-nginx", "envoy-gateway-system"].filter((name) => text.includes(`"${name}"`));
  };

  before(async () => {
    stack = await startStack("local", "gateway-life");
    cluster = viewCluster(stack.controlPlane.kubeconfig);
    atFirst = await cluster.inventory();
  });

  after(() => stack.stop());

  it("begins with an Ingress", async () => {
    succeeded(await stack.engine.up());
    assert.deepEqual(await ingresses(), ["kaizen-studio-ingress"]);
    assert.deepEqual(await cameFrom(), ["ingress-nginx"]);
  });

  it("has both for a while, and nothing is replaced or deleted for it", async () => {
    stack.set([PLATFORM, "envoyGateway"], { enabled: true, replicas: 1 });
    stack.set([PLATFORM, "routes"], "both");
    const changes = changesIn(succeeded(await stack.engine.up()).events);
    assert.deepEqual([changes["replace"], changes["delete"]], [undefined, undefined]);
    assert.deepEqual(await ingresses(), ["kaizen-studio-ingress"]);
    assert.deepEqual(await routes(), ["kaizen-studio-ingress", "kaizen-studio-ingress-redirect"]);
    assert.deepEqual(await cameFrom(), ["ingress-nginx", "envoy-gateway-system"]);
  });

  it("is done with the Ingress, and its controller", async () => {
    stack.set([PLATFORM, "routes"], "gateway");
    stack.set([PLATFORM, "ingressNginx", "enabled"], false);
    succeeded(await stack.engine.up());
    assert.deepEqual(await ingresses(), []);
    assert.deepEqual(await routes(), ["kaizen-studio-ingress", "kaizen-studio-ingress-redirect"]);
    assert.deepEqual(await cameFrom(), ["envoy-gateway-system"]);
    const again = succeeded(await stack.engine.preview("--expect-no-changes"));
    assert.deepEqual(changesIn(again.events), {});
  });

  it("goes, and leaves the definitions alone", async () => {
    succeeded(await stack.engine.destroy());
    const left = (await cluster.inventory()).filter((line) => !atFirst.includes(line));
    assert.deepEqual(
      left.filter((line) => !/gateway\.(networking\.k8s|envoyproxy)\.io/.test(line)),
      [],
    );
  });
});
