import assert from "node:assert/strict";
import fc from "fast-check";
import { StatefulService, type StatefulServiceArgs } from "../../../components/workloads/index.ts";
import { claimsOf } from "../../../components/workloads/stateful-service.ts";
import { byName } from "../../../plan/recording.ts";
import { statefulServiceArgs } from "../../support/block-fixtures.ts";
import { dependencyNames, outline, recordOn } from "../../support/recorded-program.ts";

const record = (change: Partial<StatefulServiceArgs> = {}) =>
  recordOn(
    ({ providers }) =>
      new StatefulService("queue", { ...statefulServiceArgs, ...change }, { providers }),
  );
const selector = {
  "app.kubernetes.io/name": "kaizen-studio",
  "app.kubernetes.io/component": "queue",
};
const labels = { ...selector, "app.kubernetes.io/managed-by": "slipway" };

describe("StatefulService", () => {
  it("makes StatefulSet, two Services, account and claim", async () => {
    const recording = await record();
    assert.deepEqual(outline(recording), [
      "PersistentVolumeClaim queue-claim-data-queue-0",
      "Service queue-headless",
      "Service queue-service",
      "ServiceAccount queue-service-account",
      "StatefulService queue",
      "StatefulSet queue-statefulset",
    ]);
    assert.deepEqual(dependencyNames(byName(recording, "queue-statefulset")), [
      "queue-claim-data-queue-0",
      "queue-service-account",
    ]);
  });

  it("has a claim and a budget for more than one pod", async () => {
    const names = outline(await record({ replicas: 3 }));
    assert.deepEqual(
      names.filter((name) => /Claim|Budget/.test(name)),
      [
        "PersistentVolumeClaim queue-claim-data-queue-0",
        "PersistentVolumeClaim queue-claim-data-queue-1",
        "PersistentVolumeClaim queue-claim-data-queue-2",
        "PodDisruptionBudget queue-pdb",
      ],
    );
  });

  it("grows by its claim alone: nothing that cannot change holds the size", async () => {
    const grown = { data: { path: "/data", size: "20Gi", storageClass: "fast-ssd" } };
    const [before, after] = [await record(), await record({ volumes: grown })];
    const changed = before.resources.filter(
      ({ name, inputs, custom }) =>
        custom && JSON.stringify(inputs) !== JSON.stringify(byName(after, name).inputs),
    );
    assert.deepEqual(
      changed.map(({ name }) => name),
      ["queue-claim-data-queue-0"],
    );
    assert.deepEqual(byName(after, "queue-claim-data-queue-0").inputs, {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { namespace: "studio", name: "data-queue-0", labels },
      spec: {
        accessModes: ["ReadWriteOnce"],
        storageClassName: "fast-ssd",
        resources: { requests: { storage: "20Gi" } },
      },
    });
  });

  it("keeps names, and looks for its claims under theirs", async () => {
    const { inputs } = byName(await record(), "queue-statefulset");
    assert.deepEqual(inputs["metadata"], { namespace: "studio", name: "queue", labels });
    const { template, volumeClaimTemplates, ...spec } = inputs["spec"] as {
      template: { spec: { containers: { volumeMounts: unknown; lifecycle?: unknown }[] } };
      volumeClaimTemplates: { metadata: { name: string } }[];
    };
    assert.deepEqual(spec, {
      serviceName: "queue-service-headless",
      replicas: 1,
      revisionHistoryLimit: 10,
      podManagementPolicy: "Parallel",
      updateStrategy: { type: "RollingUpdate" },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
      selector: { matchLabels: selector },
    });
    assert.deepEqual(
      volumeClaimTemplates.map(({ metadata }) => metadata),
      [{ name: "data" }],
    );
    const [container] = template.spec.containers;
    assert.deepEqual(container?.volumeMounts, [
      { name: "writable-tmp", mountPath: "/tmp" },
      { name: "data", mountPath: "/data" },
    ]);
    assert.equal(container.lifecycle, undefined);
  });

  it("has one address for all, and one for each", async () => {
    const recording = await record({ sidecarPorts: { metrics: 9000 } });
    const port = (name: string, number: number) => ({
      name,
      port: number,
      targetPort: name,
      protocol: "TCP",
    });
    assert.deepEqual(byName(recording, "queue-service").inputs["spec"], {
      type: "ClusterIP",
      selector,
      ports: [port("client", 4222), port("metrics", 9000)],
    });
    assert.deepEqual(byName(recording, "queue-headless").inputs["spec"], {
      type: "ClusterIP",
      selector,
      ports: [port("client", 4222)],
      clusterIP: "None",
      publishNotReadyAddresses: true,
    });
  });

  it("keeps the volume when suspended, and protects it when told to", async () => {
    const recording = await record({ suspended: true, protectData: true, replicas: 2 });
    const { replicas } = byName(recording, "queue-statefulset").inputs["spec"] as {
      replicas: number;
    };
    assert.equal(replicas, 0);
    assert.ok(!outline(recording).includes("PodDisruptionBudget queue-pdb"));
    for (const ordinal of [0, 1]) {
      assert.ok(byName(recording, `queue-claim-data-queue-${ordinal}`).protect);
    }
    assert.ok(!byName(recording, "queue-statefulset").protect);
  });

  it("refuses what cannot run, all at once", async () => {
    const change = {
      replicas: 0,
      ports: { client: 80 },
      volumes: { data: { path: "data", size: "10", storageClass: "" } },
    };
    await assert.rejects(record(change), {
      message: [
        "Invalid arguments:",
        "1. replicas: got 0, expected a whole number of at least 1. " +
          "Write how many there are to be.",
        "2. ports.client: got 80, expected a port from 1024 to 65535. " +
          "Let the image listen on a port that needs no root.",
        '3. volumes.data.size: got "10", expected a quantity with a unit, such as "512Mi" or "2Gi". ' +
          "Add one of the units Ki, Mi, Gi, Ti.",
        '4. volumes.data.storageClass: got "", expected the name of a storage class. ' +
          "Name one of the classes that the cluster gives.",
        '5. mounts[0].path: got "data", expected an absolute directory below the root. ' +
          "Write it as /var/cache or the like.",
      ].join("\n"),
    });
  });
});

describe("claimsOf", () => {
  const name = fc.stringMatching(/^[a-z]{1,8}$/);

  it("is one claim for each pod and volume, each under a name of its own", () => {
    const volume = { path: "/data", size: "1Gi", storageClass: "standard" };
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { maxLength: 4 }),
        fc.integer({ min: 1, max: 9 }),
        (names, replicas) => {
          const volumes = Object.fromEntries(names.map((each) => [each, volume]));
          const claims = claimsOf({ component: "queue", replicas, volumes });
          assert.equal(new Set(claims.map(({ claimName }) => claimName)).size, claims.length);
          assert.equal(claims.length, names.length * replicas);
        },
      ),
    );
  });
});
