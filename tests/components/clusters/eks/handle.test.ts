import assert from "node:assert/strict";
import type { EksClusterArgs } from "../../../../components/clusters/cloud-context.ts";
import { EksCluster } from "../../../../components/clusters/eks/eks-cluster.ts";
import { createCluster } from "../../../../components/clusters/index.ts";
import { byName, byType, record, Secret } from "../../../../plan/recording.ts";
import { eksArgs, eksSettings, recordEks, RELAXED } from "../../../support/eks-fixtures.ts";

describe("EksCluster", () => {
  it("refuses credentials of another account, and marks all that it makes", async () => {
    const { recording } = await recordEks();
    const { region, allowedAccountIds, defaultTags } = byName(recording, "cluster-aws").inputs;
    assert.equal(region, "us-east-1");
    assert.deepEqual(JSON.parse(String(allowedAccountIds)), ["111122223333"]);
    assert.deepEqual(JSON.parse(String(defaultTags)), {
      tags: { cluster: "shop-prod", "managed-by": "slipway" },
    });
    const foreign = recording.resources.filter(
      ({ type, providerUrn = "" }) =>
        type.startsWith("aws:") && !providerUrn.endsWith("::cluster-aws"),
    );
    assert.deepEqual(foreign, []);
  });

  it("gives the provider a constant identity, and a kubeconfig that holds no credential", async () => {
    const { recording, handle } = await recordEks();
    const { kubeconfig, ...rest } = byName(recording, "cluster-provider").inputs;
    assert.deepEqual(rest, {
      context: "shop-prod",
      clusterIdentifier: "eks/111122223333/us-east-1/shop-prod",
      enableServerSideApply: "true",
      enableConfigMapMutable: "true",
      enableSecretMutable: "true",
    });
    assert.equal(handle.clusterIdentifier, rest["clusterIdentifier"]);
    assert.ok(kubeconfig instanceof Secret);
    const { users, clusters } = JSON.parse(String(kubeconfig.value)) as {
      users: { user: { exec: { command: string; args: string[] } } }[];
      clusters: { cluster: Record<string, unknown> }[];
    };
    const { endpoint, certificateAuthority } = byName(recording, "cluster-cluster").outputs;
    assert.deepEqual(clusters[0]?.cluster, {
      server: endpoint,
      "certificate-authority-data": (certificateAuthority as { data: unknown }).data,
    });
    const { command, args } = users[0]?.user.exec ?? {};
    assert.equal(
      [command, ...(args ?? [])].join(" "),
      "aws eks get-token --cluster-name shop-prod --region us-east-1 --output json",
    );
  });

  it("tells those above it what it can", async () => {
    const { handle } = await recordEks();
    assert.deepEqual(handle.builtIn, {
      metricsServer: true,
      verticalPodAutoscaler: false,
      gatewayApi: false,
    });
    assert.deepEqual(handle.needs, { loadBalancerController: true, autoscaler: true });
    const { networkId, ...told } = handle.controllers;
    assert.deepEqual(told, { api: "aws", clusterName: "shop-prod", region: "us-east-1" });
    assert.ok(networkId);
    assert.deepEqual(
      Object.entries(handle.scrapable).filter(([, can]) => can),
      [["coreDns", true]],
    );
    assert.deepEqual(handle.secretStore, {
      api: "awssm",
      prefix: "shop-prod/",
      region: "us-east-1",
    });
    assert.deepEqual(
      handle.nodePools.map(({ name, minNodes, maxNodes }) => [name, minNodes, maxNodes]),
      [
        ["system", 3, 6],
        ["general", 5, 20],
      ],
    );
  });

  it("has load balancers that are public or internal on purpose", async () => {
    const prefix = "service.beta.kubernetes.io/aws-load-balancer";
    const { loadBalancerAnnotations } = (await recordEks()).handle;
    const { public: open, internal } = loadBalancerAnnotations;
    assert.equal(open[`${prefix}-scheme`], "internet-facing");
    assert.equal(internal[`${prefix}-scheme`], "internal");
    for (const annotations of [open, internal]) {
      assert.equal(annotations[`${prefix}-type`], "external");
      assert.equal(annotations[`${prefix}-nlb-target-type`], "ip");
    }
  });

  it("knows beforehand where pods find API server, roles and databases", async () => {
    const { recording, handle } = await recordEks();
    const { networkPeers } = handle;
    const flat = (peers: (typeof networkPeers)["dns"]) =>
      peers.map(({ cidr, ports }) => `${cidr} ${ports.map(({ port }) => port).join()}`);
    assert.deepEqual(flat(networkPeers.dns), []);
    assert.deepEqual(flat(networkPeers.identityEndpoint), ["169.254.170.23/32 80"]);
    const rangesOf = (purpose: string) =>
      eksSettings.zones.map((zone) =>
        String(byName(recording, `cluster-${purpose}-${zone}`).inputs["cidrBlock"]),
      );
    assert.deepEqual(flat(networkPeers.apiServer), [
      "10.104.0.1/32 443",
      ...rangesOf("control").map((cidr) => `${cidr} 443`),
    ]);
    assert.deepEqual(
      flat(networkPeers.managedData),
      rangesOf("data").map((cidr) => `${cidr} 5432`),
    );
    assert.deepEqual(
      flat(networkPeers.objectStorage),
      rangesOf("endpoints").map((cidr) => `${cidr} 443`),
    );
  });

  it("says who can reach it and what it cannot do, one sentence each", async () => {
    const sentence = /^[A-Z].+[^.]\.$/;
    for (const more of [{}, RELAXED, { endpoint: "private", allowedCidrs: [] } as const]) {
      const { handle, recording } = await recordEks(more);
      assert.match(handle.exposure, sentence);
      for (const limitation of handle.limitations) assert.match(limitation, sentence);
      const { outputs } = byName(recording, "cluster", "slipway:clusters:EksCluster");
      assert.equal(outputs["exposure"], handle.exposure);
      assert.deepEqual(outputs["limitations"], handle.limitations);
    }
    assert.equal(
      (await recordEks()).handle.exposure,
      "The API server of shop-prod has a public address that answers 192.0.2.0/24 alone, to whom IAM signs in.",
    );
  });

  it("is refused as a whole for settings that are wrong, with nothing but itself registered", async () => {
    const args: EksClusterArgs = { ...eksArgs, zones: ["us-east-1a"], deployer: "me" };
    const recording = await record(
      () => {
        assert.throws(() => new EksCluster("cluster", args), {
          message: /^Invalid arguments:\n1\. zones: got 1, .*\n2\. deployer: got "me", /s,
        });
      },
      { stack: "test" },
    );
    assert.deepEqual(byType(recording, "pulumi:providers:aws"), []);
  });

  it("is what createCluster makes of the kind eks", async () => {
    let handle: unknown;
    await record(
      async () => {
        handle = await createCluster("cluster", eksSettings, {
          guard: "strict",
          webhookPorts: [8443],
        });
      },
      { stack: "test" },
    );
    assert.ok(handle instanceof EksCluster);
  });
});
