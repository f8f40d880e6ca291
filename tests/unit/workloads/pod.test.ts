import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { configChecksum } from "../../../components/core/config-checksum.ts";
import { describeProblem } from "../../../components/core/problem.ts";
import type { ConfigSource } from "../../../components/workloads/config-source.ts";
import { sourcesOf } from "../../../components/workloads/container.ts";
import { podTemplate, type PodArgs } from "../../../components/workloads/pod.ts";
import { probes } from "../../../components/workloads/probes.ts";
import { checkWritablePaths } from "../../../components/workloads/volume.ts";
import { RESOURCES } from "../../support/workload-fixtures.ts";

const identity = { system: "kaizen-studio", component: "backend" };
const labels = {
  "app.kubernetes.io/name": "kaizen-studio",
  "app.kubernetes.io/component": "backend",
};
const args: PodArgs = {
  identity,
  image: "registry.test/backend:v1",
  serviceAccountName: "backend",
  resources: RESOURCES,
  ports: { http: 8000 },
  probes: probes({ http: "/health", port: "http" }),
};

function source(kind: ConfigSource["kind"], name: string): ConfigSource {
  const object = null as unknown as pulumi.Resource; // Never looked at by what is tested here.
  return { kind, name, keys: ["key"], checksums: { key: `sum-of-${name}` }, object };
}

describe("podTemplate", () => {
  it("is the baseline, to the letter", () => {
    const httpGet = { path: "/health", port: "http" };
    const spread = (topologyKey: string) => ({
      topologyKey,
      maxSkew: 1,
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: { matchLabels: labels },
      matchLabelKeys: ["pod-template-hash"],
    });
    assert.deepEqual(podTemplate(args), {
      metadata: {
        labels: { ...labels, "app.kubernetes.io/managed-by": "slipway" },
      },
      spec: {
        serviceAccountName: "backend",
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        terminationGracePeriodSeconds: 60,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 1000,
          runAsGroup: 1000,
          fsGroup: 1000,
          fsGroupChangePolicy: "OnRootMismatch",
          seccompProfile: { type: "RuntimeDefault" },
        },
        topologySpreadConstraints: [
          spread("topology.kubernetes.io/zone"),
          spread("kubernetes.io/hostname"),
        ],
        containers: [
          {
            name: "backend",
            image: "registry.test/backend:v1",
            imagePullPolicy: "IfNotPresent",
            ports: [{ name: "http", containerPort: 8000 }],
            startupProbe: { httpGet, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 30 },
            livenessProbe: {
              httpGet,
              initialDelaySeconds: 30,
              periodSeconds: 10,
              timeoutSeconds: 5,
              failureThreshold: 3,
            },
            readinessProbe: {
              httpGet,
              initialDelaySeconds: 10,
              periodSeconds: 5,
              timeoutSeconds: 3,
              failureThreshold: 3,
            },
            lifecycle: { preStop: { sleep: { seconds: 15 } } },
            resources: {
              requests: { cpu: "100m", memory: "128Mi", "ephemeral-storage": "128Mi" },
              limits: { cpu: "500m", memory: "512Mi", "ephemeral-storage": "1Gi" },
            },
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              runAsNonRoot: true,
              capabilities: { drop: ["ALL"] },
            },
            volumeMounts: [{ name: "writable-tmp", mountPath: "/tmp" }],
          },
        ],
        volumes: [{ name: "writable-tmp", emptyDir: {} }],
      },
    });
  });

  it("mounts each writable path from a volume of its own", () => {
    const { spec } = podTemplate({ ...args, writablePaths: ["/var/cache/nginx", "/var/run"] }) as {
      spec: { volumes: unknown; containers: { volumeMounts: unknown }[] };
    };
    assert.deepEqual(spec.volumes, [
      { name: "writable-tmp", emptyDir: {} },
      { name: "writable-var-cache-nginx", emptyDir: {} },
      { name: "writable-var-run", emptyDir: {} },
    ]);
    assert.deepEqual(spec.containers[0]?.volumeMounts, [
      { name: "writable-tmp", mountPath: "/tmp" },
      { name: "writable-var-cache-nginx", mountPath: "/var/cache/nginx" },
      { name: "writable-var-run", mountPath: "/var/run" },
    ]);
  });

  it("refers to the keys of its sources, and carries a checksum of each", () => {
    const [config, secret] = [source("ConfigMap", "settings"), source("Secret", "settings")];
    const { metadata, spec } = podTemplate({
      ...args,
      envFrom: [config],
      env: { PLAIN: "yes", FROM_SECRET: { source: secret, key: "key" } },
    }) as {
      metadata: { annotations: unknown };
      spec: { containers: { envFrom: unknown; env: unknown }[] };
    };
    assert.deepEqual(metadata.annotations, {
      "checksum/configmap-settings": configChecksum({ key: "sum-of-settings" }),
      "checksum/secret-settings": configChecksum({ key: "sum-of-settings" }),
    });
    const { envFrom, env } = spec.containers[0] ?? assert.fail();
    assert.deepEqual(envFrom, [{ configMapRef: { name: "settings" } }]);
    assert.deepEqual(env, [
      { name: "PLAIN", value: "yes" },
      {
        name: "FROM_SECRET",
        valueFrom: { secretKeyRef: { name: "settings", key: "key" } },
      },
    ]);
  });
});

describe("sourcesOf", () => {
  it("names each source once", () => {
    const secret = source("Secret", "settings");
    const env = { A: { source: secret, key: "key" }, B: { source: secret, key: "key" } };
    assert.deepEqual(sourcesOf({ envFrom: [secret], env }), [secret]);
  });

  it("finds those of files, and of every container", () => {
    const [secret, config] = [source("Secret", "settings"), source("ConfigMap", "files")];
    const mounts = [{ path: "/etc/app", from: { source: config } }];
    assert.deepEqual(sourcesOf({ mounts }, { envFrom: [secret] }, { mounts }), [config, secret]);
  });
});

describe("checkWritablePaths", () => {
  const messages = (...paths: string[]) =>
    checkWritablePaths(paths, "writablePaths").map(describeProblem);

  it("has nothing against directories of their own", () => {
    assert.deepEqual(messages("/var/cache/nginx", "/var/run"), []);
  });

  it("refuses the root, and what is relative", () => {
    for (const path of ["/", "cache", "/cache/", "/../etc/x y"]) {
      assert.deepEqual(messages(path), [
        `writablePaths[0]: got ${JSON.stringify(path)}, expected an absolute directory below the ` +
          "root. Write it as /var/cache or the like.",
      ]);
    }
  });

  it("refuses two directories that would share a volume", () => {
    assert.deepEqual(messages("/tmp", "/a/b", "/a-b"), [
      'writablePaths[0]: got "/tmp", expected a directory whose volume is not taken by /tmp. ' +
        "Leave one of the two out.",
      'writablePaths[2]: got "/a-b", expected a directory whose volume is not taken by /a/b. ' +
        "Leave one of the two out.",
    ]);
  });
});
