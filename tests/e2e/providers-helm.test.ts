import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { decodeRecord } from "../../local/providers/kubernetes/helm/release-record.ts";
import {
  isSecret,
  secret,
  type JsonObject,
  type PropertyMap,
} from "../../local/providers/property-values.ts";
import { rejection, StandInCluster, TYPES } from "../support/stand-in-cluster.ts";

const CHARTS: Readonly<Record<string, PropertyMap>> = {
  "cert-manager": { version: "v1.21.1", values: { crds: { enabled: true, keep: false } } },
  "ingress-nginx": { version: "4.15.1" },
  "kube-prometheus-stack": { version: "88.5.3", values: { crds: { enabled: false } } },
  "prometheus-operator-crds": { version: "31.0.1" },
  unknown: { version: "1.0.0" },
};

function release(chart: string, namespace: string, inputs: PropertyMap = {}): PropertyMap {
  return {
    name: chart,
    namespace,
    chart,
    repositoryOpts: { repo: "https://charts.example.test" },
    timeout: 15,
    ...CHARTS[chart],
    ...inputs,
  };
}

describe("kubernetes stand-in: Helm releases", function () {
  this.timeout(60_000);
  const cluster = new StandInCluster(".e2e/providers-helm");
  const names = async (kind: string, ...args: string[]) =>
    (await cluster.kubectl("get", kind, ...args, "-o", "name"))
      .split("\n")
      .filter((line) => line !== "");

  it("keeps the record of a release as Helm does, one Secret for each revision", async () => {
    const namespace = await cluster.newNamespace();
    const values = { replicas: 1, password: secret("in-the-values") };
    const first = await cluster.standIn.create(
      TYPES.release,
      "r",
      release("unknown", namespace, { values }),
    );
    assert.equal(first.id, `${namespace}/unknown`);
    const second = await cluster.standIn.update(
      first,
      release("unknown", namespace, { values: { replicas: 2 } }),
    );
    assert.equal((second.state["status"] as PropertyMap)["revision"], 2);
    const list = JSON.parse(
      await cluster.kubectl("get", "secrets", "-n", namespace, "-l", "owner=helm", "-o", "json"),
    ) as { items: JsonObject[] };
    const found = list.items.map((item) => {
      const { name, version, info, config } = decodeRecord(item);
      return [
        item["type"],
        (item["metadata"] as JsonObject)["name"],
        name,
        version,
        info.status,
        config,
      ];
    });
    assert.deepEqual(found, [
      [
        "helm.sh/release.v1",
        "sh.helm.release.v1.unknown.v1",
        "unknown",
        1,
        "superseded",
        { replicas: 1, password: "in-the-values" },
      ],
      [
        "helm.sh/release.v1",
        "sh.helm.release.v1.unknown.v2",
        "unknown",
        2,
        "deployed",
        { replicas: 2 },
      ],
    ]);
    await cluster.standIn.delete(second);
    assert.deepEqual(await names("secrets", "-n", namespace), []);
  });

  it("keeps secret values secret in outputs", async () => {
    const namespace = await cluster.newNamespace();
    const values = { password: secret("in-the-values") };
    const created = await cluster.standIn.create(
      TYPES.release,
      "r",
      release("unknown", namespace, { values }),
    );
    assert.ok(isSecret((created.state["values"] as PropertyMap)["password"]));
    const refreshed = await cluster.standIn.refresh(created);
    assert.deepEqual(refreshed?.inputs, created.inputs);
  });

  it("refuses a name in use, a missing namespace, and the end of what is not there", async () => {
    const namespace = await cluster.newNamespace();
    const inputs = release("unknown", namespace);
    const created = await cluster.standIn.create(TYPES.release, "r", inputs);
    const used = await rejection(cluster.standIn.create(TYPES.release, "other", inputs));
    assert.equal(used.message, "cannot re-use a name that is still in use");
    const missing = await rejection(
      cluster.standIn.create(TYPES.release, "r", release("unknown", "nowhere")),
    );
    assert.equal(
      missing.message,
      'create: failed to create: namespaces "nowhere" not found. Create the namespace before the release, or set createNamespace.',
    );
    await cluster.standIn.delete(created);
    const gone = await rejection(cluster.standIn.delete(created));
    assert.match(gone.message, /^uninstall: Release not loaded: unknown: release: not found\./);
    assert.equal(await cluster.standIn.refresh(created), undefined);
  });

  it("makes the namespace when it is told to", async () => {
    await cluster.standIn.create(
      TYPES.release,
      "r",
      release("unknown", "made", { createNamespace: true }),
    );
    assert.deepEqual(await names("namespace", "made"), ["namespace/made"]);
  });

  it("cert-manager: definitions from templates go with the release, unless they are kept", async () => {
    const namespace = await cluster.newNamespace();
    const inputs = release("cert-manager", namespace);
    const created = await cluster.standIn.create(TYPES.release, "r", inputs);
    const services = ["service/cert-manager", "service/cert-manager-webhook"];
    assert.deepEqual(await names("services", "-n", namespace), services);
    await cluster.standIn.create("kubernetes:cert-manager.io/v1:ClusterIssuer", "i", {
      apiVersion: "cert-manager.io/v1",
      kind: "ClusterIssuer",
      metadata: { name: "selfsigned" },
      spec: { selfSigned: {} },
    });
    await cluster.standIn.delete(created);
    assert.deepEqual(await names("crds", "-l", "app.kubernetes.io/instance=cert-manager"), []);
    const values = { crds: { enabled: true, keep: true } };
    const keeping = await cluster.standIn.create(TYPES.release, "r", { ...inputs, values });
    await cluster.standIn.delete(keeping);
    assert.equal((await names("crds", "-l", "app.kubernetes.io/instance=cert-manager")).length, 6);
    // Definitions left by a release of the same name are its own again.
    await cluster.standIn.create(TYPES.release, "r", inputs);
    const elsewhere = release("cert-manager", await cluster.newNamespace());
    const error = await rejection(cluster.standIn.create(TYPES.release, "other", elsewhere));
    assert.match(
      error.message,
      /exists and cannot be imported into the current release: it is not marked as belonging to release cert-manager in namespace/,
    );
  });

  it("ingress-nginx: its Services, its class, and an address of the load balancer", async () => {
    const namespace = await cluster.newNamespace();
    const values = { controller: { metrics: { enabled: true } } };
    const created = await cluster.standIn.create(
      TYPES.release,
      "r",
      release("ingress-nginx", namespace, { values }),
    );
    assert.deepEqual(await names("services", "-n", namespace), [
      "service/ingress-nginx-controller",
      "service/ingress-nginx-controller-admission",
      "service/ingress-nginx-controller-metrics",
    ]);
    assert.deepEqual(await names("ingressclass"), ["ingressclass.networking.k8s.io/nginx"]);
    const less = { controller: { admissionWebhooks: { enabled: false } } };
    await cluster.standIn.update(created, release("ingress-nginx", namespace, { values: less }));
    assert.deepEqual(await names("services", "-n", namespace), [
      "service/ingress-nginx-controller",
    ]);
  });

  it("kube-prometheus-stack after its definitions: the names that dashboards and guides use", async () => {
    const namespace = await cluster.newNamespace();
    const definitions = await cluster.standIn.create(
      TYPES.release,
      "d",
      release("prometheus-operator-crds", namespace),
    );
    const inputs = release("kube-prometheus-stack", namespace, { name: "prometheus" });
    await cluster.standIn.create(TYPES.release, "r", inputs);
    assert.deepEqual(await names("services", "-n", namespace), [
      "service/prometheus-grafana",
      "service/prometheus-kube-prometheus-alertmanager",
      "service/prometheus-kube-prometheus-operator",
      "service/prometheus-kube-prometheus-prometheus",
      "service/prometheus-kube-state-metrics",
      "service/prometheus-prometheus-node-exporter",
    ]);
    await cluster.standIn.delete(definitions);
    assert.deepEqual(
      await names("crds", "-l", "app.kubernetes.io/instance=prometheus-operator-crds"),
      [],
    );
  });

  it("takes an install back that fails, when it is atomic", async () => {
    const namespace = await cluster.newNamespace();
    await cluster.kubectl(
      "create",
      "service",
      "clusterip",
      "ingress-nginx-controller-admission",
      "-n",
      namespace,
      "--tcp=443",
    );
    const inputs = release("ingress-nginx", namespace, { name: "ingress-nginx", atomic: true });
    const error = await rejection(cluster.standIn.create(TYPES.release, "r", inputs));
    assert.match(
      error.message,
      /^release ingress-nginx failed, and has been uninstalled due to atomic being set: /,
    );
    assert.deepEqual(await names("secrets", "-n", namespace), []);
    const foreign = ["service/ingress-nginx-controller-admission"];
    assert.deepEqual(await names("services", "-n", namespace), foreign);
  });
});
