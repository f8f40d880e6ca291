import assert from "node:assert/strict";
import type { GkeCluster } from "../../../../components/clusters/gke/gke-cluster.ts";
import type { Grant } from "../../../../components/core/workload-identity.ts";
import { byName, type Recording } from "../../../../plan/recording.ts";
import { PROJECT, PROJECT_NUMBER, recordGke } from "../../../support/gke-fixtures.ts";
import { dependencyNames } from "../../../support/recorded-program.ts";

const MEMBER =
  `principal://iam.googleapis.com/projects/${PROJECT_NUMBER}/locations/global/` +
  `workloadIdentityPools/${PROJECT}.svc.id.goog/subject/ns/velero/sa/server`;
const BACKUPS = `shop-prod-backups-${PROJECT}`;

const grantTo =
  (...grants: readonly Grant[]) =>
  (cluster: GkeCluster) =>
    cluster.identityFor({ namespace: "velero", name: "server" }, grants);

/** Everything that the pods were granted, but for whom and in which project. */
const grantsIn = (recording: Recording) =>
  recording.resources
    .filter(({ inputs }) => inputs["member"] === MEMBER)
    .map(({ inputs }) =>
      Object.fromEntries(
        Object.entries(inputs).filter(([key]) => key !== "member" && key !== "project"),
      ),
    );

describe("identityFor on GKE", () => {
  it("needs no account between, so ServiceAccount and pods carry nothing", async () => {
    const { recording, used } = await recordGke(
      {},
      grantTo({ purpose: "read-write-bucket", bucket: BACKUPS }),
    );
    assert.deepEqual(used.serviceAccountAnnotations, {});
    assert.deepEqual(used.podLabels, {});
    assert.equal(used.ready.length, 2);
    // The pool of identities comes with the cluster.
    const grant = byName(recording, `cluster-pods-velero-server-uses-${BACKUPS}`);
    assert.ok(dependencyNames(grant).includes("cluster-gke"));
  });

  it("opens one bucket: its objects, and whether it is there", async () => {
    const { recording } = await recordGke(
      {},
      grantTo({ purpose: "read-write-bucket", bucket: BACKUPS }),
    );
    assert.deepEqual(grantsIn(recording), [
      { bucket: BACKUPS, role: "roles/storage.objectUser" },
      { bucket: BACKUPS, role: "roles/storage.bucketViewer" },
    ]);
  });

  it("opens one zone, and lets the project's be listed", async () => {
    const { recording } = await recordGke(
      { dnsDomain: "shop.test" },
      grantTo({ purpose: "manage-dns-zone", zone: "shop-prod-public" }),
    );
    assert.deepEqual(
      grantsIn(recording).toSorted((one) => ("managedZone" in one ? -1 : 1)),
      [{ managedZone: "shop-prod-public", role: "roles/dns.admin" }, { role: "roles/dns.reader" }],
    );
  });

  it("opens the secrets whose names begin as they should, for reading or for both", async () => {
    const condition = {
      title: "secrets shop-prod-",
      expression: `resource.name.startsWith("projects/${PROJECT_NUMBER}/secrets/shop-prod-")`,
    };
    const reads = { role: "roles/secretmanager.secretAccessor", condition };
    const reading = await recordGke({}, grantTo({ purpose: "read-secrets", prefix: "shop-prod-" }));
    assert.deepEqual(grantsIn(reading.recording), [reads]);
    assert.deepEqual(reading.handle.secretStore, { api: "gcpsm", prefix: "shop-prod-" });
    const both = await recordGke(
      {},
      grantTo({ purpose: "read-write-secrets", prefix: "shop-prod-" }),
    );
    assert.deepEqual(grantsIn(both.recording), [
      reads,
      { role: "roles/secretmanager.secretVersionManager", condition },
    ]);
  });

  it("gives nothing for snapshots, which GKE's own driver takes", async () => {
    const { recording, used } = await recordGke({}, grantTo({ purpose: "snapshot-volumes" }));
    assert.deepEqual(grantsIn(recording), []);
    assert.deepEqual(used.ready, []);
  });

  it("refuses what GKE does itself and what is not there, all at once", async () => {
    await assert.rejects(
      recordGke(
        {},
        grantTo(
          { purpose: "scale-nodes" },
          { purpose: "manage-load-balancers" },
          { purpose: "read-write-bucket", bucket: "photos" },
          { purpose: "manage-dns-zone", zone: "other" },
        ),
      ),
      {
        message: [
          "Invalid arguments:",
          "1. identityFor(velero/server): got scale-nodes, expected no such grant, because GKE runs " +
            "the autoscaler itself. Leave the autoscaler out: ClusterHandle.needs says that none is " +
            "needed.",
          "2. identityFor(velero/server): got manage-load-balancers, expected no such grant, because " +
            "GKE makes load balancers itself. Leave the controller out: ClusterHandle.needs says that " +
            "none is needed.",
          '3. identityFor(velero/server): got "photos", expected one that the cluster has ' +
            `(${BACKUPS}, shop-prod-logs-${PROJECT}). Take the name from ClusterHandle.`,
          '4. identityFor(velero/server): got "other", expected one that the cluster has (none). ' +
            "Take the name from ClusterHandle.",
        ].join("\n"),
      },
    );
  });
});
