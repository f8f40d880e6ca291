import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { configChecksum } from "../../../components/core/config-checksum.ts";
import { describeProblem } from "../../../components/core/problem.ts";
import type { ConfigSource } from "../../../components/workloads/config-source.ts";
import {
  checkPodOptions,
  podTemplate,
  type PodArgs,
  type PodOptions,
} from "../../../components/workloads/pod.ts";
import { PROBE_DEFAULTS, probes } from "../../../components/workloads/probes.ts";
import { RESOURCES } from "../../support/workload-fixtures.ts";

const args: PodArgs = {
  identity: { system: "studio", component: "store" },
  image: "registry.test/store:v1",
  serviceAccountName: "store",
  resources: RESOURCES,
};
const object = null as unknown as pulumi.Resource; // Never looked at by what is tested here.
const source = (kind: ConfigSource["kind"], name: string): ConfigSource => ({
  kind,
  name,
  keys: ["key", "other"],
  checksums: { key: `sum-of-${name}`, other: "sum-of-other" },
  object,
});
const exporter = { name: "exporter", image: "registry.test/exporter:v1", resources: RESOURCES };

interface Read {
  readonly metadata: { readonly annotations?: Record<string, unknown> };
  readonly spec: Record<string, unknown> & {
    readonly containers: readonly Record<string, unknown>[];
    readonly initContainers?: readonly Record<string, unknown>[];
    readonly volumes: readonly { readonly name: string }[];
  };
}
const template = (change: Partial<PodArgs>) =>
  podTemplate({ ...args, ...change }) as unknown as Read;
const main = (change: Partial<PodArgs>) => template(change).spec.containers[0] ?? assert.fail();

describe("podTemplate with options", () => {
  it("starts what it is told to", () => {
    const { command, args: given } = main({ command: ["server"], args: ["--verbose"] });
    assert.deepEqual([command, given], [["server"], ["--verbose"]]);
  });

  it("mounts claims, files and memory, each volume once for all containers", () => {
    const files = source("ConfigMap", "files");
    const { spec } = template({
      mounts: [
        { path: "/data", from: { claim: "data-store-0" } },
        { path: "/etc/store", from: { source: files } },
        { path: "/etc/key", from: { source: source("Secret", "keys") }, key: "key" },
        { path: "/dev/shm", from: { memory: "256Mi", volume: "shm" } },
        { path: "/own", from: { claimTemplate: "own" } },
      ],
      sidecars: [{ ...exporter, mounts: [{ path: "/etc/x", from: { source: files } }] }],
    });
    assert.deepEqual(spec.volumes, [
      { name: "writable-tmp", emptyDir: {} },
      { name: "exporter-writable-tmp", emptyDir: {} },
      { name: "claim-data-store-0", persistentVolumeClaim: { claimName: "data-store-0" } },
      { name: "configmap-files", configMap: { name: "files", defaultMode: 0o440 } },
      { name: "secret-keys", secret: { secretName: "keys", defaultMode: 0o440 } },
      { name: "shm", emptyDir: { medium: "Memory", sizeLimit: "256Mi" } },
    ]);
    assert.deepEqual(spec.containers[0]?.["volumeMounts"], [
      { name: "writable-tmp", mountPath: "/tmp" },
      { name: "claim-data-store-0", mountPath: "/data" },
      { name: "configmap-files", mountPath: "/etc/store", readOnly: true },
      { name: "secret-keys", mountPath: "/etc/key", subPath: "key", readOnly: true },
      { name: "shm", mountPath: "/dev/shm" },
      { name: "own", mountPath: "/own" },
    ]);
    assert.deepEqual(spec.containers[1]?.["volumeMounts"], [
      { name: "exporter-writable-tmp", mountPath: "/tmp" },
      { name: "configmap-files", mountPath: "/etc/x", readOnly: true },
    ]);
  });

  it("puts every container on the baseline, and no wait before the end of a sidecar", () => {
    const { spec, metadata } = template({
      sidecars: [exporter],
      initContainers: [{ ...exporter, name: "prepare" }],
    });
    const beside = [...(spec.initContainers ?? []), ...spec.containers.slice(1)];
    assert.deepEqual(
      beside.map(({ name }) => name),
      ["prepare", "exporter"],
    );
    for (const container of beside) {
      assert.deepEqual(container["securityContext"], {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        capabilities: { drop: ["ALL"] },
      });
      assert.ok(!("lifecycle" in container));
    }
    assert.deepEqual(metadata.annotations, {
      "kubectl.kubernetes.io/default-container": "store",
    });
  });

  it("rolls for a restart and for files that change", () => {
    const mounts = [{ path: "/etc/store", from: { source: source("ConfigMap", "files") } }];
    assert.deepEqual(template({ restartedAt: "after the incident", mounts }).metadata.annotations, {
      "checksum/configmap-files": configChecksum({ key: "sum-of-files", other: "sum-of-other" }),
      "slipway/restarted-at": "after the incident",
    });
  });

  it("runs as the user of the image, with its own time to end", () => {
    const { spec } = template({ userId: 70, terminationGracePeriodSeconds: 120 });
    assert.deepEqual(spec["securityContext"], {
      runAsNonRoot: true,
      runAsUser: 70,
      runAsGroup: 70,
      fsGroup: 70,
      fsGroupChangePolicy: "OnRootMismatch",
      seccompProfile: { type: "RuntimeDefault" },
    });
    assert.equal(spec["terminationGracePeriodSeconds"], 120);
  });

  it("names pull secrets and priority", () => {
    const { spec } = template({ imagePullSecrets: ["registry"], priorityClassName: "data" });
    assert.deepEqual(spec["imagePullSecrets"], [{ name: "registry" }]);
    assert.equal(spec["priorityClassName"], "data");
  });

  it("shows why it is weaker than the baseline", () => {
    const weakened = {
      writableRoot: "The vendor's image unpacks itself.",
      serviceAccountToken: "It lists pods.",
    };
    const { spec, metadata } = template({ weakened });
    assert.equal(spec["automountServiceAccountToken"], true);
    assert.deepEqual(metadata.annotations, {
      "slipway/why-writable-root": "The vendor's image unpacks itself.",
      "slipway/why-token": "It lists pods.",
    });
    const { readOnlyRootFilesystem } = main({ weakened })["securityContext"] as {
      readOnlyRootFilesystem: boolean;
    };
    assert.equal(readOnlyRootFilesystem, false);
  });

  it("tells revisions of a StatefulSet apart by the label that they have", () => {
    const [first] = template({ madeBy: "StatefulSet" }).spec["topologySpreadConstraints"] as {
      matchLabelKeys: unknown;
    }[];
    assert.deepEqual(first?.matchLabelKeys, ["controller-revision-hash"]);
  });

  it("makes the pod of a Job end, stay, and not change with its settings", () => {
    const { spec, metadata } = template({ madeBy: "Job", envFrom: [source("Secret", "keys")] });
    assert.equal(spec["restartPolicy"], "Never");
    assert.ok(!("topologySpreadConstraints" in spec));
    assert.ok(!("lifecycle" in (spec.containers[0] ?? {})));
    assert.deepEqual(metadata.annotations, undefined);
  });
});

describe("probes", () => {
  it("asks a port or runs a command", () => {
    assert.deepEqual(probes({ tcp: "client" }).livenessProbe, {
      tcpSocket: { port: "client" },
      ...PROBE_DEFAULTS.liveness,
    });
    assert.deepEqual(probes({ exec: ["pg_isready"] }).readinessProbe, {
      exec: { command: ["pg_isready"] },
      ...PROBE_DEFAULTS.readiness,
    });
  });
});

describe("checkPodOptions", () => {
  const messages = (options: PodOptions) => checkPodOptions(options).map(describeProblem);

  it("has nothing against nothing", () => {
    assert.deepEqual(messages({}), []);
  });

  it("refuses root, and times out of range", () => {
    assert.deepEqual(messages({ userId: 0, terminationGracePeriodSeconds: 0 }), [
      "userId: got 0, expected a whole number of at least 1. " +
        "Use the user that the image was built for; root is never needed.",
      "terminationGracePeriodSeconds: got 0, expected a whole number from 1 to 3600. " +
        "Name the seconds that a clean end takes at most.",
    ]);
  });

  it("refuses to weaken the baseline without a reason", () => {
    assert.deepEqual(messages({ weakened: { writableRoot: "" } }), [
      'weakened.writableRoot: got "", expected a reason of at least 10 letters. ' +
        "Say why the baseline cannot hold here, or leave it out.",
    ]);
  });

  it("refuses bad mounts, with the keys that there are", () => {
    const mounts = [
      { path: "data", from: { claim: "data" } },
      { path: "/tmp", from: { claim: "data" } },
      { path: "/x", from: { source: source("Secret", "keys") }, key: "kye" },
    ];
    assert.deepEqual(messages({ mounts }), [
      'mounts[0].path: got "data", expected an absolute directory below the root. ' +
        "Write it as /var/cache or the like.",
      'mounts[1].path: got "/tmp", expected a directory that nothing else is mounted on. ' +
        "Leave one of the two out.",
      'mounts[2].key: got "kye", expected a key of Secret keys. It has key, other.',
    ]);
  });

  it("looks into sidecars and into what runs before", () => {
    const bad = { ...exporter, image: "exporter" };
    assert.deepEqual(messages({ sidecars: [bad], initContainers: [bad] }), [
      'sidecars.exporter.image: got "exporter", expected a tag or digest. ' +
        "Write exporter:v1.0.0 or the like.",
      'initContainers.exporter.image: got "exporter", expected a tag or digest. ' +
        "Write exporter:v1.0.0 or the like.",
    ]);
  });
});
