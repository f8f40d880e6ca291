import assert from "node:assert/strict";
import type { AksCluster } from "../../../../components/clusters/aks/aks-cluster.ts";
import type { Grant } from "../../../../components/core/workload-identity.ts";
import { byName, byType, type Recording } from "../../../../plan/recording.ts";
import { recordAksWith, SUBSCRIPTION } from "../../../support/aks-fixtures.ts";

const DATA = `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-prod-data`;
const DNS_GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-prod-dns`;
const ZONE = `${DNS_GROUP}/providers/Microsoft.Network/dnsZones/shop.test`;

const grantTo =
  (...grants: readonly Grant[]) =>
  (cluster: AksCluster) =>
    cluster.identityFor({ namespace: "velero", name: "server" }, grants);

/** Roles that the identity of the pods has: what it is, and where. */
function rolesOf(recording: Recording): (readonly [unknown, unknown])[] {
  const { principalId } = byName(recording, "cluster-pods-velero-server").outputs;
  return byType(recording, "azure-native:authorization:RoleAssignment")
    .filter(({ inputs }) => inputs["principalId"] === principalId)
    .map(
      ({ inputs }) =>
        [String(inputs["roleDefinitionId"]).split("/").at(-1), inputs["scope"]] as const,
    );
}

describe("identityFor on AKS", () => {
  it("has Azure trust the ServiceAccount of this cluster, and no other", async () => {
    const { recording } = await recordAksWith({}, grantTo());
    const { issuer, subject, audiences, resourceName } = byName(
      recording,
      "cluster-pods-velero-server-trust",
    ).inputs;
    assert.deepEqual(
      { subject, audiences, resourceName },
      {
        subject: "system:serviceaccount:velero:server",
        audiences: ["api://AzureADTokenExchange"],
        resourceName: "shop-prod-velero-server",
      },
    );
    const cluster = byName(recording, "cluster-aks").outputs;
    assert.deepEqual(cluster["oidcIssuerProfile"], { enabled: true, issuerURL: issuer });
    assert.deepEqual(rolesOf(recording), []);
  });

  it("says how ServiceAccount and pods are recognised, and what to wait for", async () => {
    const { recording, used } = await recordAksWith(
      {},
      grantTo({ purpose: "read-write-bucket", bucket: "backups" }),
    );
    assert.deepEqual(Object.keys(used.serviceAccountAnnotations), [
      "azure.workload.identity/client-id",
    ]);
    assert.deepEqual(used.podLabels, { "azure.workload.identity/use": "true" });
    // The trust, the role, and the stores' two addresses in the network.
    assert.equal(used.ready.length, 4);
    assert.ok(byName(recording, "cluster-pods-velero-server").outputs["clientId"]);
  });

  it("opens one container for one bucket", async () => {
    const { recording } = await recordAksWith(
      {},
      grantTo({ purpose: "read-write-bucket", bucket: "backups" }),
    );
    const account = String(byName(recording, "cluster-store-backups").inputs["accountName"]);
    assert.deepEqual(rolesOf(recording), [
      [
        "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
        `${DATA}/providers/Microsoft.Storage/storageAccounts/${account}/blobServices/default/containers/backups`,
      ],
    ]);
  });

  it("opens the zone, and lets its group, which holds nothing else, be listed", async () => {
    const { recording } = await recordAksWith(
      { dnsDomain: "shop.test" },
      grantTo({ purpose: "manage-dns-zone", zone: ZONE }),
    );
    assert.deepEqual(rolesOf(recording).toSorted(), [
      ["acdd72a7-3385-48ef-bd42-f606fba81ae7", DNS_GROUP],
      ["befefa01-2a29-4197-83a8-272ff33ce314", ZONE],
    ]);
  });

  it("gives nothing in Azure for snapshots, which AKS's own driver takes", async () => {
    const { recording } = await recordAksWith({}, grantTo({ purpose: "snapshot-volumes" }));
    assert.deepEqual(rolesOf(recording), []);
  });

  it("refuses what AKS does itself, what it cannot do and what is not there, all at once", async () => {
    await assert.rejects(
      recordAksWith(
        {},
        grantTo(
          { purpose: "scale-nodes" },
          { purpose: "manage-load-balancers" },
          { purpose: "read-secrets", prefix: "shop-" },
          { purpose: "read-write-secrets", prefix: "shop-" },
          { purpose: "read-write-bucket", bucket: "photos" },
          { purpose: "manage-dns-zone", zone: ZONE },
        ),
      ),
      {
        message: [
          "Invalid arguments:",
          "1. identityFor(velero/server): got scale-nodes, expected no such grant, because AKS runs " +
            "the autoscaler itself. Leave the autoscaler out: ClusterHandle.needs says that none is " +
            "needed.",
          "2. identityFor(velero/server): got manage-load-balancers, expected no such grant, because " +
            "AKS makes load balancers itself. Leave the controller out: ClusterHandle.needs says that " +
            "none is needed.",
          "3. identityFor(velero/server): got read-secrets, expected no such grant, because a key " +
            "vault is opened whole or secret by secret, and never by a prefix. Keep the secrets in the " +
            "cluster: ClusterHandle.secretStore is absent on AKS.",
          "4. identityFor(velero/server): got read-write-secrets, expected no such grant, because a " +
            "key vault is opened whole or secret by secret, and never by a prefix. Keep the secrets in " +
            "the cluster: ClusterHandle.secretStore is absent on AKS.",
          '5. identityFor(velero/server): got "photos", expected one that the cluster has (backups, ' +
            "logs). Take the name from ClusterHandle.",
          `6. identityFor(velero/server): got "${ZONE}", expected one that the cluster has (none). ` +
            "Take the name from ClusterHandle.",
        ].join("\n"),
      },
    );
  });
});
