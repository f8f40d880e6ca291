import assert from "node:assert/strict";
import { byName, byType } from "../../../../plan/recording.ts";
import {
  EVERYTHING,
  recordEks,
  RELAXED,
  sorted,
  sourcesOf,
} from "../../../support/eks-fixtures.ts";
import { dependencyNames } from "../../../support/recorded-program.ts";

const STORES = ["backups", "logs"] as const;
const SETTINGS = [
  "versioning",
  "encryption",
  "private",
  "ownership",
  "policy",
  "lifecycle",
] as const;

describe("object stores on EKS", () => {
  it("are a bucket for backups and one for logs, named from settings alone", async () => {
    const { recording, handle } = await recordEks();
    const region = "us-east-1";
    assert.deepEqual(handle.objectStores, {
      backups: { api: "s3", bucket: "shop-prod-111122223333-us-east-1-backups", region },
      logs: { api: "s3", bucket: "shop-prod-111122223333-us-east-1-logs", region },
    });
    for (const store of STORES) {
      const { inputs } = byName(recording, `cluster-${store}-bucket`);
      assert.equal(inputs["bucket"], handle.objectStores[store].bucket);
    }
    assert.equal(byType(recording, "aws:s3/bucket:Bucket").length, STORES.length);
  });

  it("are versioned, encrypted by our key, closed to the public and to plain HTTP", async () => {
    const { recording } = await recordEks();
    for (const store of STORES) {
      const inputsOf = (setting: string) => byName(recording, `cluster-${store}-${setting}`).inputs;
      assert.deepEqual(inputsOf("versioning")["versioningConfiguration"], { status: "Enabled" });
      assert.deepEqual(inputsOf("encryption")["rules"], [
        {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: "aws:kms",
            kmsMasterKeyId: byName(recording, "cluster-data-key").outputs["arn"],
          },
          bucketKeyEnabled: true,
        },
      ]);
      const { bucket, ...closed } = inputsOf("private");
      assert.deepEqual(closed, {
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      });
      assert.deepEqual(inputsOf("ownership")["rule"], { objectOwnership: "BucketOwnerEnforced" });
      assert.deepEqual(JSON.parse(String(inputsOf("policy")["policy"])), {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "EncryptedTransportOnly",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [`arn:aws:s3:::${String(bucket)}`, `arn:aws:s3:::${String(bucket)}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      });
    }
  });

  it("clear away old versions and unfinished uploads, and logs when their time is over", async () => {
    const { recording } = await recordEks();
    const tidy = {
      id: "tidy",
      status: "Enabled",
      filter: { prefix: "" },
      noncurrentVersionExpiration: { noncurrentDays: 30 },
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    };
    assert.deepEqual(byName(recording, "cluster-backups-lifecycle").inputs["rules"], [tidy]);
    assert.deepEqual(byName(recording, "cluster-logs-lifecycle").inputs["rules"], [
      tidy,
      { id: "expire", status: "Enabled", filter: { prefix: "" }, expiration: { days: 90 } },
    ]);
  });

  it("outlive the cluster with all their settings under strict", async () => {
    const { recording } = await recordEks();
    for (const store of STORES) {
      for (const part of ["bucket", ...SETTINGS]) {
        const { protect, retainOnDelete } = byName(recording, `cluster-${store}-${part}`);
        assert.deepEqual({ protect, retainOnDelete }, { protect: true, retainOnDelete: true });
      }
      assert.equal(byName(recording, `cluster-${store}-bucket`).inputs["forceDestroy"], false);
    }
  });

  it("go with the cluster and what is in them under relaxed", async () => {
    const { recording } = await recordEks(RELAXED);
    for (const store of STORES) {
      const { protect, retainOnDelete, inputs } = byName(recording, `cluster-${store}-bucket`);
      assert.deepEqual([protect, retainOnDelete, inputs["forceDestroy"]], [false, false, true]);
    }
  });
});

describe("storage classes on EKS", () => {
  it("are standard and fast-ssd, encrypted, and made where the pod is", async () => {
    const { recording, handle } = await recordEks();
    const classes = sorted(byType(recording, "kubernetes:storage.k8s.io/v1:StorageClass"));
    const disks = {
      type: "gp3",
      encrypted: "true",
      kmsKeyId: byName(recording, "cluster-data-key").outputs["arn"],
    };
    assert.deepEqual(
      classes.map(({ inputs }) => [
        (inputs["metadata"] as Record<string, unknown>)["name"],
        inputs["provisioner"],
        inputs["parameters"],
      ]),
      [
        [
          "fast-ssd",
          "ebs.csi.aws.com",
          { ...disks, iopsPerGB: "50", allowAutoIOPSPerGBIncrease: "true", throughput: "250" },
        ],
        ["standard", "ebs.csi.aws.com", disks],
      ],
    );
    for (const { inputs, providerUrn } of classes) {
      assert.deepEqual(
        [inputs["reclaimPolicy"], inputs["allowVolumeExpansion"], inputs["volumeBindingMode"]],
        ["Retain", true, "WaitForFirstConsumer"],
      );
      assert.match(String(providerUrn), /::cluster-provider$/);
    }
    assert.deepEqual(handle.storageClasses, { standard: "standard", fastSsd: "fast-ssd" });
  });

  it("delete volumes with their claims where the stack says so", async () => {
    const { recording } = await recordEks(RELAXED);
    assert.equal(byName(recording, "cluster-storage-standard").inputs["reclaimPolicy"], "Delete");
  });
});

describe("shared files on EKS", () => {
  it("are made on request only", async () => {
    const { recording } = await recordEks();
    assert.deepEqual(byType(recording, "aws:efs/fileSystem:FileSystem"), []);
  });

  it("are encrypted, kept, and open to nodes alone", async () => {
    const { recording, handle } = await recordEks(EVERYTHING);
    const { inputs, protect, retainOnDelete } = byName(recording, "cluster-files");
    assert.deepEqual(
      [inputs["encrypted"], inputs["kmsKeyId"], protect, retainOnDelete],
      [true, byName(recording, "cluster-data-key").outputs["arn"], true, true],
    );
    const targets = sorted(byType(recording, "aws:efs/mountTarget:MountTarget"));
    assert.deepEqual(
      targets.map((target) => sourcesOf(target, "subnetId")),
      ["a", "b", "c"].map((zone) => [`cluster-data-us-east-1${zone}`]),
    );
    const rule = byName(recording, "cluster-files-from-nodes");
    assert.equal(rule.inputs["fromPort"], 2049);
    assert.deepEqual(sourcesOf(rule, "referencedSecurityGroupId"), ["cluster-nodes-group"]);
    assert.equal(handle.storageClasses.rwx, "shared-files");
    const storage = byName(recording, "cluster-storage-shared-files").inputs;
    assert.equal(storage["provisioner"], "efs.csi.aws.com");
  });

  it("have their driver, and a door in each zone before anything in the cluster", async () => {
    const { recording } = await recordEks(EVERYTHING);
    assert.ok(byName(recording, "cluster-aws-efs-csi-driver"));
    const before = dependencyNames(byName(recording, "cluster-provider"));
    for (const { name } of byType(recording, "aws:efs/mountTarget:MountTarget")) {
      assert.ok(before.includes(name), name);
    }
  });
});

describe("DNS zone and registry on EKS", () => {
  it("are made on request only", async () => {
    const { recording, handle } = await recordEks();
    assert.deepEqual(byType(recording, "aws:route53/zone:Zone"), []);
    const templates = "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate";
    assert.deepEqual(byType(recording, templates), []);
    assert.equal(handle.dns, undefined);
    assert.ok(handle.limitations.includes("There is no DNS zone that Slipway knows of."));
  });

  it("are a protected public zone, called by its domain", async () => {
    const { recording, handle } = await recordEks(EVERYTHING);
    const { inputs, protect } = byName(recording, "cluster-dns-zone");
    assert.deepEqual([inputs["name"], protect], ["shop.test", true]);
    assert.deepEqual(handle.dns, {
      api: "route53",
      zone: "shop.test",
      domain: "shop.test",
      region: "us-east-1",
    });
    assert.ok(!handle.limitations.includes("There is no DNS zone that Slipway knows of."));
  });

  it("are a rule for repositories below the cluster's name, whose tags cannot be moved", async () => {
    const { recording } = await recordEks(EVERYTHING);
    const { prefix, appliedFors, imageTagMutability } = byName(recording, "cluster-images").inputs;
    assert.deepEqual(
      [prefix, appliedFors, imageTagMutability],
      ["shop-prod", ["CREATE_ON_PUSH"], "IMMUTABLE"],
    );
  });
});
