import type { FixedFields } from "./fixed-fields.ts";

/**
 * Fields of Azure's that no resource can change. The names on the way to a resource, its group, its
 * scope and its location are fixed for all and are not listed.
 */
export const AZURE_FIXED: Readonly<Record<string, FixedFields>> = {
  "azure-native:network:PublicIPAddress": ["publicIPAddressVersion", "publicIPPrefix", "sku"],
  "azure-native:network:NatGateway": ["zones"],
  "azure-native:network:PrivateEndpoint": ["subnet"],
  "azure-native:containerservice:ManagedCluster": [
    "diskEncryptionSetID",
    "dnsPrefix",
    "fqdnSubdomain",
    "linuxProfile",
    "nodeResourceGroup",
    "windowsProfile",
    "networkProfile.dnsServiceIP",
    "networkProfile.networkDataplane",
    "networkProfile.networkMode",
    "networkProfile.networkPlugin",
    "networkProfile.networkPluginMode",
    "networkProfile.networkPolicy",
    "networkProfile.outboundType",
    "networkProfile.podCidr",
    "networkProfile.serviceCidr",
    "networkProfile.serviceCidrs",
  ],
  "azure-native:containerservice:AgentPool": ["gpuInstanceProfile", "vmSize"],
  "azure-native:authorization:RoleAssignment": ["principalId", "roleDefinitionId"],
  "azure-native:authorization:ManagementLockByScope": [],
  "azure-native:storage:StorageAccount": ["isHnsEnabled"],
  "azure-native:dbforpostgresql:Server": ["administratorLogin"],
};

/** Fields that the plugin sends although Azure refuses to change them: the update fails. */
export const AZURE_REFUSED: Readonly<Record<string, FixedFields>> = {
  "azure-native:containerservice:ManagedCluster": [
    "apiServerAccessProfile.enablePrivateCluster",
    "apiServerAccessProfile.enableVnetIntegration",
    "agentPoolProfiles.osDiskType",
    "agentPoolProfiles.osType",
    "agentPoolProfiles.vmSize",
    "agentPoolProfiles.vnetSubnetID",
  ],
  "azure-native:containerservice:AgentPool": [
    "availabilityZones",
    "enableNodePublicIP",
    "maxPods",
    "osDiskType",
    "osType",
    "podSubnetID",
    "scaleSetPriority",
    "vnetSubnetID",
  ],
  "azure-native:network:Subnet": ["defaultOutboundAccess"],
  "azure-native:dbforpostgresql:Server": [
    "network.delegatedSubnetResourceId",
    "dataEncryption.type",
  ],
  "azure-native:keyvault:Vault": ["properties.enablePurgeProtection", "properties.tenantId"],
};
