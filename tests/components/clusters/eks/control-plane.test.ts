import assert from "node:assert/strict";
import { byName, byType } from "../../../../plan/recording.ts";
import {
  everythingBefore,
  recordEks,
  RELAXED,
  roleArn,
  sorted,
  sourcesOf,
} from "../../../support/eks-fixtures.ts";
import { dependencyNames } from "../../../support/recorded-program.ts";

describe("control plane on EKS", () => {
  it("is set up as a production cluster is, row by row", async () => {
    const { recording } = await recordEks();
    const { roleArn: role, vpcConfig, ...rest } = byName(recording, "cluster-cluster").inputs;
    assert.deepEqual(rest, {
      name: "shop-prod",
      version: "1.35",
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: "10.104.0.0/20" },
      encryptionConfig: {
        provider: { keyArn: byName(recording, "cluster-cluster-key").outputs["arn"] },
        resources: ["secrets"],
      },
      enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      upgradePolicy: { supportType: "STANDARD" },
      zonalShiftConfig: { enabled: true },
      controlPlaneScalingConfig: { tier: "standard" },
      bootstrapSelfManagedAddons: false,
      deletionProtection: true,
    });
    assert.equal(role, byName(recording, "cluster-control-plane-role").outputs["arn"]);
    const { subnetIds, securityGroupIds, ...endpoint } = vpcConfig as Record<string, unknown>;
    assert.deepEqual(sourcesOf(byName(recording, "cluster-cluster"), "vpcConfig"), [
      "cluster-control-group",
      ...["a", "b", "c"].map((zone) => `cluster-control-us-east-1${zone}`),
    ]);
    assert.deepEqual(
      [subnetIds, securityGroupIds].map((ids) => (ids as string[]).length),
      [3, 1],
    );
    assert.deepEqual(endpoint, {
      endpointPrivateAccess: true,
      endpointPublicAccess: true,
      publicAccessCidrs: ["192.0.2.0/24"],
    });
  });

  it("has no address of the internet when its endpoint is private", async () => {
    const { recording, handle } = await recordEks({ endpoint: "private", allowedCidrs: [] });
    const { endpointPrivateAccess, endpointPublicAccess, publicAccessCidrs } = byName(
      recording,
      "cluster-cluster",
    ).inputs["vpcConfig"] as Record<string, unknown>;
    assert.deepEqual(
      [endpointPrivateAccess, endpointPublicAccess, publicAccessCidrs],
      [true, false, undefined],
    );
    assert.equal(
      handle.exposure,
      "The API server of shop-prod answers inside its network alone, to whom IAM signs in.",
    );
  });

  it("comes after its logs, its role and its key", async () => {
    const { recording } = await recordEks();
    const cluster = byName(recording, "cluster-cluster");
    for (const first of [
      "cluster-control-plane-logs",
      "cluster-control-plane-AmazonEKSClusterPolicy",
      "cluster-control-plane-key-policy",
      "cluster-cluster-key",
    ]) {
      assert.ok(dependencyNames(cluster).includes(first), first);
    }
    const { name, retentionInDays, kmsKeyId } = byName(
      recording,
      "cluster-control-plane-logs",
    ).inputs;
    assert.deepEqual(
      [name, retentionInDays, kmsKeyId],
      ["/aws/eks/shop-prod/cluster", 90, byName(recording, "cluster-cluster-key").outputs["arn"]],
    );
  });

  it("writes fewer logs and lets itself be deleted under relaxed", async () => {
    const { recording } = await recordEks(RELAXED);
    const { inputs, protect } = byName(recording, "cluster-cluster");
    assert.deepEqual(inputs["enabledClusterLogTypes"], ["api", "audit", "authenticator"]);
    assert.deepEqual([inputs["deletionProtection"], protect], [false, false]);
  });

  it("is protected under strict, and nothing of what the program says is ignored", async () => {
    const { recording } = await recordEks();
    const { protect, retainOnDelete, ignoreChanges, customTimeouts } = byName(
      recording,
      "cluster-cluster",
    );
    assert.deepEqual([protect, retainOnDelete, ignoreChanges], [true, false, []]);
    assert.deepEqual(customTimeouts, { create: "45m", update: "120m", delete: "30m" });
  });
});

describe("keys on EKS", () => {
  it("are renewed every year, and can be called back for a month", async () => {
    const { recording } = await recordEks();
    const keys = byType(recording, "aws:kms/key:Key");
    assert.equal(keys.length, 2);
    for (const { inputs } of keys) {
      assert.deepEqual([inputs["enableKeyRotation"], inputs["deletionWindowInDays"]], [true, 30]);
    }
  });

  it("outlive the cluster where data does", async () => {
    const { recording } = await recordEks();
    const options = (name: string) => {
      const { protect, retainOnDelete } = byName(recording, name);
      return { protect, retainOnDelete };
    };
    assert.deepEqual(options("cluster-data-key"), { protect: true, retainOnDelete: true });
    assert.deepEqual(options("cluster-cluster-key"), { protect: true, retainOnDelete: false });
  });

  it("open to the account's own policies, to logs of this cluster, and to disks of the account", async () => {
    const { recording } = await recordEks();
    const statements = (key: string) =>
      (
        JSON.parse(byName(recording, key).inputs["policy"] as string) as {
          Statement: Record<string, unknown>[];
        }
      ).Statement.map(({ Sid, Principal, Condition }) => [Sid, Principal, Condition]);
    const account = ["Account", { AWS: "arn:aws:iam::111122223333:root" }, undefined];
    assert.deepEqual(statements("cluster-cluster-key"), [
      account,
      [
        "Logs",
        { Service: "logs.us-east-1.amazonaws.com" },
        {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": [
              "/aws/eks/shop-prod/cluster",
              "/aws/vpc/shop-prod/flow-logs",
              "/aws/rds/instance/shop-prod*",
            ].map((group) => `arn:aws:logs:us-east-1:111122223333:log-group:${group}`),
          },
        },
      ],
    ]);
    assert.deepEqual(statements("cluster-data-key"), [
      account,
      [
        "Disks",
        { AWS: "*" },
        {
          StringEquals: {
            "kms:CallerAccount": "111122223333",
            "kms:ViaService": "ec2.us-east-1.amazonaws.com",
          },
        },
      ],
    ]);
  });
});

describe("access on EKS", () => {
  it("is for deployer, admins and viewers, and nobody else", async () => {
    const { recording } = await recordEks();
    const policies = sorted(
      byType(recording, "aws:eks/accessPolicyAssociation:AccessPolicyAssociation"),
    ).map(({ inputs }) => [
      inputs["principalArn"],
      String(inputs["policyArn"]).split("/").at(-1),
      inputs["accessScope"],
    ]);
    const everywhere = { type: "cluster" };
    assert.deepEqual(policies, [
      [roleArn("deployer"), "AmazonEKSClusterAdminPolicy", everywhere],
      [roleArn("developers"), "AmazonEKSViewPolicy", everywhere],
      [roleArn("platform"), "AmazonEKSClusterAdminPolicy", everywhere],
    ]);
    const entries = sorted(byType(recording, "aws:eks/accessEntry:AccessEntry"));
    assert.deepEqual(
      entries.map(({ inputs }) => [inputs["principalArn"], inputs["type"]]),
      policies.map(([principal]) => [principal, "STANDARD"]),
    );
  });

  it("keeps the entry of somebody who changes from one list to another", async () => {
    const entriesOf = async (more: Parameters<typeof recordEks>[0]) =>
      byType((await recordEks(more)).recording, "aws:eks/accessEntry:AccessEntry")
        .map(({ name }) => name)
        .toSorted();
    const both = [roleArn("developers"), roleArn("platform")];
    assert.deepEqual(await entriesOf({ admins: both, viewers: [] }), await entriesOf({}));
  });

  it("is there before anything in the cluster, as are nodes and add-ons", async () => {
    const { recording } = await recordEks();
    const before = everythingBefore(recording, "cluster-provider");
    const needed = [
      "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
      "aws:eks/nodeGroup:NodeGroup",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    ].flatMap((type) => byType(recording, type));
    const own = needed.filter(({ name }) => name !== "cluster-endpoints-from-nodes");
    assert.ok(own.length > 10);
    for (const { name } of own) assert.ok(before.has(name), name);
    for (const { name } of byType(recording, "aws:eks/addon:Addon")) assert.ok(before.has(name));
  });

  // docs/decisions/0036 says why; with each way an engine walks what is behind it once more.
  it("is reached in few ways from what is in the cluster", async () => {
    const { recording } = await recordEks();
    const byUrn = new Map(recording.resources.map((resource) => [resource.urn, resource]));
    const known = new Map<string, number>();
    const waysBehind = (urn: string): number => {
      const resource = byUrn.get(urn);
      if (resource === undefined) return 0;
      const found = known.get(urn);
      if (found !== undefined) return found;
      const { providerUrn, dependencies, propertyDependencies } = resource;
      const next = [
        ...(providerUrn === undefined ? [] : [providerUrn]),
        ...dependencies,
        ...Object.values(propertyDependencies).flat(),
      ];
      const ways = next.reduce((sum, one) => sum + waysBehind(one), 1);
      known.set(urn, ways);
      return ways;
    };
    const ways = waysBehind(byName(recording, "cluster-provider").urn);
    assert.ok(ways < 6000, `${ways} ways`);
  });
});
