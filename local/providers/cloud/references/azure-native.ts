import { references } from "./reference.ts";

const SUBNET = "network:Subnet, network:VirtualNetwork";
const IDENTITY = "managedidentity:UserAssignedIdentity";
const WORKSPACE = "operationalinsights:Workspace";

/** Besides what contains a resource, which its id says. */
export const AZURE_REFERENCES = references("azure-native", {
  "network:Subnet": [
    "natGateway.id > network:NatGateway",
    "networkSecurityGroup.id > network:NetworkSecurityGroup",
  ],
  "network:NatGateway": ["publicIpAddresses[].id > network:PublicIPAddress"],
  "network:PrivateEndpoint": [`subnet.id > ${SUBNET}`],
  "network:PrivateDnsZoneGroup": [
    "privateDnsZoneConfigs[].privateDnsZoneId >> privatedns:PrivateZone",
  ],
  "network:FlowLog": [
    "targetResourceId >> network:VirtualNetwork, network:Subnet, network:NetworkSecurityGroup",
    "storageId >> storage:StorageAccount",
  ],
  "privatedns:VirtualNetworkLink": ["virtualNetwork.id >> network:VirtualNetwork"],
  "containerservice:ManagedCluster": [
    `identity.userAssignedIdentities[] >> ${IDENTITY}`,
    `identityProfile.kubeletidentity.resourceId >> ${IDENTITY}`,
    `agentPoolProfiles[].vnetSubnetID > ${SUBNET}`,
    `apiServerAccessProfile.subnetId > ${SUBNET}`,
    "apiServerAccessProfile.privateDNSZone >> privatedns:PrivateZone",
    "diskEncryptionSetID > compute:DiskEncryptionSet",
    `addonProfiles.omsagent.config.logAnalyticsWorkspaceResourceID >> ${WORKSPACE}`,
  ],
  "containerservice:AgentPool": [`vnetSubnetID > ${SUBNET}`],
  "monitor:DiagnosticSetting": [
    `workspaceId >> ${WORKSPACE}`,
    "storageAccountId >> storage:StorageAccount",
  ],
  "dbforpostgresql:Server": [
    `network.delegatedSubnetResourceId > ${SUBNET}`,
    "network.privateDnsZoneArmResourceId >> privatedns:PrivateZone",
  ],
  "compute:DiskEncryptionSet": ["activeKey.sourceVault.id >> keyvault:Vault"],
});
