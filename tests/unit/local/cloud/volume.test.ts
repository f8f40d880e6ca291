import assert from "node:assert/strict";
import {
  diskOf,
  driverFor,
  driversOf,
  nextVolumeStep,
  volumeOf,
  type VolumeStep,
} from "../../../../local/cloud/controller/volume.ts";
import type { Cloud } from "../../../../local/cloud/cluster-hook-types.ts";
import { VOLUME_DRIVERS } from "../../../../local/cloud/storage-objects.ts";
import type { JsonObject } from "../../../../local/providers/property-values.ts";
import { sampleCluster } from "./cluster-samples.ts";

const asked = (driver: string, more: JsonObject = {}): JsonObject => ({
  metadata: {
    name: "data",
    namespace: "shop",
    uid: "1",
    annotations: { "volume.kubernetes.io/storage-provisioner": driver },
  },
  spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "5Gi" } }, ...more },
});

function made(cloud: Cloud, parameters: JsonObject, more: JsonObject = {}, zone?: string) {
  const [driver] = VOLUME_DRIVERS[cloud];
  assert.ok(driver !== undefined);
  const storageClass = { metadata: { name: "fast" }, parameters, ...more };
  const claim = asked(driver.name);
  const args = { claim, storageClass, driver, cluster: sampleCluster(cloud), zone };
  const disk = diskOf(args);
  return { disk, volume: volumeOf(disk, args) as { spec: Record<string, unknown> } };
}

describe("driverFor", () => {
  const drivers = VOLUME_DRIVERS.gcp;
  it("is the one that the controller manager asks, while the claim has no volume", () => {
    const name = "pd.csi.storage.gke.io";
    assert.equal(driverFor(asked(name), drivers)?.name, name);
    assert.equal(driverFor(asked(name, { volumeName: "v" }), drivers), undefined);
    assert.equal(driverFor(asked("other"), drivers), undefined);
    assert.equal(driverFor({ metadata: {}, spec: {} }, drivers), undefined);
  });
});

describe("driversOf", () => {
  const addon = (clusterName: string) => ({
    type: "aws:eks/addon:Addon",
    inputs: { clusterName, addonName: "aws-ebs-csi-driver" },
  });
  const names = (cloud: Cloud, resources: ReturnType<typeof addon>[]) =>
    driversOf(sampleCluster(cloud), resources).map(({ name }) => name);

  it("are there from the start, but on EKS", () => {
    assert.equal(names("gcp", []).length, 2);
    assert.deepEqual(names("aws", []), []);
  });

  it("come to EKS with the add-on of that very cluster", () => {
    assert.deepEqual(names("aws", [addon("staging")]), []);
    assert.deepEqual(names("aws", [addon("prod")]), ["ebs.csi.aws.com"]);
  });
});

describe("the disk of a claim", () => {
  it("is in the zone of the node that its pod was given, and its pods stay there", () => {
    const { disk, volume } = made("gcp", { type: "pd-ssd" }, {}, "us-central1-b");
    assert.deepEqual([disk.type, disk.zone, disk.size], ["pd-ssd", "us-central1-b", "5Gi"]);
    const key = "topology.gke.io/zone";
    const matchExpressions = [{ key, operator: "In", values: ["us-central1-b"] }];
    assert.deepEqual(volume.spec["nodeAffinity"], {
      required: { nodeSelectorTerms: [{ matchExpressions }] },
    });
  });

  it("is in one of the cluster's zones where nobody waits for a node", () => {
    assert.match(
      made("azure-native", { skuName: "Premium_LRS" }).disk.zone ?? "",
      /^westeurope-[123]$/,
    );
  });

  it("is in no zone where it has copies in all of them", () => {
    const { disk, volume } = made("azure-native", { skuname: "Premium_ZRS" }, {}, "westeurope-1");
    assert.deepEqual([disk.zone, volume.spec["nodeAffinity"]], [undefined, undefined]);
    const regional = { type: "pd-ssd", "replication-type": "regional-pd" };
    assert.equal(made("gcp", regional, {}, "us-central1-b").disk.zone, undefined);
  });

  it("has the reclaim policy of its class", () => {
    const policy = (more: JsonObject) => {
      const { disk, volume } = made("aws", {}, more, "us-east-1a");
      return [disk.reclaimPolicy, volume.spec["persistentVolumeReclaimPolicy"]];
    };
    assert.deepEqual(policy({ reclaimPolicy: "Retain" }), ["Retain", "Retain"]);
    assert.deepEqual(policy({}), ["Delete", "Delete"]);
  });
});

describe("nextVolumeStep", () => {
  const volume = (phase: string, policy: string, metadata: JsonObject = {}): JsonObject => ({
    metadata: {
      annotations: { "pv.kubernetes.io/provisioned-by": "ebs.csi.aws.com" },
      ...metadata,
    },
    spec: { persistentVolumeReclaimPolicy: policy },
    status: { phase },
  });
  const goes = { deletionTimestamp: "x" };
  const ours = { annotations: { "pv.kubernetes.io/provisioned-by": "ebs.csi.aws.com" } };
  const cases: readonly [string, JsonObject, VolumeStep][] = [
    ["leaves one in use alone", volume("Bound", "Delete"), "nothing"],
    [
      "leaves one in use alone that somebody deletes",
      volume("Bound", "Delete", { ...ours, ...goes }),
      "nothing",
    ],
    ["removes the disk of a released one", volume("Released", "Delete"), "remove"],
    ["keeps a retained one", volume("Released", "Retain"), "nothing"],
    [
      "lets a retained one go without its disk",
      volume("Released", "Retain", { ...ours, ...goes }),
      "let-go",
    ],
    ["leaves others' alone", volume("Released", "Delete", { annotations: {} }), "nothing"],
  ];
  for (const [what, object, step] of cases) {
    it(what, () => {
      assert.equal(nextVolumeStep(object, VOLUME_DRIVERS.aws), step);
    });
  }
});
