import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import {
  clusterHook,
  dependentsInCloud,
  leaks,
  resumeCloud,
  retainedDisks,
  stopCloud,
  type ClusterAnswer,
} from "../../local/cloud/index.ts";
import { isAlive } from "../../local/control-plane/process-identity.ts";
import { REPOSITORY } from "../../local/repository.ts";
import { eventually, standInFor, TestCluster, testAccount } from "../support/cloud-account.ts";
import {
  claim,
  ingress,
  labelsOf,
  loadBalancer,
  phase,
  podWith,
  storageClass,
} from "../support/cloud-objects.ts";
import { configMap, TYPES } from "../support/stand-in-cluster.ts";

describe("a GKE cluster of a stand-in account", () => {
  const account = testAccount("cloud-gke");
  const network = "projects/p/global/networks/prod-net";
  const gke = new TestCluster(
    account,
    "gcp",
    "projects/p/locations/region-1/clusters/prod",
    ["region-1-a", "region-1-b"],
    { network },
  );
  let served: ClusterAnswer;
  before(async () => {
    served = await gke.create("1.34.1-gke.1000000");
    await gke.pool("general", 3);
  });

  it("has the storage classes that GKE makes, one of them called standard, and none of ours", async () => {
    const isDefault = "storageclass.kubernetes.io/is-default-class";
    const classes = await gke.list("storage.k8s.io/v1", "StorageClass");
    assert.deepEqual(
      classes.map((one) => [
        one.metadata.name,
        one["provisioner"],
        one.metadata.annotations?.[isDefault],
      ]),
      [
        ["premium-rwo", "pd.csi.storage.gke.io", undefined],
        ["standard", "kubernetes.io/gce-pd", undefined],
        ["standard-rwo", "pd.csi.storage.gke.io", "true"],
      ],
    );
  });

  it("lets in who signs in with gke-gcloud-auth-plugin", async () => {
    const standIn = await standInFor(gke.kubeconfig(served, "gke-gcloud-auth-plugin", []));
    const made = await standIn.create(
      TYPES.configMap,
      "a",
      configMap("default", "signed-in", { a: "1" }),
    );
    assert.equal(made.id, "default/signed-in");
    standIn.provider.close();
  });

  it("adds nodes to a pool without touching those that are there, and spreads them", async () => {
    const before = await gke.list("v1", "Node");
    await gke.pool("general", 4);
    const after = await gke.list("v1", "Node");
    const uids = after.map(({ metadata }) => metadata.uid);
    assert.ok(before.every(({ metadata }) => uids.includes(metadata.uid)));
    assert.deepEqual(
      labelsOf(after, "cloud.google.com/gke-nodepool", "topology.kubernetes.io/zone").sort(),
      ["a", "a", "b", "b"].map((zone) => ["general", `region-1-${zone}`]),
    );
  });

  it("gives a pool its taints and labels, changes them in place, and takes it away", async () => {
    const taints = [{ key: "purpose", value: "batch", effect: "NO_SCHEDULE" }];
    await gke.pool("spot", 1, { taints, labels: { purpose: "batch" } });
    const find = async () =>
      (await gke.list("v1", "Node")).filter(({ metadata }) =>
        metadata.name.startsWith("gke-prod-spot-"),
      );
    const [node] = await find();
    assert.deepEqual(node?.spec?.["taints"], [
      { key: "purpose", value: "batch", effect: "NoSchedule" },
    ]);
    await gke.pool("spot", 1, { labels: { other: "x" } });
    const [changed] = await find();
    assert.equal(changed?.metadata.uid, node.metadata.uid);
    assert.deepEqual(labelsOf([changed], "purpose", "other"), [[undefined, "x"]]);
    assert.equal(changed.spec?.["taints"], undefined);
    await clusterHook.nodePoolDeleted({ account, clusterId: gke.id, name: "spot" });
    assert.deepEqual(await find(), []);
    assert.equal((await gke.list("v1", "Node")).length, 4);
  });

  it("moves pods off the nodes of another machine type before these go", async () => {
    await gke.createObject({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web", namespace: "default" },
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: "web" } },
        template: { metadata: { labels: { app: "web" } }, spec: podWith("web").spec },
      },
    });
    const running = async () =>
      (await gke.list("v1", "Pod", "default")).filter((pod) => phase(pod) === "Running");
    await eventually("two pods run", async () => (await running()).length === 2);
    await gke.pool("general", 4, { machineType: "m-8", cpu: "8" });
    const nodes = await gke.list("v1", "Node");
    assert.deepEqual(labelsOf(nodes, "node.kubernetes.io/instance-type").flat(), [
      "m-8",
      "m-8",
      "m-8",
      "m-8",
    ]);
    const names = nodes.map(({ metadata }) => metadata.name);
    await eventually("both run on nodes that are there", async () => {
      const on = (await running()).map(({ spec }) => String(spec?.["nodeName"]));
      return on.length === 2 && on.every((name) => names.includes(name));
    });
  });

  it("is upgraded in place: same address, and the next nodes are of the new version", async () => {
    const answer = await clusterHook.clusterUpdated(gke.request("1.35.2-gke.2000000"));
    assert.deepEqual(answer, served);
    const versions = async () =>
      (await gke.list("v1", "Node")).map(
        ({ status }) => (status?.["nodeInfo"] as { kubeletVersion: string }).kubeletVersion,
      );
    assert.deepEqual(new Set(await versions()), new Set(["v1.34.1-gke.1000000"]));
    await gke.pool("general", 4, { machineType: "m-8", cpu: "8" });
    assert.deepEqual(new Set(await versions()), new Set(["v1.35.2-gke.2000000"]));
  });

  it("gives a Service an address, and takes two seconds to take it away", async () => {
    await gke.createObject(loadBalancer("web"));
    await gke.createObject(
      loadBalancer("inside", { "networking.gke.io/load-balancer-type": "Internal" }),
    );
    const address = async (name: string) => ingress(await gke.find("Service", name))?.ip ?? "";
    await eventually("both have addresses", async () =>
      [await address("web"), await address("inside")].every((ip) => ip !== ""),
    );
    assert.match(await address("web"), /^203\.0\.113\./);
    assert.match(await address("inside"), /^10\./);
    const made = dependentsInCloud(account, "prod-net");
    assert.deepEqual(made.map((one) => one.kind === "load-balancer" && one.service).sort(), [
      "default/inside",
      "default/web",
    ]);
    const start = performance.now();
    await gke.remove("v1", "Service", "inside");
    await eventually("it is gone", async () => (await gke.find("Service", "inside")) === undefined);
    assert.ok(performance.now() - start > 1900);
    assert.equal(dependentsInCloud(account, network).length, 1);
  });

  it("makes disks for claims, enlarges them, and removes those that are not retained", async () => {
    const driver = "pd.csi.storage.gke.io";
    await gke.createObject(storageClass("fast-ssd", driver, "Retain"));
    for (const one of [claim("kept", "fast-ssd"), claim("plain")]) await gke.createObject(one);
    await gke.createObject(podWith("db", "kept", "plain"));
    await eventually("the pod runs", async () => phase(await gke.find("Pod", "db")) === "Running");
    const disks = () => dependentsInCloud(account, gke.id).filter((one) => one.kind === "disk");
    assert.deepEqual(
      disks()
        .map((disk) => [disk.claim, disk.type, disk.reclaimPolicy, disk.size])
        .sort(),
      [
        ["default/kept", "ssd", "Retain", "1Gi"],
        ["default/plain", "pd-balanced", "Delete", "1Gi"],
      ],
    );
    const larger = { spec: { resources: { requests: { storage: "2Gi" } } } };
    await gke.patch("v1", "PersistentVolumeClaim", "kept", larger);
    await eventually("the claim has grown", async () => {
      const capacity = (await gke.find("PersistentVolumeClaim", "kept"))?.status?.["capacity"];
      return (capacity as { storage?: string }).storage === "2Gi";
    });
    await gke.remove("v1", "Pod", "db");
    for (const name of ["kept", "plain"]) await gke.remove("v1", "PersistentVolumeClaim", name);
    await eventually("one disk is left", () => disks().length === 1);
    assert.deepEqual(
      retainedDisks(account).map(({ claim, size }) => [claim, size]),
      [["default/kept", "2Gi"]],
    );
    const volumes = await gke.list("v1", "PersistentVolume");
    assert.deepEqual(volumes.map(phase), ["Released"]);
  });

  it("survives that everything stops, at the same address", async () => {
    const { processes } = gke;
    assert.equal(processes.length, 6);
    await gke.pool("late", 1);
    await stopCloud(account);
    assert.deepEqual(processes.filter(isAlive), []);
    await clusterHook.nodePoolDeleted({ account, clusterId: gke.id, name: "late" });
    assert.deepEqual(processes.filter(isAlive), []);
    await resumeCloud(account);
    assert.equal((await gke.list("v1", "Node")).length, 4);
    assert.equal(gke.processes.length, 6);
    assert.deepEqual(await clusterHook.clusterUpdated(gke.request("1.35")), served);
    assert.notEqual(await gke.find("ConfigMap", "signed-in"), undefined);
  });

  it("leaves behind what was not removed before it, and that is found", async () => {
    await gke.createObject(claim("lost"));
    await gke.createObject(podWith("loser", "lost"));
    await eventually("it runs", async () => phase(await gke.find("Pod", "loser")) === "Running");
    // Somebody who does not wait for the two seconds.
    await gke.remove("v1", "Service", "web");
    assert.deepEqual(leaks(account), []);
    const { processes } = gke;
    await clusterHook.clusterDeleted({ account, id: gke.id });
    assert.deepEqual(processes.filter(isAlive), []);
    assert.ok(!fs.existsSync(gke.folder));
    assert.deepEqual(
      leaks(account).map((one) => (one.kind === "disk" ? one.claim : one.service)),
      ["default/web", "default/lost"],
    );
    assert.deepEqual(
      retainedDisks(account).map((disk) => disk.claim),
      ["default/kept"],
    );
  });
});

describe("a cluster whose plugin was killed while it started", () => {
  const account = testAccount("cloud-killed");
  const gke = new TestCluster(account, "gcp", "projects/p/clusters/prod", ["a"]);

  it("leaves processes that are known and can be stopped, and is started again", async () => {
    const request = JSON.stringify(gke.request("1.34"));
    const start = `(await import("${path.join(REPOSITORY, "local/cloud/index.ts")}")).clusterHook.clusterCreated(${request})`;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", `await ${start}`]);
    const ended = once(child, "exit");
    await eventually("the API server starts", () =>
      gke.processes.some(({ name }) => name === "kube-apiserver"),
    );
    child.kill("SIGKILL");
    await ended;
    const { processes } = gke;
    assert.ok(processes.some(isAlive));
    await stopCloud(account);
    assert.deepEqual(processes.filter(isAlive), []);
    await gke.create();
    await gke.pool("general", 1);
    assert.equal((await gke.list("v1", "Node")).length, 1);
  });
});
