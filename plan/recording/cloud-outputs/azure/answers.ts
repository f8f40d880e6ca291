import { CREATED, type CloudResource } from "../cloud-resource.ts";
import { asUuid, digest } from "../drawn-numbers.ts";
import type { Properties } from "../properties.ts";
import type { AzureOutputs } from "./azure-outputs.ts";
import { AKS } from "./containers.ts";

const succeeded = { provisioningState: "Succeeded" };

/** What everything on a network has. */
const onNetwork = (r: CloudResource): Properties => ({ ...succeeded, etag: r.uuid("etag") });
const withGuid = (r: CloudResource): Properties => ({
  ...onNetwork(r),
  resourceGuid: r.uuid("resource"),
});

const STORAGE_KINDS = ["blob", "dfs", "file", "queue", "table", "web"];

const OUTPUTS: Readonly<Record<string, AzureOutputs>> = {
  "network:VirtualNetwork": (r) => ({ ...withGuid(r), flowLogs: [] }),
  "network:Subnet": onNetwork,
  "network:NatGateway": withGuid,
  "network:PublicIPAddress": (r) => ({
    ...withGuid(r),
    ipAddress: r.text("ipAddress", r.publicAddress()),
  }),
  "network:NetworkSecurityGroup": (r) => ({
    ...withGuid(r),
    defaultSecurityRules: [],
    flowLogs: [],
  }),
  "network:PrivateEndpoint": onNetwork,
  "network:PrivateDnsZoneGroup": onNetwork,
  "network:FlowLog": (r) => ({ ...onNetwork(r), targetResourceGuid: r.uuid("target") }),
  "network:NetworkWatcher": onNetwork,
  "privatedns:PrivateZone": (r) => ({
    ...onNetwork(r),
    location: r.text("location", "global"),
    internalId: r.hex("internal", 24),
    maxNumberOfRecordSets: 25000,
    maxNumberOfVirtualNetworkLinks: 1000,
    maxNumberOfVirtualNetworkLinksWithRegistration: 100,
    numberOfRecordSets: 1,
    numberOfVirtualNetworkLinks: 0,
    numberOfVirtualNetworkLinksWithRegistration: 0,
  }),
  "privatedns:VirtualNetworkLink": (r) => ({
    ...onNetwork(r),
    virtualNetworkLinkState: "Completed",
  }),
  "dns:Zone": (r) => ({
    location: r.text("location", "global"),
    etag: r.uuid("etag"),
    maxNumberOfRecordSets: 10000,
    maxNumberOfRecordsPerRecordSet: 20,
    numberOfRecordSets: 2,
    nameServers: ["com", "net", "org", "info"].map((end, n) => `ns${n + 1}-04.azure-dns.${end}.`),
    signingKeys: [],
  }),
  ...AKS,
  "managedidentity:UserAssignedIdentity": (r) => ({
    clientId: r.uuid("client"),
    principalId: r.uuid("principal"),
    tenantId: r.account.tenantId,
  }),
  "authorization:RoleAssignment": () => ({
    createdBy: "",
    createdOn: CREATED,
    updatedBy: "",
    updatedOn: CREATED,
  }),
  "keyvault:Vault": (r, name) => ({
    properties: {
      ...r.map("properties"),
      vaultUri: `https://${name}.vault.azure.net/`,
      ...succeeded,
    },
  }),
  "keyvault:Key": (r, name) => {
    const keyUri = `https://${r.text("vaultName")}.vault.azure.net/keys/${name}`;
    const shown = ["attributes", "curveName", "keyOps", "keySize", "kty", "rotationPolicy"];
    const given = r.map("properties");
    return {
      keyUri,
      keyUriWithVersion: `${keyUri}/${r.hex("version", 32)}`,
      location: r.account.location,
      ...Object.fromEntries(shown.flatMap((key) => (key in given ? [[key, given[key]]] : []))),
    };
  },
  "keyvault:Secret": (r, name) => {
    const secretUri = `https://${r.text("vaultName")}.vault.azure.net/secrets/${name}`;
    return {
      location: r.account.location,
      properties: { secretUri, secretUriWithVersion: `${secretUri}/${r.hex("version", 32)}` },
    };
  },
  "operationalinsights:Workspace": (r) => ({
    ...succeeded,
    createdDate: CREATED,
    modifiedDate: CREATED,
    customerId: r.uuid("customer"),
    privateLinkScopedResources: [],
  }),
  "storage:StorageAccount": (r, name) => ({
    ...succeeded,
    creationTime: CREATED,
    primaryEndpoints: Object.fromEntries(
      STORAGE_KINDS.map((kind) => [kind, `https://${name}.${kind}.core.windows.net/`]),
    ),
    primaryLocation: r.text("location", r.account.location),
    statusOfPrimary: "available",
    privateEndpointConnections: [],
  }),
  "storage:BlobContainer": (r) => ({
    deleted: false,
    etag: `"0x${r.hex("etag", 15).toUpperCase()}"`,
    hasImmutabilityPolicy: false,
    hasLegalHold: false,
    lastModifiedTime: CREATED,
    leaseState: "Available",
    leaseStatus: "Unlocked",
  }),
  "storage:ManagementPolicy": () => ({ lastModifiedTime: CREATED }),
  "dbforpostgresql:Server": (r, name) => ({
    fullyQualifiedDomainName: `${name}.postgres.database.azure.com`,
    minorVersion: "1",
    privateEndpointConnections: [],
    replicaCapacity: 5,
    state: "Ready",
  }),
  "dbforpostgresql:Configuration": () => ({
    allowedValues: "",
    dataType: "String",
    defaultValue: "",
    description: "",
    documentationLink: "",
    isConfigPendingRestart: false,
    isDynamicConfig: true,
    isReadOnly: false,
    unit: "",
  }),
  "containerregistry:Registry": (_r, name) => ({
    ...succeeded,
    creationDate: CREATED,
    dataEndpointHostNames: [],
    loginServer: `${name.toLowerCase()}.azurecr.io`,
    privateEndpointConnections: [],
  }),
  "compute:DiskEncryptionSet": () => ({
    ...succeeded,
    lastKeyRotationTimestamp: CREATED,
    previousKeys: [],
  }),
};

/** The outputs of a type; none for one that has no row here. */
export function azureOutputs(r: CloudResource, name: string, id: string): Properties {
  const rule = OUTPUTS[r.type.replace(/^azure-native:/, "")];
  return { ...identityOf(r, id), ...rule?.(r, name, id) };
}

/** The principal that Azure makes for a resource that asks for an identity of its own. */
function identityOf(r: CloudResource, id: string): Properties {
  const type = r.at("identity", "type");
  if (typeof type !== "string" || !type.includes("SystemAssigned")) return {};
  const principalId = asUuid(digest(`principal of ${id}`));
  return { identity: { principalId, tenantId: r.account.tenantId } };
}
