import assert from "node:assert/strict";
import { byName, byType, type Recording } from "../../../../plan/recording.ts";
import { PROJECT, PROJECT_NUMBER, recordGke, RELAXED } from "../../../support/gke-fixtures.ts";
import { dependencyNames } from "../../../support/recorded-program.ts";

const RING = `projects/${PROJECT}/locations/europe-west1/keyRings/cluster-keys-xxxxxxx`;
const agent = (service: string) =>
  `serviceAccount:service-${PROJECT_NUMBER}@${service}.iam.gserviceaccount.com`;

describe("keys on GKE", () => {
  let recording: Recording;

  before(async () => {
    ({ recording } = await recordGke({ registry: true }));
  });

  it("change every ninety days, and come back for thirty when they are destroyed", () => {
    for (const { inputs } of byType(recording, "gcp:kms/cryptoKey:CryptoKey")) {
      const { name, ...rest } = inputs;
      assert.ok(name);
      assert.deepEqual(rest, {
        keyRing: RING,
        purpose: "ENCRYPT_DECRYPT",
        rotationPeriod: "7776000s",
        destroyScheduledDuration: "2592000s",
      });
    }
  });

  it("are in a ring whose name the engine draws, because Google deletes none", () => {
    assert.deepEqual(byName(recording, "cluster-keys").inputs, {
      project: PROJECT,
      location: "europe-west1",
    });
  });

  it("are used by the one part of Google that each is for", () => {
    const users = byType(recording, "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember").map(
      ({ inputs }) => [inputs["cryptoKeyId"], inputs["member"], inputs["role"]],
    );
    const role = "roles/cloudkms.cryptoKeyEncrypterDecrypter";
    assert.deepEqual(users.toSorted(), [
      [`${RING}/cryptoKeys/disks`, agent("compute-system"), role],
      [`${RING}/cryptoKeys/etcd`, agent("container-engine-robot"), role],
      [`${RING}/cryptoKeys/images`, agent("gcp-sa-artifactregistry"), role],
      [`${RING}/cryptoKeys/objects`, agent("gs-project-accounts"), role],
    ]);
  });
});

describe("object stores on GKE", () => {
  let recording: Recording;

  before(async () => {
    ({ recording } = await recordGke());
  });

  it("are closed, versioned, encrypted with our key, and tidied up", () => {
    const oldVersions = (days: number) => ({
      action: { type: "Delete" },
      condition: { daysSinceNoncurrentTime: days, withState: "ARCHIVED" },
    });
    const unfinished = {
      action: { type: "AbortIncompleteMultipartUpload" },
      condition: { age: 7, withState: "ANY" },
    };
    const both = {
      project: PROJECT,
      location: "europe-west1",
      storageClass: "STANDARD",
      uniformBucketLevelAccess: true,
      publicAccessPrevention: "enforced",
      versioning: { enabled: true },
      encryption: { defaultKmsKeyName: `${RING}/cryptoKeys/objects` },
      forceDestroy: false,
    };
    assert.deepEqual(byName(recording, "cluster-store-backups").inputs, {
      ...both,
      name: `shop-prod-backups-${PROJECT}`,
      softDeletePolicy: { retentionDurationSeconds: 2_592_000 },
      lifecycleRules: [oldVersions(30), unfinished],
    });
    assert.deepEqual(byName(recording, "cluster-store-logs").inputs, {
      ...both,
      name: `shop-prod-logs-${PROJECT}`,
      softDeletePolicy: { retentionDurationSeconds: 604_800 },
      lifecycleRules: [
        oldVersions(7),
        unfinished,
        { action: { type: "Delete" }, condition: { age: 90, withState: "LIVE" } },
      ],
    });
  });

  it("wait for the right to their key", () => {
    for (const purpose of ["backups", "logs"]) {
      const before = dependencyNames(byName(recording, `cluster-store-${purpose}`));
      assert.ok(before.includes("cluster-key-objects-access"));
    }
  });
});

describe("logs on GKE", () => {
  it("of control plane and flows are kept as long as the settings say, from before the cluster", async () => {
    const { recording } = await recordGke();
    assert.deepEqual(byName(recording, "cluster-logs").inputs, {
      project: PROJECT,
      location: "europe-west1",
      bucketId: "shop-prod",
      description: "Audit, control plane and flow logs of shop-prod",
      retentionDays: 90,
    });
    const sink = byName(recording, "cluster-logs-sink");
    assert.deepEqual(sink.inputs, {
      project: PROJECT,
      name: "shop-prod",
      destination: `logging.googleapis.com/projects/${PROJECT}/locations/europe-west1/buckets/shop-prod`,
      filter:
        '(resource.type=("k8s_cluster" OR "k8s_control_plane_component" OR "gke_cluster") AND ' +
        'resource.labels.cluster_name="shop-prod" AND resource.labels.location="europe-west1") OR ' +
        '(resource.type="gce_subnetwork" AND resource.labels.subnetwork_name="shop-prod-nodes")',
      uniqueWriterIdentity: true,
    });
    assert.ok(dependencyNames(sink).includes("cluster-logs"));
    assert.ok(dependencyNames(byName(recording, "cluster-gke")).includes("cluster-logs-sink"));
  });
});

describe("what is protected and what is kept on GKE", () => {
  /** Names of what has the mark, without the switches of services. */
  const marked = (recording: Recording, mark: "protect" | "retainOnDelete") =>
    recording.resources
      .filter((resource) => resource[mark])
      .map(({ name }) => name)
      .toSorted();
  const data = [
    "cluster-key-disks",
    "cluster-key-disks-access",
    "cluster-key-etcd",
    "cluster-key-etcd-access",
    "cluster-key-images",
    "cluster-key-images-access",
    "cluster-key-objects",
    "cluster-key-objects-access",
    "cluster-keys",
    "cluster-registry",
    "cluster-store-backups",
    "cluster-store-logs",
  ];
  const whole = { registry: true, dnsDomain: "shop.test" };

  it("is the cluster, its data and the keys without which nobody reads them", async () => {
    const { recording } = await recordGke(whole);
    assert.deepEqual(
      marked(recording, "protect"),
      [...data, "cluster-dns", "cluster-gke"].toSorted(),
    );
    assert.deepEqual(marked(recording, "retainOnDelete"), data);
  });

  it("is nothing where the settings say so, and buckets are emptied then", async () => {
    const { recording } = await recordGke({ ...whole, ...RELAXED });
    assert.deepEqual(marked(recording, "protect"), []);
    assert.deepEqual(marked(recording, "retainOnDelete"), []);
    assert.equal(byName(recording, "cluster-store-backups").inputs["forceDestroy"], true);
    assert.equal(byName(recording, "cluster-dns").inputs["forceDestroy"], true);
  });
});

describe("on request on GKE", () => {
  it("makes a signed public zone and a registry, and neither without being asked", async () => {
    const { recording, handle } = await recordGke({ registry: true, dnsDomain: "shop.test" });
    assert.deepEqual(byName(recording, "cluster-dns").inputs, {
      project: PROJECT,
      name: "shop-prod-public",
      dnsName: "shop.test.",
      description: "Public zone of shop-prod",
      visibility: "public",
      dnssecConfig: { state: "on" },
      forceDestroy: false,
    });
    assert.deepEqual(handle.dns, {
      api: "clouddns",
      zone: "shop-prod-public",
      domain: "shop.test",
      project: PROJECT,
    });
    const { kmsKeyName, format, repositoryId, location } = byName(
      recording,
      "cluster-registry",
    ).inputs;
    assert.deepEqual(
      { kmsKeyName, format, repositoryId, location },
      {
        kmsKeyName: `${RING}/cryptoKeys/images`,
        format: "DOCKER",
        repositoryId: "shop-prod",
        location: "europe-west1",
      },
    );
    const without = await recordGke();
    assert.equal(without.handle.dns, undefined);
    for (const name of ["cluster-dns", "cluster-registry"]) {
      assert.ok(without.recording.resources.every((resource) => resource.name !== name));
    }
  });
});
