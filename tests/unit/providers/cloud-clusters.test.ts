import assert from "node:assert/strict";
import fs from "node:fs";
import { machineSize } from "../../../local/providers/cloud/machine-types.ts";
import { trustedAuthority } from "../../../local/providers/kubernetes/trusted-authority.ts";
import { isSecret, revealed, type PropertyMap } from "../../../local/providers/property-values.ts";
import { CloudStandIn, emptyAccount } from "../../support/cloud-stand-in.ts";

describe("clusters of the stand-ins", () => {
  let folder: string;

  beforeEach(() => {
    folder = emptyAccount();
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  const gke: PropertyMap = {
    name: "main",
    location: "europe-west1",
    minMasterVersion: "1.33",
    removeDefaultNodePool: true,
    initialNodeCount: 1,
    deletionProtection: false,
  };

  it("of Google are reached where the hook says, and their pools have the maximum", async () => {
    const google = await CloudStandIn.of("gcp", folder);
    const cluster = await google.create("container/cluster:Cluster", "c", gke);
    assert.equal(cluster.state["endpoint"], "127.0.0.1:6443");
    assert.deepEqual(
      (revealed(cluster.state["masterAuth"] ?? null) as PropertyMap)["clusterCaCertificate"],
      "Q0E=",
    );
    const { inputs, ...described } = google.clusters.clusters.get(cluster.id) ?? assert.fail();
    assert.deepEqual(described, {
      account: folder,
      cloud: "gcp",
      id: cluster.id,
      name: "main",
      kubernetesVersion: "1.33.1",
      region: "europe-west1",
      zones: ["europe-west1-a", "europe-west1-b", "europe-west1-c"],
    });
    assert.equal(inputs["initialNodeCount"], 1);
    assert.equal(google.clusters.pools.size, 0, "the pool that Google makes is taken away");

    const pool = await google.create("container/nodePool:NodePool", "p", {
      name: "general",
      location: "europe-west1",
      cluster: "main",
      autoscaling: { totalMinNodeCount: 3, totalMaxNodeCount: 9 },
      version: "1.33.1-gke.1000000",
      nodeConfig: {
        machineType: "n2-standard-8",
        spot: true,
        labels: { tier: "general" },
        taints: [{ key: "spot", value: "true", effect: "NO_SCHEDULE" }],
      },
    });
    assert.deepEqual(google.clusters.pools.get(`${cluster.id} general`), {
      name: "general",
      machineType: "n2-standard-8",
      nodes: 9,
      zones: ["europe-west1-a", "europe-west1-b", "europe-west1-c"],
      labels: {
        "cloud.google.com/gke-nodepool": "general",
        "node.kubernetes.io/instance-type": "n2-standard-8",
        "cloud.google.com/gke-spot": "true",
        tier: "general",
      },
      taints: [{ key: "spot", value: "true", effect: "NoSchedule" }],
      cpu: "8",
      memory: "32Gi",
      kubernetesVersion: "1.33.1",
    });
    const more = { ...pool.inputs, autoscaling: { totalMaxNodeCount: 12 } };
    await google.update(pool, more);
    assert.equal(google.clusters.pools.get(`${cluster.id} general`)?.nodes, 12);
    await assert.rejects(google.delete(cluster), /is still used by NodePool/);
    await google.delete(pool);
    await google.delete(cluster);
    assert.deepEqual([google.clusters.clusters.size, google.clusters.pools.size], [0, 0]);
  });

  it("of Google are trusted without an authority in the kubeconfig, as its names are", async () => {
    const google = await CloudStandIn.of("gcp", folder);
    const cluster = await google.create("container/cluster:Cluster", "c", gke);
    const endpoints = cluster.state["controlPlaneEndpointsConfig"] as PropertyMap;
    const { endpoint } = endpoints["dnsEndpointConfig"] as PropertyMap;
    assert.equal(endpoint, "127.0.0.1:6443");
    assert.equal(trustedAuthority(`https://${endpoint}`, folder), "CA");
    assert.equal(trustedAuthority("https://127.0.0.1:6444", folder), undefined);
    assert.equal(trustedAuthority(`https://${endpoint}`, undefined), undefined);
  });

  it("are raised by one minor version in place, and never go back", async () => {
    const google = await CloudStandIn.of("gcp", folder);
    const cluster = await google.create("container/cluster:Cluster", "c", gke);
    const to = (minMasterVersion: string) => ({ ...cluster.inputs, minMasterVersion });
    const { changed } = await google.diff(cluster, to("1.34"));
    assert.deepEqual([...(changed?.values() ?? [])], [{ kind: "update", replace: false }]);
    await assert.rejects(google.update(cluster, to("1.35")), /can be raised to 1\.34 only/);
    await assert.rejects(google.update(cluster, to("1.32")), /not to 1\.32/);
    const raised = await google.update(cluster, to("1.34"));
    assert.equal(raised.state["masterVersion"], "1.34.1-gke.1000000");
    assert.equal(google.clusters.clusters.get(cluster.id)?.kubernetesVersion, "1.34.1");
  });

  it("that cannot be made are not there, and can be tried again", async () => {
    const google = await CloudStandIn.of("gcp", folder);
    google.clusters.failure = "no API server came up";
    await assert.rejects(google.create("container/cluster:Cluster", "c", gke), /no API server/);
    assert.deepEqual(google.kinds(), []);
    google.clusters.failure = undefined;
    await google.create("container/cluster:Cluster", "c", gke);
  });

  it("that somebody was making when killed do not stand in the way", async () => {
    const google = await CloudStandIn.of("gcp", folder);
    const { id } = await google.create("container/cluster:Cluster", "c", gke);
    const [record = assert.fail()] = google.store.records();
    google.store.put({ ...record, creating: { pid: 1, began: "long ago" } });
    assert.equal((await google.create("container/cluster:Cluster", "c", gke)).id, id);
  });

  it("of AWS take machine types from the template and zones from the subnets", async () => {
    const aws = await CloudStandIn.of("aws", folder);
    const vpc = await aws.create("ec2/vpc:Vpc", "v", { cidrBlock: "10.0.0.0/16" });
    const role = await aws.create("iam/role:Role", "r", { assumeRolePolicy: "{}" });
    const subnetIds = await Promise.all(
      ["a", "b"].map(async (zone, n) => {
        const availabilityZone = `eu-west-1${zone}`;
        const cidrBlock = `10.0.${16 * n}.0/20`;
        const inputs = { vpcId: vpc.id, cidrBlock, availabilityZone };
        return (await aws.create("ec2/subnet:Subnet", zone, inputs)).id;
      }),
    );
    const roleArn = role.state["arn"] ?? null;
    const cluster = await aws.create("eks/cluster:Cluster", "c", {
      name: "main",
      version: "1.34",
      roleArn,
      vpcConfig: { subnetIds },
    });
    assert.equal(cluster.state["endpoint"], "https://127.0.0.1:6443");
    assert.deepEqual(cluster.state["certificateAuthority"], { data: "Q0E=" });
    assert.deepEqual((cluster.state["vpcConfig"] as PropertyMap)["subnetIds"], subnetIds);
    assert.deepEqual(aws.clusters.clusters.get("main")?.zones, ["eu-west-1a", "eu-west-1b"]);
    const template = await aws.create("ec2/launchTemplate:LaunchTemplate", "t", {
      instanceType: "r6i.2xlarge",
    });
    await aws.create("eks/nodeGroup:NodeGroup", "g", {
      nodeGroupName: "memory",
      clusterName: "main",
      nodeRoleArn: roleArn,
      subnetIds: subnetIds.slice(0, 1),
      launchTemplate: { id: template.id, version: "1" },
      scalingConfig: { minSize: 1, desiredSize: 1, maxSize: 4 },
    });
    const { nodes, cpu, memory, zones } = aws.clusters.pools.get("main memory") ?? assert.fail();
    assert.deepEqual([nodes, cpu, memory, zones], [4, "8", "64Gi", ["eu-west-1a"]]);
    const grant = { clusterName: "main", principalArn: "arn:aws:iam::111122223333:role/ops" };
    const policy = {
      ...grant,
      policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
    };
    const associate = () =>
      aws.create("eks/accessPolicyAssociation:AccessPolicyAssociation", "p", policy);
    await assert.rejects(associate(), /principalArn: there is no AccessEntry/);
    await aws.create("eks/accessEntry:AccessEntry", "e", grant);
    await associate();
  });

  it("of Azure bring their inline pools, and are logged in to by the credentials call", async () => {
    const azure = await CloudStandIn.of("azure-native", folder);
    const group = { resourceGroupName: "rg" };
    await azure.create("resources:ResourceGroup", "rg", group);
    const system = {
      name: "system",
      count: 3,
      mode: "System",
      vmSize: "Standard_D4ds_v5",
      availabilityZones: ["1", "2"],
      nodeTaints: ["CriticalAddonsOnly=true:NoSchedule"],
    };
    const named = { ...group, resourceName: "main" };
    const cluster = await azure.create("containerservice:ManagedCluster", "c", {
      ...named,
      location: "westeurope",
      dnsPrefix: "main",
      disableLocalAccounts: true,
      agentPoolProfiles: [system],
    });
    const pool = azure.clusters.pools.get(`${cluster.id} system`) ?? assert.fail();
    assert.deepEqual([pool.nodes, pool.cpu, pool.memory], [3, "4", "16Gi"]);
    assert.deepEqual(pool.zones, ["westeurope-1", "westeurope-2"]);
    assert.deepEqual(pool.taints, [
      { key: "CriticalAddonsOnly", value: "true", effect: "NoSchedule" },
    ]);
    const spot = { vmSize: "Standard_E8s_v5", enableAutoScaling: true, minCount: 0, maxCount: 5 };
    await azure.create("containerservice:AgentPool", "a", {
      ...named,
      ...spot,
      agentPoolName: "spot",
      count: 1,
      scaleSetPriority: "Spot",
    });
    assert.equal(azure.clusters.pools.get(`${cluster.id} spot`)?.nodes, 5);
    const call = (who: string) =>
      azure.provider.invoke(
        `azure-native:containerservice:listManagedCluster${who}Credentials`,
        named,
      );
    const { kubeconfigs } = await call("User");
    const [first] = kubeconfigs as PropertyMap[];
    assert.ok(isSecret(first?.["value"]));
    const text = Buffer.from(first["value"].value as string, "base64").toString();
    assert.match(
      text,
      /"server":"https:\/\/127\.0\.0\.1:6443","certificate-authority-data":"Q0E="/,
    );
    await assert.rejects(call("Admin"), /local accounts disabled/);
    await azure.delete(cluster);
    assert.deepEqual(azure.kinds(), ["ResourceGroup"], "pools go with their cluster");
  });
});

describe("machineSize", () => {
  const sizes = [
    ["gcp", "e2-standard-4", "4", "16Gi"],
    ["gcp", "n2-highmem-8", "8", "64Gi"],
    ["gcp", "e2-medium", "2", "4Gi"],
    ["gcp", "n2-custom-6-20480", "6", "20Gi"],
    ["aws", "m6i.xlarge", "4", "16Gi"],
    ["aws", "t3.medium", "2", "4Gi"],
    ["aws", "t3.large", "2", "8Gi"],
    ["aws", "c7g.4xlarge", "16", "32Gi"],
    ["aws", "r6i.large", "2", "16Gi"],
    ["azure-native", "Standard_D4s_v5", "4", "16Gi"],
    ["azure-native", "Standard_E16ads_v5", "16", "128Gi"],
    ["azure-native", "Standard_F8s_v2", "8", "16Gi"],
  ] as const;
  for (const [cloud, type, cpu, memory] of sizes) {
    it(`${type} has ${cpu} and ${memory}`, () => {
      assert.deepEqual(machineSize(cloud, type), { cpu, memory });
    });
  }

  it("does not guess at names of another form", () => {
    assert.equal(machineSize("aws", "m6i.metal"), undefined);
    assert.equal(machineSize("gcp", "standard-4"), undefined);
    assert.equal(machineSize("azure-native", "D4s_v5"), undefined);
  });
});
