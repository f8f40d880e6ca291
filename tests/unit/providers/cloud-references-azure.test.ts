import assert from "node:assert/strict";
import fs from "node:fs";
import { CloudStandIn, emptyAccount } from "../../support/cloud-stand-in.ts";

describe("what stands on what at Azure", () => {
  let folder: string;
  let azure: CloudStandIn;
  const group = { resourceGroupName: "rg" };
  const network = { ...group, virtualNetworkName: "vnet" };
  const prefixes = { addressSpace: { addressPrefixes: ["10.0.0.0/16"] } };
  beforeEach(async () => {
    folder = emptyAccount();
    azure = await CloudStandIn.of("azure-native", folder);
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  it("everything needs what it lies in", async () => {
    const vnet = () => azure.create("network:VirtualNetwork", "v", { ...network, ...prefixes });
    await assert.rejects(
      vnet(),
      /Code="ResourceNotFound": there is no \/subscriptions\/1{8}-.*\/resourceGroups\/rg, which/,
    );
    await azure.create("resources:ResourceGroup", "rg", group);
    await vnet();
  });

  it("a subnet holds its gateway, and is held by who uses it, whatever the capitals", async () => {
    const rg = await azure.create("resources:ResourceGroup", "rg", group);
    const gateway = await azure.create("network:NatGateway", "nat", {
      ...group,
      natGatewayName: "nat",
    });
    await azure.create("network:VirtualNetwork", "v", { ...network, ...prefixes });
    const subnet = await azure.create("network:Subnet", "nodes", {
      ...network,
      addressPrefix: "10.0.0.0/20",
      natGateway: { id: gateway.id.toUpperCase().replace("/SUBSCRIPTIONS", "/subscriptions") },
    });
    await azure.create("network:PrivateEndpoint", "e", {
      ...group,
      privateEndpointName: "e",
      subnet: { id: subnet.id },
    });
    await assert.rejects(azure.delete(gateway), /NatGateway .* is still used by Subnet/);
    await assert.rejects(azure.delete(subnet), /Subnet .* is still used by PrivateEndpoint/);
    await azure.delete(rg);
    assert.deepEqual(azure.kinds(), [], "a group takes all that lies in it along");
  });

  it("a private zone with links stays", async () => {
    await azure.create("resources:ResourceGroup", "rg", group);
    const { id } = await azure.create("network:VirtualNetwork", "v", { ...network, ...prefixes });
    const zone = await azure.create("privatedns:PrivateZone", "z", {
      ...group,
      privateZoneName: "example.internal",
      location: "global",
    });
    const link = await azure.create("privatedns:VirtualNetworkLink", "l", {
      ...group,
      privateZoneName: "example.internal",
      virtualNetworkLinkName: "l",
      virtualNetwork: { id },
    });
    await assert.rejects(azure.delete(zone), /PrivateZone .* is still used by VirtualNetworkLink/);
    await azure.delete(link);
    await azure.delete(zone);
    assert.deepEqual(azure.kinds(), ["ResourceGroup", "VirtualNetwork"]);
  });

  it("roles are given on what exists, and below a subscription on all of it", async () => {
    const assign = (scope: string) =>
      azure.create("authorization:RoleAssignment", "r", {
        scope,
        principalId: "22222222-2222-4222-8222-222222222222",
        roleDefinitionId: "reader",
      });
    const subscription = "/subscriptions/11111111-1111-4111-8111-111111111111";
    await assign(subscription);
    await assert.rejects(assign(`${subscription}/resourceGroups/rg`), /there is no .*rg, which/);
    const rg = await azure.create("resources:ResourceGroup", "rg", group);
    const { id } = await assign(rg.id);
    assert.ok(id.startsWith(`${rg.id}/providers/Microsoft.Authorization/roleAssignments/`));
  });

  it("a lock keeps what it lies on and all in it, and what they lie in", async () => {
    const rg = await azure.create("resources:ResourceGroup", "rg", group);
    const vnet = await azure.create("network:VirtualNetwork", "v", { ...network, ...prefixes });
    const subnet = await azure.create("network:Subnet", "s", {
      ...network,
      addressPrefix: "10.0.0.0/20",
    });
    const lock = await azure.create("authorization:ManagementLockByScope", "l", {
      scope: vnet.id,
      lockName: "keep",
      level: "CanNotDelete",
    });
    for (const made of [vnet, subnet, rg]) {
      await assert.rejects(azure.delete(made), /Code="DeletionProtected": .* is locked by .*keep/);
    }
    await azure.delete(lock);
    await azure.delete(rg);
    assert.deepEqual(azure.kinds(), []);
  });

  it("taking back a storage account's settings leaves its containers", async () => {
    await azure.create("resources:ResourceGroup", "rg", group);
    const account = { ...group, accountName: "backupsoftest" };
    await azure.create("storage:StorageAccount", "a", account);
    const settings = await azure.create("storage:BlobServiceProperties", "versions", {
      ...account,
      blobServicesName: "default",
    });
    await azure.create("storage:BlobContainer", "dumps", account);
    await azure.delete(settings);
    assert.deepEqual(azure.kinds(), ["BlobContainer", "ResourceGroup", "StorageAccount"]);
  });

  it("an update that Azure refuses fails, although the plugin plans it", async () => {
    await azure.create("resources:ResourceGroup", "rg", group);
    const vault = { ...group, vaultName: "keys-of-test" };
    const made = await azure.create("keyvault:Vault", "v", {
      ...vault,
      properties: { enablePurgeProtection: true },
    });
    const off = { ...made.inputs, properties: { enablePurgeProtection: false } };
    const { changed } = await azure.diff(made, off);
    assert.equal(changed?.get("properties.enablePurgeProtection")?.replace, false);
    await assert.rejects(
      azure.update(made, off),
      /properties\.enablePurgeProtection cannot change/,
    );
  });
});
