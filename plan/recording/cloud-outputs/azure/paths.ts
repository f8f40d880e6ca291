/** Where a type of resource stands in Azure: whose it is, and the collections on the way to it. */
export interface AzurePath {
  readonly namespace: string;
  /** Collection and the input that names the one in it, outermost first. */
  readonly steps: readonly (readonly [collection: string, nameInput: string])[];
  /** The input with what the resource is about, for one that hangs on another and has no group. */
  readonly scope?: string;
}

type Row = readonly [namespace: string, ...steps: string[]];

const NETWORK = "Microsoft.Network";
const VNET = "virtualNetworks:virtualNetworkName";
const AKS = "Microsoft.ContainerService";
const CLUSTER = "managedClusters:resourceName";
const POSTGRES = "Microsoft.DBforPostgreSQL";
const SERVER = "flexibleServers:serverName";
const STORAGE = "Microsoft.Storage";
const ACCOUNT = "storageAccounts:accountName";
const IDENTITIES = "Microsoft.ManagedIdentity";
const IDENTITY = "userAssignedIdentities:resourceName";
const VAULT = "vaults:vaultName";
const BLOBS = "blobServices:=default";

const ROWS: Readonly<Record<string, Row>> = {
  "network:VirtualNetwork": [NETWORK, VNET],
  "network:Subnet": [NETWORK, VNET, "subnets:subnetName"],
  "network:NatGateway": [NETWORK, "natGateways:natGatewayName"],
  "network:PublicIPAddress": [NETWORK, "publicIPAddresses:publicIpAddressName"],
  "network:NetworkSecurityGroup": [NETWORK, "networkSecurityGroups:networkSecurityGroupName"],
  "network:PrivateEndpoint": [NETWORK, "privateEndpoints:privateEndpointName"],
  "network:PrivateDnsZoneGroup": [
    NETWORK,
    "privateEndpoints:privateEndpointName",
    "privateDnsZoneGroups:privateDnsZoneGroupName",
  ],
  "network:FlowLog": [NETWORK, "networkWatchers:networkWatcherName", "flowLogs:flowLogName"],
  "network:NetworkWatcher": [NETWORK, "networkWatchers:networkWatcherName"],
  "privatedns:PrivateZone": [NETWORK, "privateDnsZones:privateZoneName"],
  "privatedns:VirtualNetworkLink": [
    NETWORK,
    "privateDnsZones:privateZoneName",
    "virtualNetworkLinks:virtualNetworkLinkName",
  ],
  "dns:Zone": [NETWORK, "dnsZones:zoneName"],
  "containerservice:ManagedCluster": [AKS, CLUSTER],
  "containerservice:AgentPool": [AKS, CLUSTER, "agentPools:agentPoolName"],
  "containerservice:MaintenanceConfiguration": [
    AKS,
    CLUSTER,
    "maintenanceConfigurations:configName",
  ],
  "managedidentity:UserAssignedIdentity": [IDENTITIES, IDENTITY],
  "managedidentity:FederatedIdentityCredential": [
    IDENTITIES,
    IDENTITY,
    "federatedIdentityCredentials:federatedIdentityCredentialResourceName",
  ],
  "keyvault:Vault": ["Microsoft.KeyVault", VAULT],
  "keyvault:Key": ["Microsoft.KeyVault", VAULT, "keys:keyName"],
  "keyvault:Secret": ["Microsoft.KeyVault", VAULT, "secrets:secretName"],
  "operationalinsights:Workspace": ["Microsoft.OperationalInsights", "workspaces:workspaceName"],
  "storage:StorageAccount": [STORAGE, ACCOUNT],
  "storage:BlobServiceProperties": [STORAGE, ACCOUNT, "blobServices:blobServicesName"],
  "storage:BlobContainer": [STORAGE, ACCOUNT, BLOBS, "containers:containerName"],
  "storage:ManagementPolicy": [STORAGE, ACCOUNT, "managementPolicies:managementPolicyName"],
  "dbforpostgresql:Server": [POSTGRES, SERVER],
  "dbforpostgresql:Database": [POSTGRES, SERVER, "databases:databaseName"],
  "dbforpostgresql:Configuration": [POSTGRES, SERVER, "configurations:configurationName"],
  "dbforpostgresql:FirewallRule": [POSTGRES, SERVER, "firewallRules:firewallRuleName"],
  "containerregistry:Registry": ["Microsoft.ContainerRegistry", "registries:registryName"],
  "compute:DiskEncryptionSet": ["Microsoft.Compute", "diskEncryptionSets:diskEncryptionSetName"],
};

/** Those that hang on another resource and are found below it. */
const SCOPED: Readonly<Record<string, AzurePath>> = {
  "azure-native:authorization:RoleAssignment": {
    namespace: "Microsoft.Authorization",
    steps: [["roleAssignments", "roleAssignmentName"]],
    scope: "scope",
  },
  "azure-native:authorization:ManagementLockByScope": {
    namespace: "Microsoft.Authorization",
    steps: [["locks", "lockName"]],
    scope: "scope",
  },
  "azure-native:monitor:DiagnosticSetting": {
    namespace: "Microsoft.Insights",
    steps: [["diagnosticSettings", "name"]],
    scope: "resourceUri",
  },
};

function pathOf([namespace, ...steps]: Row): AzurePath {
  return {
    namespace,
    steps: steps.map((step) => {
      const [collection = "", nameInput = ""] = step.split(":");
      return [collection, nameInput];
    }),
  };
}

/** The paths by type token. A name input of `=default` is the name itself. */
export const AZURE_PATHS: Readonly<Record<string, AzurePath>> = {
  ...Object.fromEntries(
    Object.entries(ROWS).map(([type, row]) => [`azure-native:${type}`, pathOf(row)]),
  ),
  ...SCOPED,
};
