import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import {
  clusterFolder,
  clusterSlug,
  describeCluster,
  forgetCluster,
  writeCluster,
} from "../../../../local/cloud/cluster-folder.ts";
import {
  dependentsInCloud,
  forgetMade,
  leaks,
  recordMade,
  retainedDisks,
  type Disk,
} from "../../../../local/cloud/left-behind.ts";
import { WorkQueue } from "../../../../local/cloud/controller/work-queue.ts";
import { sampleCluster } from "./cluster-samples.ts";

const cluster = sampleCluster("gcp", { id: "projects/p/clusters/prod" });
const made = {
  cloud: "gcp",
  region: "r",
  clusterId: cluster.id,
  clusterName: "prod",
  networks: ["https://www.googleapis.com/compute/v1/projects/p/global/networks/net"],
} as const;
const loadBalancer = {
  ...made,
  kind: "load-balancer",
  name: "a1",
  service: "shop/web",
  scheme: "public",
  address: "203.0.113.1",
} as const;
const disk = (name: string, reclaimPolicy: Disk["reclaimPolicy"]): Disk => ({
  ...made,
  kind: "disk",
  networks: [],
  name,
  claim: `shop/${name}`,
  type: "pd-ssd",
  size: "1Gi",
  reclaimPolicy,
});

describe("what controllers leave behind", () => {
  let account: string;
  beforeEach(() => {
    account = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-account-"));
    writeCluster(clusterFolder(account, cluster.id), cluster);
    for (const one of [loadBalancer, disk("kept", "Retain"), disk("lost", "Delete")]) {
      recordMade(account, one);
    }
  });
  afterEach(() => {
    fs.rmSync(account, { recursive: true });
  });
  const names = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name);

  it("is no leak while its cluster is there", () => {
    assert.deepEqual(leaks(account), []);
    assert.deepEqual(names(retainedDisks(account)), ["kept"]);
  });

  it("is a leak once its cluster is gone, but for what was to be retained", () => {
    forgetCluster(clusterFolder(account, cluster.id));
    assert.deepEqual(names(leaks(account)), ["a1", "lost"]);
    forgetMade(account, "load-balancer", "a1");
    assert.deepEqual(names(leaks(account)), ["lost"]);
  });

  it("stands in the way of its cluster, and of its network by any spelling", () => {
    assert.equal(dependentsInCloud(account, cluster.id).length, 3);
    for (const network of ["net", "projects/p/global/networks/net", ...made.networks]) {
      assert.deepEqual(names(dependentsInCloud(account, network)), ["a1"], network);
    }
    assert.deepEqual(dependentsInCloud(account, "et"), []);
  });

  it("is nothing in an account that is empty", () => {
    assert.deepEqual(leaks(path.join(account, "nowhere")), []);
  });
});

describe("clusterSlug", () => {
  it("is readable, and another one for every id", () => {
    assert.match(clusterSlug("projects/p/clusters/Prod_1"), /^prod-1-[0-9a-f]{8}$/);
    assert.notEqual(clusterSlug("a/prod"), clusterSlug("b/prod"));
  });
});

describe("describeCluster", () => {
  const request = (cloud: "aws" | "azure-native" | "gcp", inputs: Record<string, unknown>) =>
    describeCluster({ ...sampleCluster(cloud), account: "a", inputs }, "me");

  it("makes the creator of an EKS cluster its administrator unless that is turned off", () => {
    const key = "bootstrapClusterCreatorAdminPermissions";
    assert.equal(request("aws", {}).creatorIsAdmin, true);
    assert.equal(request("aws", { accessConfig: { [key]: false } }).creatorIsAdmin, false);
  });

  it("finds the networks of each cloud", () => {
    const vpcConfig = { subnetIds: ["s1", "s2"], securityGroupIds: ["g"] };
    assert.deepEqual(request("aws", { vpcConfig }).networks, ["s1", "s2", "g"]);
    assert.deepEqual(request("gcp", { network: "n", subnetwork: "s" }).networks, ["n", "s"]);
    const agentPoolProfiles = [{ vnetSubnetID: "v" }, {}];
    assert.deepEqual(request("azure-native", { agentPoolProfiles }).networks, ["v"]);
  });
});

describe("WorkQueue", () => {
  it("never works on one key twice at a time, and always once more after the last change", async () => {
    let running = 0;
    let most = 0;
    let value = 0;
    const seen: number[] = [];
    const queue = new WorkQueue(async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      seen.push(value);
      running--;
    });
    for (value = 1; value <= 3; value++) queue.add("one");
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual([most, seen.length, seen.at(-1)], [1, 2, 4]);
  });

  it("works again on what failed, and says it once", async () => {
    const said: string[] = [];
    let left = 1;
    const done = new Promise<void>((resolve) => {
      const work = () => {
        if (left-- > 0) return Promise.reject(new Error("not yet"));
        resolve();
        return Promise.resolve();
      };
      new WorkQueue(work, (text) => said.push(text)).add("one");
    });
    await done;
    assert.deepEqual(said, ["one: not yet"]);
  }).timeout(4000);
});
