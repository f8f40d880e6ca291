import assert from "node:assert/strict";
import { byName, byType } from "../../../../plan/recording.ts";
import {
  everythingBefore,
  eksSettings,
  nodePool,
  recordEks,
  sorted,
  sourcesOf,
} from "../../../support/eks-fixtures.ts";

const POOLS = [
  ...eksSettings.nodePools,
  nodePool({ name: "batch", role: "interruptible", spot: true, minNodes: 0, maxNodes: 6 }),
  nodePool({ name: "fast", role: "high-performance", machineType: "m7i.xlarge", minNodes: 0 }),
];

describe("nodes on EKS", () => {
  it("are a group for each pool and zone, whose bounds add up to the pool's", async () => {
    const { recording } = await recordEks();
    const groups = sorted(byType(recording, "aws:eks/nodeGroup:NodeGroup"));
    assert.deepEqual(
      groups.map(({ name, inputs }) => [name, inputs["scalingConfig"]]),
      [
        ["cluster-pool-general-us-east-1a", { minSize: 2, maxSize: 7, desiredSize: 2 }],
        ["cluster-pool-general-us-east-1b", { minSize: 2, maxSize: 7, desiredSize: 2 }],
        ["cluster-pool-general-us-east-1c", { minSize: 1, maxSize: 6, desiredSize: 1 }],
        ["cluster-pool-system-us-east-1a", { minSize: 1, maxSize: 2, desiredSize: 1 }],
        ["cluster-pool-system-us-east-1b", { minSize: 1, maxSize: 2, desiredSize: 1 }],
        ["cluster-pool-system-us-east-1c", { minSize: 1, maxSize: 2, desiredSize: 1 }],
      ],
    );
    for (const group of groups) {
      const zone = group.name.slice(-"us-east-1a".length);
      assert.deepEqual(sourcesOf(group, "subnetIds"), [`cluster-nodes-${zone}`]);
    }
  });

  it("are set up as production nodes are, row by row", async () => {
    const { recording } = await recordEks();
    const group = byName(recording, "cluster-pool-system-us-east-1a");
    const { inputs, ignoreChanges, protect } = group;
    const { launchTemplate, nodeRoleArn, scalingConfig, subnetIds, ...rest } = inputs;
    assert.ok(scalingConfig && subnetIds);
    assert.deepEqual(rest, {
      clusterName: "shop-prod",
      nodeGroupNamePrefix: "system-us-east-1a-",
      version: "1.35",
      amiType: "BOTTLEROCKET_x86_64",
      capacityType: "ON_DEMAND",
      labels: { "slipway.local/pool-role": "system" },
      taints: [{ key: "CriticalAddonsOnly", value: "true", effect: "NO_SCHEDULE" }],
      updateConfig: { maxUnavailablePercentage: 33 },
      nodeRepairConfig: { enabled: true },
      forceUpdateVersion: false,
      tags: { Name: "shop-prod-system-us-east-1a" },
    });
    assert.equal(nodeRoleArn, byName(recording, "cluster-nodes-role").outputs["arn"]);
    assert.deepEqual(sourcesOf(group, "launchTemplate"), ["cluster-template-system"]);
    assert.equal((launchTemplate as Record<string, unknown>)["version"], "1");
    // The number of nodes is the autoscaler's.
    assert.deepEqual([ignoreChanges, protect], [["scalingConfig.desiredSize"], false]);
  });

  it("keep their own credentials from pods, and have encrypted disks and no key to log in", async () => {
    const { recording } = await recordEks();
    const template = byName(recording, "cluster-template-general");
    const { inputs } = template;
    assert.deepEqual(inputs["metadataOptions"], {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
      instanceMetadataTags: "disabled",
    });
    const disk = {
      volumeType: "gp3",
      encrypted: "true",
      kmsKeyId: byName(recording, "cluster-data-key").outputs["arn"],
      deleteOnTermination: "true",
    };
    assert.deepEqual(inputs["blockDeviceMappings"], [
      { deviceName: "/dev/xvda", ebs: disk },
      { deviceName: "/dev/xvdb", ebs: { ...disk, volumeSize: 100 } },
    ]);
    assert.deepEqual(
      [inputs["keyName"], inputs["monitoring"], inputs["instanceType"]],
      [undefined, { enabled: true }, "t3.xlarge"],
    );
    assert.deepEqual(sourcesOf(template, "vpcSecurityGroupIds"), ["cluster-nodes-group"]);
    assert.equal(
      Buffer.from(String(inputs["userData"]), "base64").toString(),
      "[settings.kubernetes]\nmax-pods = 110\n",
    );
  });

  it("act as a role that joins and pulls images, and cannot change the network", async () => {
    const { recording } = await recordEks();
    const role = byName(recording, "cluster-nodes-role").outputs["name"];
    const policies = byType(recording, "aws:iam/rolePolicyAttachment:RolePolicyAttachment")
      .filter(({ inputs }) => inputs["role"] === role)
      .map(({ inputs }) => inputs["policyArn"])
      .toSorted();
    assert.deepEqual(policies, [
      "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
      "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
    ]);
  });

  it("come after what they need to start, and so go before it", async () => {
    const { recording } = await recordEks();
    const before = everythingBefore(recording, "cluster-pool-general-us-east-1b");
    for (const first of [
      "cluster-vpc-cni",
      "cluster-kube-proxy",
      "cluster-eks-pod-identity-agent",
      "cluster-nodes-AmazonEKSWorkerNodePolicy",
      "cluster-route-nodes-us-east-1b",
      "cluster-routed-nodes-us-east-1b",
      "cluster-nat-us-east-1b",
      "cluster-route-public",
      "cluster-routed-public-us-east-1b",
      "cluster-control-from-nodes",
      "cluster-nodes-to-anywhere",
    ]) {
      assert.ok(before.has(first), first);
    }
  });

  it("may vanish where the pool says so, and are labelled for the low-latency profile", async () => {
    const { recording } = await recordEks({ nodePools: POOLS });
    const batch = byName(recording, "cluster-pool-batch-us-east-1a").inputs;
    assert.equal(batch["capacityType"], "SPOT");
    assert.deepEqual(batch["taints"], [
      { key: "slipway.local/interruptible", value: "true", effect: "NO_SCHEDULE" },
    ]);
    const fast = byName(recording, "cluster-pool-fast-us-east-1a").inputs;
    assert.deepEqual(fast["labels"], {
      "slipway.local/pool-role": "high-performance",
      "node-type": "high-performance",
    });
    assert.deepEqual(fast["taints"], [
      { key: "node-type", value: "high-performance", effect: "NO_SCHEDULE" },
    ]);
  });

  it("change nothing but their own group when a pool grows", async () => {
    const [system, general] = eksSettings.nodePools;
    assert.ok(system && general);
    const before = await recordEks();
    const after = await recordEks({ nodePools: [system, { ...general, maxNodes: 21 }] });
    const changed = after.recording.resources.filter(({ name, type, inputs }) => {
      if (type === "slipway:clusters:EksCluster") return false;
      const old = byName(before.recording, name, type);
      return JSON.stringify(old.inputs) !== JSON.stringify(inputs);
    });
    assert.deepEqual(
      changed.map(({ name }) => name),
      ["cluster-pool-general-us-east-1c"],
    );
  });
});

describe("add-ons on EKS", () => {
  it("are these, each of a pinned version, and take back what was changed by hand", async () => {
    const { recording } = await recordEks();
    const addOns = sorted(byType(recording, "aws:eks/addon:Addon"));
    assert.deepEqual(
      addOns.map(({ inputs }) => inputs["addonName"]),
      [
        "aws-ebs-csi-driver",
        "coredns",
        "eks-pod-identity-agent",
        "kube-proxy",
        "metrics-server",
        "snapshot-controller",
        "vpc-cni",
      ],
    );
    for (const { inputs } of addOns) {
      assert.match(String(inputs["addonVersion"]), /-eksbuild\.\d+$/);
      assert.deepEqual(
        [inputs["resolveConflictsOnCreate"], inputs["resolveConflictsOnUpdate"]],
        ["OVERWRITE", "OVERWRITE"],
      );
    }
  });

  it("enforce network policies and hand out addresses in blocks", async () => {
    const { recording } = await recordEks();
    const values = byName(recording, "cluster-vpc-cni").inputs["configurationValues"];
    assert.deepEqual(JSON.parse(String(values)), {
      enableNetworkPolicy: "true",
      env: {
        ENABLE_PREFIX_DELEGATION: "true",
        WARM_PREFIX_TARGET: "1",
        NETWORK_POLICY_ENFORCING_MODE: "standard",
      },
    });
  });

  it("run on the system pool, but for what runs on every node", async () => {
    const { recording } = await recordEks();
    const place = {
      nodeSelector: { "slipway.local/pool-role": "system" },
      tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists", effect: "NoSchedule" }],
    };
    const valuesOf = (addOn: string) =>
      JSON.parse(
        String(byName(recording, `cluster-${addOn}`).inputs["configurationValues"]),
      ) as unknown;
    for (const addOn of ["coredns", "snapshot-controller", "metrics-server"]) {
      assert.deepEqual(valuesOf(addOn), place);
    }
    assert.deepEqual(valuesOf("aws-ebs-csi-driver"), {
      controller: {
        ...place,
        extraVolumeTags: { cluster: "shop-prod", "managed-by": "slipway" },
      },
      node: { tolerateAllTaints: true },
    });
  });

  it("wait for nodes where they run on nodes that are ready", async () => {
    const { recording } = await recordEks();
    const group = "cluster-pool-system-us-east-1a";
    for (const addOn of [
      "coredns",
      "aws-ebs-csi-driver",
      "snapshot-controller",
      "metrics-server",
    ]) {
      assert.ok(everythingBefore(recording, `cluster-${addOn}`).has(group), addOn);
    }
    for (const addOn of ["eks-pod-identity-agent", "kube-proxy", "vpc-cni"]) {
      assert.ok(!everythingBefore(recording, `cluster-${addOn}`).has(group), addOn);
    }
  });

  it("act as roles of their own", async () => {
    const { recording } = await recordEks();
    const roles = ["vpc-cni", "aws-ebs-csi-driver"].map((addOn) => {
      const role = byName(recording, `cluster-${addOn}-role`).outputs["arn"];
      const [association] = byName(recording, `cluster-${addOn}`).inputs[
        "podIdentityAssociations"
      ] as { roleArn: unknown; serviceAccount: unknown }[];
      assert.equal(association?.roleArn, role);
      return association?.serviceAccount;
    });
    assert.deepEqual(roles, ["aws-node", "ebs-csi-controller-sa"]);
  });
});
