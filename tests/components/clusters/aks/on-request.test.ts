import assert from "node:assert/strict";
import { byName, byType } from "../../../../plan/recording.ts";
import { recordAks, SUBSCRIPTION } from "../../../support/aks-fixtures.ts";

describe("what a cluster on AKS has on request", () => {
  it("is a public zone in a group of its own, named in the handle by its id", async () => {
    const { recording, handle } = await recordAks({ dnsDomain: "shop.test" });
    const zone = byName(recording, "cluster-dns");
    assert.deepEqual(
      [zone.inputs["zoneName"], zone.inputs["zoneType"], zone.inputs["resourceGroupName"]],
      ["shop.test", "Public", "shop-prod-dns"],
    );
    const id = `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-prod-dns/providers/Microsoft.Network/dnsZones/shop.test`;
    assert.deepEqual(handle.dns, { api: "azuredns", zone: id, domain: "shop.test" });
  });

  it("is a registry without a password, from which the nodes may pull", async () => {
    const { recording } = await recordAks({ registry: true });
    const registry = byName(recording, "cluster-registry");
    assert.equal(registry.retainOnDelete, true);
    const { adminUserEnabled, anonymousPullEnabled, sku, registryName } = registry.inputs;
    assert.deepEqual(
      { adminUserEnabled, anonymousPullEnabled, sku },
      {
        adminUserEnabled: false,
        anonymousPullEnabled: false,
        sku: { name: "Standard" },
      },
    );
    assert.match(String(registryName), /^[a-z0-9]{5,50}$/);
    const right = byName(recording, "cluster-nodes-pull-images").inputs;
    assert.equal(
      right["principalId"],
      byName(recording, "cluster-identity-nodes").outputs["principalId"],
    );
    assert.match(String(right["roleDefinitionId"]), /7f951dda-4ed3-4680-a7ca-43fe172d538d$/);
    assert.match(String(right["scope"]), /registries\/[a-z0-9]+$/);
    const plain = await recordAks();
    assert.deepEqual(byType(plain.recording, "azure-native:containerregistry:Registry"), []);
  });
});
