import assert from "node:assert/strict";
import { once } from "node:events";
import fs from "node:fs";
import type { IncomingMessage } from "node:http";
import https from "node:https";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ApiException } from "@kubernetes/client-node";
import {
  SIMULATE_ANNOTATION,
  clusterApi,
  controlPlaneStatus,
  ensureControlPlane,
  startControlPlane,
  stateLayout,
  stopControlPlane,
} from "../../local/control-plane/index.ts";
import type { KubernetesObject } from "../../local/control-plane/cluster-objects.ts";
import { readRecord } from "../../local/control-plane/control-plane-record.ts";
import { credentialFiles } from "../../local/control-plane/credentials.ts";
import { isAlive } from "../../local/control-plane/process-identity.ts";
import { REPOSITORY } from "../../local/repository.ts";

const stateDir = path.join(REPOSITORY, ".e2e/control-plane");
const layout = stateLayout(stateDir);
const pool = { name: "general", cpu: "2", memory: "8Gi", minNodes: 1, maxNodes: 3 };

type Live = KubernetesObject & {
  readonly spec?: Record<string, unknown>;
  readonly status?: Record<string, unknown>;
};

const podSpec = (more: object = {}) => ({
  containers: [{ name: "main", image: "example.com/main:v1" }],
  ...more,
});

function object(apiVersion: string, kind: string, name: string, more: object): KubernetesObject {
  return { apiVersion, kind, metadata: { name, namespace: "trial" }, ...more };
}

describe("the control plane", () => {
  let api: ReturnType<typeof clusterApi>;

  const read = (one: KubernetesObject): Promise<Live> => api.read<Live>(one);
  /** Waits until an object's status has a value, and returns the object. */
  const until = async (one: KubernetesObject, done: (live: Live) => boolean): Promise<Live> => {
    for (let tries = 0; ; tries++) {
      const live = await read(one);
      if (done(live)) return live;
      assert.ok(tries < 200, `still ${JSON.stringify(live.status)}`);
      await delay(50);
    }
  };
  const pods = async (name: string) =>
    (await api.list("v1", "Pod", "trial")).items.filter(({ metadata }) =>
      metadata?.name?.startsWith(name),
    ) as Live[];

  before(async () => {
    await stopControlPlane(stateDir);
    fs.rmSync(stateDir, { recursive: true, force: true });
    await startControlPlane({ stateDir, nodePools: [pool] });
    api = clusterApi(layout.kubeconfig);
    await api.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: "trial" } });
    // Pods are refused until the controller manager has made it.
    const account = object("v1", "ServiceAccount", "default", {});
    for (let tries = 0; tries < 100; tries++) {
      if (await read(account).then(Boolean, () => false)) break;
      await delay(50);
    }
  });

  after(() => stopControlPlane(stateDir));

  it("has the stack's nodes, ready, of their size, in three zones", async () => {
    const { items } = await api.list("v1", "Node");
    const zone = "topology.kubernetes.io/zone";
    assert.deepEqual(
      (items as Live[]).map(({ metadata, status }) => [
        metadata.name,
        metadata.labels?.[zone],
        (status?.["allocatable"] as Record<string, string>)["memory"],
      ]),
      [
        ["general-0", "local-a", "8Gi"],
        ["general-1", "local-b", "8Gi"],
        ["general-2", "local-c", "8Gi"],
      ],
    );
  });

  it("lets only the owner of the state folder in", async () => {
    assert.equal(fs.statSync(layout.kubeconfig).mode & 0o777, 0o600);
    const { server } = readRecord(layout) ?? assert.fail("no record");
    const ca = fs.readFileSync(credentialFiles(layout).authority);
    const request = https.get(`${server}/api/v1/secrets`, { ca, agent: false });
    const [answer] = (await once(request, "response")) as [IncomingMessage];
    answer.resume();
    assert.equal(answer.statusCode, 403);
  });

  it("makes a Deployment's pods ready, with their volume bound", async () => {
    await api.create(
      object("v1", "PersistentVolumeClaim", "data", {
        spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
      }),
    );
    const web = object("apps/v1", "Deployment", "web", {
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: "web" } },
        template: {
          metadata: { labels: { app: "web" } },
          spec: podSpec({
            volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }],
            initContainers: [{ name: "first", image: "example.com/first:v1" }],
          }),
        },
      },
    });
    await api.create(web);
    await until(web, ({ status }) => status?.["availableReplicas"] === 2);
    const claim = await read(object("v1", "PersistentVolumeClaim", "data", {}));
    assert.equal(claim.status?.["phase"], "Bound");
    assert.equal(claim.spec?.["storageClassName"], "standard");
  });

  it("removes the volume with its claim and pods", async () => {
    await api.delete(object("apps/v1", "Deployment", "web", {}));
    await api.delete(object("v1", "PersistentVolumeClaim", "data", {}));
    for (let tries = 0; ; tries++) {
      const { items } = await api.list("v1", "PersistentVolume");
      if (items.length === 0) break;
      assert.ok(tries < 200, "the volume is still there");
      await delay(50);
    }
  });

  it("completes a Job", async () => {
    const job = object("batch/v1", "Job", "once", {
      spec: { template: { spec: podSpec({ restartPolicy: "Never" }) } },
    });
    await api.create(job);
    const done = await until(job, ({ status }) => status?.["completionTime"] !== undefined);
    assert.equal(done.status?.["succeeded"], 1);
  });

  it("gives load balancers and ingresses an address", async () => {
    const service = object("v1", "Service", "web", {
      spec: { type: "LoadBalancer", selector: { app: "web" }, ports: [{ port: 80 }] },
    });
    await api.create(service);
    const hasAddress = ({ status }: Live) =>
      JSON.stringify(status?.["loadBalancer"]).includes("203.0.113.10");
    await until(service, hasAddress);
    const ingress = object("networking.k8s.io/v1", "Ingress", "web", {
      spec: { defaultBackend: { service: { name: "web", port: { number: 80 } } } },
    });
    await api.create(ingress);
    await until(ingress, hasAddress);
  });

  it("keeps a pod from starting that is told so, as when its image cannot be pulled", async () => {
    await api.create(
      object("v1", "Pod", "stuck", {
        metadata: {
          name: "stuck",
          namespace: "trial",
          annotations: { [SIMULATE_ANNOTATION]: "never-ready" },
        },
        spec: podSpec(),
      }),
    );
    await api.create(object("v1", "Pod", "other", { spec: podSpec() }));
    const phase = ({ status }: Live) => status?.["phase"];
    await until(object("v1", "Pod", "other", {}), (live) => phase(live) === "Running");
    const [stuck] = await pods("stuck");
    assert.ok(stuck !== undefined);
    assert.equal(phase(stuck), "Pending");
  });

  it("leaves a pod without room unscheduled", async () => {
    const resources = { requests: { cpu: "3" } };
    const containers = [{ name: "main", image: "example.com/main:v1", resources }];
    await api.create(object("v1", "Pod", "large", { spec: { containers } }));
    const large = await until(object("v1", "Pod", "large", {}), ({ status }) =>
      JSON.stringify(status).includes("Unschedulable"),
    );
    assert.match(JSON.stringify(large.status), /3 Insufficient cpu/);
  });

  it("enforces the Pod Security level of a namespace", async () => {
    const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
    await api.create({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "restricted", labels },
    });
    const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "x", namespace: "restricted" } };
    const refused = { ...pod, spec: podSpec() };
    await assert.rejects(
      api.create<KubernetesObject>(refused),
      (error: unknown) =>
        error instanceof ApiException &&
        error.code === 403 &&
        /violates PodSecurity .*restricted:latest/.test(String(error.body)),
    );
  });

  it("refuses to start a second time in the same folder", async () => {
    const { server } = readRecord(layout) ?? assert.fail("no record");
    await assert.rejects(startControlPlane({ stateDir, nodePools: [pool] }), {
      message:
        `A control plane runs already in .e2e/control-plane (${server}). ` +
        "Stop it with make down, or name another folder with --state-dir.",
    });
  });

  it("follows when the stack asks for other nodes", async () => {
    const nodePools = [{ ...pool, maxNodes: 1 }];
    assert.ok((await ensureControlPlane({ stateDir, nodePools })).wasRunning);
    const { items } = await api.list("v1", "Node");
    assert.deepEqual(
      items.map(({ metadata }) => metadata?.name),
      ["general-0"],
    );
  });

  it("is told to be broken when a part of it dies, and starts again with its data", async () => {
    const { processes } = readRecord(layout) ?? assert.fail("no record");
    const etcd = processes.find(({ name }) => name === "etcd") ?? assert.fail("no etcd");
    process.kill(etcd.pid, "SIGKILL");
    for (let tries = 0; isAlive(etcd) && tries < 100; tries++) await delay(50);
    assert.equal((await controlPlaneStatus(stateDir)).is, "broken");

    await startControlPlane({ stateDir, nodePools: [pool] });
    assert.ok(processes.every((one) => !isAlive(one)));
    api = clusterApi(layout.kubeconfig);
    await read(object("v1", "Service", "web", {}));
  });

  it("leaves no process and no data when it is stopped, and keeps its logs", async () => {
    const { processes, logs } = readRecord(layout) ?? assert.fail("no record");
    assert.equal(processes.length, 5);
    await stopControlPlane(stateDir);
    assert.ok(processes.every((one) => !isAlive(one)));
    assert.deepEqual(fs.readdirSync(stateDir), ["logs"]);
    assert.ok(fs.existsSync(path.join(logs, "kube-apiserver.log")));
    assert.equal((await controlPlaneStatus(stateDir)).is, "absent");
  });
});

describe("a start of the control plane", () => {
  const folder = path.join(REPOSITORY, ".e2e/control-plane-start");
  const start = (more: object) =>
    startControlPlane({ stateDir: folder, nodePools: [pool], ...more });

  beforeEach(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => stopControlPlane(folder));

  it("that is interrupted stops what it started", async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const watching = (async () => {
      for (let tries = 0; tries < 400 && seen.length === 0; tries++) {
        seen.push(...(readRecord(stateLayout(folder))?.processes ?? []).map(({ pid }) => pid));
        await delay(10);
      }
      controller.abort();
    })();
    await assert.rejects(start({ signal: controller.signal }), {
      message: "Stopped while the control plane was starting; nothing is left running.",
    });
    await watching;
    assert.ok(seen.length > 0);
    assert.equal((await controlPlaneStatus(folder)).is, "absent");
  });

  it("that fails names the part, shows the end of its log, and leaves nothing running", async () => {
    const failing = path.join(folder, "etcd");
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(failing, "#!/bin/sh\necho the disk is on fire\nexit 3\n", { mode: 0o755 });
    const { provideTools } = await import("../../local/tools/index.ts");
    const tools = { ...(await provideTools()), etcd: failing };
    await assert.rejects(start({ tools }), (error: Error) => {
      assert.match(
        error.message,
        /^etcd did not get ready: (exit code 3|it ended at once)\. The end of \.e2e\/control-plane-start\/logs\/[^/]+\/etcd\.log:\n {2}the disk is on fire$/,
      );
      return true;
    });
    assert.equal((await controlPlaneStatus(folder)).is, "absent");
  });
});
