import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import { problemsOf, type Shop } from "./shop.ts";

const secretEnv = (name: string, key: string, optional = false) => [
  { name: "TOKEN", valueFrom: { secretKeyRef: { name, key, optional } } },
];
const token = (shop: Shop) => shop.secret("tokens", { token: "t", user: "u" });

describe("judge: references of pods", () => {
  it("passes environment, volumes, claims and accounts that are there", async () => {
    const problems = await problemsOf((shop) => {
      token(shop);
      const configMap = { name: "settings" };
      const data = { "app.ini": "" };
      new k8s.core.v1.ConfigMap(
        "settings",
        { metadata: shop.metadata("settings"), data },
        shop.opts,
      );
      new k8s.core.v1.ServiceAccount("account", { metadata: shop.metadata("web") }, shop.opts);
      const claimSpec = {
        accessModes: ["ReadWriteOnce"],
        storageClassName: "standard",
        resources: { requests: { storage: "1Gi" } },
      };
      new k8s.core.v1.PersistentVolumeClaim(
        "claim",
        { metadata: shop.metadata("files"), spec: claimSpec },
        shop.opts,
      );
      shop.deployment(
        "web",
        {
          env: [...secretEnv("tokens", "token"), ...secretEnv("absent", "key", true)],
          envFrom: [{ configMapRef: configMap }],
          volumeMounts: [{ name: "files", mountPath: "/files" }],
        },
        {
          serviceAccountName: "web",
          volumes: [
            {
              name: "settings",
              configMap: { ...configMap, items: [{ key: "app.ini", path: "a" }] },
            },
            { name: "files", persistentVolumeClaim: { claimName: "files" } },
          ],
        },
      );
    });
    assert.deepEqual(problems, []);
  });

  it("refuses environment from a key that the Secret does not have", async () => {
    const problems = await problemsOf((shop) => {
      token(shop);
      shop.deployment("web", { env: secretEnv("tokens", "tokn") });
    });
    assert.deepEqual(problems, [
      'Deployment shop/web: spec.template.spec.containers.web.env.TOKEN: got "tokn", ' +
        "expected a key of Secret tokens (token, user). Name one of them, or create it.",
    ]);
  });

  it("refuses environment from a Secret that is not there", async () => {
    const problems = await problemsOf((shop) => {
      shop.deployment("web", { env: secretEnv("tokens", "token") });
    });
    assert.deepEqual(problems, [
      'Deployment shop/web: spec.template.spec.containers.web.env.TOKEN: got "tokens", ' +
        "expected a Secret in namespace shop, and there is none. Create it, or drop the reference.",
    ]);
  });

  it("refuses envFrom, volumes and projected volumes of what is not there", async () => {
    const problems = await problemsOf((shop) => {
      const sources = [{ configMap: { name: "b" } }];
      shop.deployment(
        "web",
        { envFrom: [{ secretRef: { name: "a" } }] },
        {
          volumes: [
            { name: "whole", secret: { secretName: "c" } },
            { name: "parts", projected: { sources } },
          ],
        },
      );
    });
    const none = (kind: string) => `expected a ${kind} in namespace shop, and there is none.`;
    const remedy = "Create it, or drop the reference.";
    assert.deepEqual(problems, [
      `Deployment shop/web: spec.template.spec.containers.web.envFrom[0]: got "a", ${none("Secret")} ${remedy}`,
      `Deployment shop/web: spec.template.spec.volumes.whole: got "c", ${none("Secret")} ${remedy}`,
      `Deployment shop/web: spec.template.spec.volumes.parts: got "b", ${none("ConfigMap")} ${remedy}`,
    ]);
  });

  it("takes the Secret of a Certificate as there", async () => {
    const problems = await problemsOf((shop) => {
      const release = shop.release("cert-manager", { crds: { enabled: true } });
      const api = "cert-manager.io/v1";
      shop.custom("Issuer", api, "own", { selfSigned: {} }, [release]);
      const spec = { secretName: "web-tls", issuerRef: { name: "own" } };
      shop.custom("Certificate", api, "web-cert", spec, [release]);
      const items = [{ key: "tls.key", path: "key" }];
      shop.deployment(
        "web",
        {},
        { volumes: [{ name: "tls", secret: { secretName: "web-tls", items } }] },
      );
    });
    assert.deepEqual(problems, []);
  });

  it("refuses a mount without a volume, a claim and an account that are not there", async () => {
    const problems = await problemsOf((shop) => {
      shop.deployment(
        "web",
        { volumeMounts: [{ name: "tmp", mountPath: "/tmp" }] },
        {
          serviceAccountName: "web",
          volumes: [{ name: "files", persistentVolumeClaim: { claimName: "files" } }],
        },
      );
    });
    const at = "Deployment shop/web: spec.template.spec";
    assert.deepEqual(problems, [
      `${at}.containers.web.volumeMounts: got "tmp", expected a volume of the pod (files). ` +
        "Name one of them, or create it.",
      `${at}.volumes.files: got "files", expected a PersistentVolumeClaim in namespace shop, and there ` +
        "is none. Create it, or drop the reference.",
      `${at}.serviceAccountName: got "web", expected a ServiceAccount in namespace shop (default). ` +
        "Name one of them, or create it.",
    ]);
  });

  it("looks into init containers, CronJobs and the claim templates of a StatefulSet", async () => {
    const problems = await problemsOf((shop) => {
      const wait = { name: "wait", image: "shop:1", env: secretEnv("gone", "key") };
      const pod = { restartPolicy: "Never", containers: [{ name: "job", image: "a:1" }] };
      const template = { spec: { ...pod, initContainers: [wait] } };
      new k8s.batch.v1.CronJob(
        "nightly",
        {
          metadata: shop.metadata("nightly"),
          spec: { schedule: "0 1 * * *", jobTemplate: { spec: { template } } },
        },
        shop.opts,
      );
      const labels = { app: "db" };
      const volumeMounts = [{ name: "data", mountPath: "/data" }];
      new k8s.apps.v1.StatefulSet(
        "db",
        {
          metadata: shop.metadata("db"),
          spec: {
            serviceName: "db",
            selector: { matchLabels: labels },
            template: {
              metadata: { labels },
              spec: { containers: [{ name: "db", image: "db:1", volumeMounts }] },
            },
            volumeClaimTemplates: [
              { metadata: { name: "data" }, spec: { storageClassName: "slow" } },
            ],
          },
        },
        shop.opts,
      );
    });
    assert.deepEqual(problems, [
      "CronJob shop/nightly: spec.jobTemplate.spec.template.spec.initContainers.wait.env.TOKEN: " +
        'got "gone", expected a Secret in namespace shop, and there is none. ' +
        "Create it, or drop the reference.",
      "StatefulSet shop/db: spec.volumeClaimTemplates.data.spec.storageClassName: " +
        'got "slow", expected a storage class of the cluster (fast-ssd, standard). ' +
        "Name one of them, or create it.",
    ]);
  });

  it("refuses a Secret, or a key of one, that a chart is told of and that is not there", async () => {
    const admin = { existingSecret: "admin", userKey: "user", passwordKey: "password" };
    const problems = await problemsOf((shop) => {
      shop.secret("admin", { user: "admin" });
      shop.release("some-chart", { admin, other: { existingSecret: "absent" } }, "shop");
    });
    assert.deepEqual(problems, [
      'Release shop/some-chart: values.admin.existingSecret: got "password", ' +
        "expected a key of Secret admin (user). Name one of them, or create it.",
      'Release shop/some-chart: values.other.existingSecret: got "absent", ' +
        "expected a Secret in namespace shop (admin). Name one of them, or create it.",
    ]);
  });
});
