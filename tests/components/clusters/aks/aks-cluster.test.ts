import assert from "node:assert/strict";
import type { AksCluster } from "../../../../components/clusters/aks/aks-cluster.ts";
import { byName, byType, Secret, type Recording } from "../../../../plan/recording.ts";
import {
  ADMINS,
  DEPLOYER,
  recordAks,
  SUBSCRIPTION,
  TENANT,
  VIEWERS,
} from "../../../support/aks-fixtures.ts";
import { dependencyNames } from "../../../support/recorded-program.ts";

const ROLE = "azure-native:authorization:RoleAssignment";
const definition = (id: string) =>
  `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${id}`;

/** Everything that has to be there before a resource, near and far. */
function allBefore(recording: Recording, name: string): Set<string> {
  const found = new Set<string>();
  const visit = (at: string) => {
    for (const before of dependencyNames(byName(recording, at))) {
      if (found.has(before)) continue;
      found.add(before);
      visit(before);
    }
  };
  visit(name);
  return found;
}

describe("AksCluster", () => {
  let recording: Recording;
  let handle: AksCluster;

  before(async () => {
    ({ recording, handle } = await recordAks());
  });

  it("signs in to its own subscription and tenant", () => {
    assert.deepEqual(byName(recording, "cluster-azure").inputs, {
      subscriptionId: SUBSCRIPTION,
      tenantId: TENANT,
      location: "westeurope",
      environment: "public",
    });
  });

  it("tags what it makes with the cluster's name and who manages it", () => {
    // What Azure lets nobody tag.
    const bare =
      /:(RoleAssignment|Subnet|Key|BlobContainer|BlobServiceProperties|ManagementPolicy|ManagementLockByScope|PrivateDnsZoneGroup|DiagnosticSetting|MaintenanceConfiguration)$/;
    const untagged = recording.resources
      .filter(({ type }) => type.startsWith("azure-native:") && !bare.test(type))
      .filter(
        ({ inputs }) =>
          JSON.stringify(inputs["tags"]) !== '{"cluster":"shop-prod","managed-by":"slipway"}',
      );
    assert.deepEqual(
      untagged.map(({ name }) => name),
      [],
    );
  });

  describe("who gets in", () => {
    const grantsOf = (who: string) =>
      byType(recording, ROLE)
        .filter(({ name }) => name.startsWith(`cluster-${who}-`))
        .map(({ inputs }) => [
          inputs["principalId"],
          inputs["principalType"],
          inputs["roleDefinitionId"],
          inputs["scope"],
        ])
        .toSorted();
    const scope = `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-prod`;
    const fetches = definition("4abbcc35-e782-43d8-92c5-2d3f1bd2253f");

    it("is the deployer and the admins, who may do everything", () => {
      const rules = definition("b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b");
      assert.deepEqual(grantsOf("admin"), [
        [DEPLOYER, "ServicePrincipal", fetches, scope],
        [DEPLOYER, "ServicePrincipal", rules, scope],
        [ADMINS, "Group", fetches, scope],
        [ADMINS, "Group", rules, scope],
      ]);
    });

    it("is the viewers, who may look at everything but Secrets", () => {
      const looks = definition("7f6c6a51-bcf8-42ba-9220-52d62157d7db");
      assert.deepEqual(grantsOf("viewer"), [
        [VIEWERS, "Group", fetches, scope],
        [VIEWERS, "Group", looks, scope],
      ]);
    });

    it("is settled before the cluster, so that Azure knows of it when the cluster is there", () => {
      const before = allBefore(recording, "cluster-aks");
      for (const who of [`admin-${DEPLOYER}`, `admin-${ADMINS}`]) {
        assert.ok(before.has(`cluster-${who}-rules`), who);
      }
      assert.ok(before.has(`cluster-viewer-${VIEWERS}-looks`));
    });

    it("has names that are always the same, and that Azure takes", () => {
      const names = byType(recording, ROLE).map(({ inputs }) => inputs["roleAssignmentName"]);
      assert.equal(new Set(names).size, names.length);
      for (const name of names) {
        assert.match(String(name), /^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
      }
      const [first] = byType(recording, ROLE);
      assert.equal(first?.deleteBeforeReplace, true);
    });
  });

  describe("order", () => {
    it("lets everything in the cluster come after access, pools, windows, logs and lock", () => {
      const before = allBefore(recording, "cluster-provider");
      for (const name of [
        `cluster-admin-${DEPLOYER}-rules`,
        "cluster-pool-general1",
        "cluster-pool-general2",
        "cluster-pool-general3",
        "cluster-pool-system2",
        "cluster-pool-system3",
        "cluster-maintenance-cluster",
        "cluster-maintenance-nodes",
        "cluster-logs-setting",
        "cluster-lock-cluster",
      ]) {
        assert.ok(before.has(name), name);
      }
      for (const storageClass of byType(recording, "kubernetes:storage.k8s.io/v1:StorageClass")) {
        assert.equal(storageClass.providerUrn, byName(recording, "cluster-provider").urn);
      }
    });

    it("makes the cluster after its rights, keys, network, ways out and places for logs", () => {
      const before = allBefore(recording, "cluster-aks");
      for (const name of [
        "cluster-control-plane-manages-network",
        "cluster-control-plane-manages-nodes",
        "cluster-control-plane-manages-vault",
        "cluster-control-plane-manages-keys",
        "cluster-key-etcd",
        "cluster-subnet-api-server",
        "cluster-subnet-nodes-3",
        "cluster-egress-3",
        "cluster-logs",
        "cluster-flow-logs",
      ]) {
        assert.ok(before.has(name), name);
      }
    });

    it("makes one subnet after another, because Azure refuses two changes of a network at once", () => {
      const subnets = byType(recording, "azure-native:network:Subnet").map(({ name }) => name);
      assert.equal(subnets.length, 7);
      for (const [index, name] of subnets.entries()) {
        const before = allBefore(recording, name);
        assert.deepEqual(
          subnets.slice(0, index).filter((earlier) => !before.has(earlier)),
          [],
        );
      }
    });
  });

  describe("provider", () => {
    it("has a constant identity and the options that make updates safe", () => {
      const { kubeconfig, ...rest } = byName(recording, "cluster-provider").inputs;
      assert.ok(kubeconfig instanceof Secret);
      assert.deepEqual(rest, {
        context: "shop-prod",
        clusterIdentifier: `aks/${SUBSCRIPTION}/shop-prod`,
        enableServerSideApply: "true",
        enableConfigMapMutable: "true",
        enableSecretMutable: "true",
      });
      assert.equal(handle.clusterIdentifier, `aks/${SUBSCRIPTION}/shop-prod`);
    });

    it("signs in through kubelogin, with no credential in a kubeconfig that is secret", () => {
      const { kubeconfig } = byName(recording, "cluster-provider").inputs;
      assert.ok(kubeconfig instanceof Secret);
      const config = JSON.parse(String(kubeconfig.value)) as {
        readonly clusters: readonly { readonly cluster: Record<string, string> }[];
        readonly users: readonly { readonly user: Record<string, unknown> }[];
      };
      const [{ cluster } = { cluster: {} }] = config.clusters;
      assert.match(String(cluster["server"]), /^https:\/\/.*\.hcp\.westeurope\.azmk8s\.io/);
      assert.match(String(cluster["certificate-authority-data"]), /^[A-Za-z0-9+/=]+$/);
      assert.deepEqual(config.users, [
        {
          name: "shop-prod",
          user: {
            exec: {
              apiVersion: "client.authentication.k8s.io/v1beta1",
              command: "kubelogin",
              args: [
                ...["get-token", "--login", "azurecli", "--environment", "AzurePublicCloud"],
                ...["--tenant-id", TENANT, "--server-id", "6dae42f8-4368-4678-94ff-3960e28e3630"],
              ],
              env: [],
              interactiveMode: "Never",
              provideClusterInfo: true,
              installHint:
                "Install kubelogin: az aks install-cli, or see azure.github.io/kubelogin.",
            },
          },
        },
      ]);
    });
  });

  it("refuses what the check refuses, and makes nothing", async () => {
    await assert.rejects(recordAks({ zones: ["1"] }), (error: Error) => {
      assert.match(error.message, /1\. zones: got 1, expected at least 3, because/);
      return true;
    });
  });
});
