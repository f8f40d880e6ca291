import assert from "node:assert/strict";
import { byName, byType, type Recording } from "../../../../plan/recording.ts";
import { gkeArgs, PROJECT, recordGke } from "../../../support/gke-fixtures.ts";
import { dependencyNames } from "../../../support/recorded-program.ts";

const KEYS = `projects/${PROJECT}/locations/europe-west1/keyRings/cluster-keys-xxxxxxx/cryptoKeys`;

describe("the pools on GKE", () => {
  let recording: Recording;

  before(async () => {
    ({ recording } = await recordGke());
  });

  it("are bounded over all zones, begin at the minimum and keep the zones alike", () => {
    const pool = byName(recording, "cluster-pool-general");
    const { nodeConfig, version, ...rest } = pool.inputs;
    assert.ok(nodeConfig);
    assert.match(String(version), /^1\.35\./);
    assert.deepEqual(rest, {
      project: PROJECT,
      location: "europe-west1",
      cluster: "shop-prod",
      name: "general",
      nodeLocations: ["europe-west1-b", "europe-west1-c", "europe-west1-d"],
      initialNodeCount: 2,
      autoscaling: { totalMinNodeCount: 5, totalMaxNodeCount: 20, locationPolicy: "BALANCED" },
      maxPodsPerNode: 48,
      management: { autoRepair: true, autoUpgrade: true },
      upgradeSettings: { strategy: "SURGE", maxSurge: 1, maxUnavailable: 0 },
      networkConfig: { enablePrivateNodes: true },
    });
    assert.deepEqual(pool.ignoreChanges, ["initialNodeCount"]);
    assert.equal(pool.deleteBeforeReplace, true);
    assert.ok(dependencyNames(pool).includes("cluster-gke"));
  });

  it("have hardened nodes with a key and an account of their own", () => {
    assert.deepEqual(byName(recording, "cluster-pool-system").inputs["nodeConfig"], {
      machineType: "e2-standard-2",
      diskSizeGb: 50,
      diskType: "pd-balanced",
      bootDiskKmsKey: `${KEYS}/disks`,
      imageType: "COS_CONTAINERD",
      serviceAccount: `shop-prod-nodes@${PROJECT}.iam.gserviceaccount.com`,
      oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
      shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
      workloadMetadataConfig: { mode: "GKE_METADATA" },
      metadata: { "disable-legacy-endpoints": "true" },
      kubeletConfig: { insecureKubeletReadonlyPortEnabled: "FALSE" },
      gvnic: { enabled: true },
      gcfsConfig: { enabled: true },
      tags: ["shop-prod-node"],
      resourceLabels: { cluster: "shop-prod", "managed-by": "slipway" },
      spot: false,
      labels: { "slipway.local/pool-role": "system" },
      taints: [
        { key: "components.gke.io/gke-managed-components", value: "true", effect: "NO_SCHEDULE" },
      ],
    });
  });

  it("of nodes that may be taken away take what there is, and have no surge", async () => {
    const spot = {
      name: "batch",
      role: "interruptible",
      machineType: "n2-standard-4",
      minNodes: 0,
      maxNodes: 9,
      diskGb: 100,
      spot: true,
    } as const;
    const made = await recordGke({ nodePools: [...gkeArgs.nodePools, spot] });
    const { inputs } = byName(made.recording, "cluster-pool-batch");
    assert.equal(inputs["initialNodeCount"], 0);
    assert.deepEqual(inputs["autoscaling"], {
      totalMinNodeCount: 0,
      totalMaxNodeCount: 9,
      locationPolicy: "ANY",
    });
    assert.deepEqual(inputs["upgradeSettings"], {
      strategy: "SURGE",
      maxSurge: 0,
      maxUnavailable: 1,
    });
    const node = inputs["nodeConfig"] as Record<string, unknown>;
    assert.equal(node["spot"], true);
    assert.deepEqual(node["taints"], [
      { key: "slipway.local/interruptible", value: "true", effect: "NO_SCHEDULE" },
    ]);
  });

  it("of high performance carry the label that low-latency pods select by", async () => {
    const fast = {
      name: "fast",
      role: "high-performance",
      machineType: "c3-standard-8",
      minNodes: 0,
      maxNodes: 4,
      diskGb: 100,
      spot: false,
    } as const;
    const made = await recordGke({ nodePools: [...gkeArgs.nodePools, fast] });
    const node = byName(made.recording, "cluster-pool-fast").inputs["nodeConfig"] as Record<
      string,
      unknown
    >;
    assert.deepEqual(node["labels"], {
      "slipway.local/pool-role": "high-performance",
      "node-type": "high-performance",
    });
    assert.deepEqual(node["taints"], [
      { key: "node-type", value: "high-performance", effect: "NO_SCHEDULE" },
    ]);
  });

  it("run as an account that writes logs and metrics, and may nothing else", () => {
    const member = `serviceAccount:shop-prod-nodes@${PROJECT}.iam.gserviceaccount.com`;
    const roles = recording.resources
      .filter(({ inputs }) => inputs["member"] === member)
      .map(({ inputs }) => inputs["role"])
      .toSorted();
    assert.deepEqual(roles, [
      "roles/container.defaultNodeServiceAccount",
      "roles/monitoring.metricWriter",
      "roles/stackdriver.resourceMetadata.writer",
    ]);
  });

  it("may pull from the stack's own registry, where there is one", async () => {
    const { recording: own } = await recordGke({ registry: true });
    const [grant, ...others] = byType(
      own,
      "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember",
    );
    assert.deepEqual(others, []);
    assert.deepEqual(grant?.inputs, {
      project: PROJECT,
      location: "europe-west1",
      repository: "shop-prod",
      role: "roles/artifactregistry.reader",
      member: `serviceAccount:shop-prod-nodes@${PROJECT}.iam.gserviceaccount.com`,
    });
    assert.ok(
      dependencyNames(byName(own, "cluster-provider")).includes("cluster-nodes-pull-images"),
    );
  });
});
