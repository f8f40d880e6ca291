import type { CloudResource } from "../cloud-resource.ts";
import { isProperties, type Properties } from "../properties.ts";
import type { AzureOutputs } from "./azure-outputs.ts";

/** What AKS would choose for a cluster that asks for no version. */
const DEFAULT_VERSION = "1.34";

/** AKS completes `1.34` by the patch that it has. */
const fullVersion = (asked: string) => (/^\d+\.\d+$/.test(asked) ? `${asked}.1` : asked);

const nodeImage = (sku: unknown) => `AKS${typeof sku === "string" ? sku : "Ubuntu"}-202601.01.0`;

/** What a pool answers with, inline in its cluster or as a resource of its own. */
function poolOutputs(pool: Properties, version: string): Properties {
  const asked = pool["orchestratorVersion"];
  return {
    currentOrchestratorVersion: fullVersion(typeof asked === "string" ? asked : version),
    nodeImageVersion: nodeImage(pool["osSKU"]),
    powerState: { code: "Running" },
    provisioningState: "Succeeded",
  };
}

const groupOfNodes = (r: CloudResource, name: string) =>
  r.text(
    "nodeResourceGroup",
    `MC_${r.text("resourceGroupName")}_${name}_${r.text("location", r.account.location)}`,
  );

/** An identity that AKS makes in the group of the nodes, unless the program brings one. */
function madeIdentity(r: CloudResource, name: string, purpose: string): Properties {
  const group = `/subscriptions/${r.account.subscriptionId}/resourceGroups/${groupOfNodes(r, name)}`;
  return {
    clientId: r.uuid(`${purpose} client`),
    objectId: r.uuid(`${purpose} object`),
    resourceId: `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${purpose}`,
  };
}

function addonIdentities(r: CloudResource, name: string): Properties {
  const addons = Object.entries(r.map("addonProfiles")).filter(
    ([, profile]) => isProperties(profile) && profile["enabled"] === true,
  );
  return Object.fromEntries(
    addons.map(([addon]) => [
      addon,
      { identity: madeIdentity(r, name, `${addon.toLowerCase()}-${name}`) },
    ]),
  );
}

function clusterOutputs(r: CloudResource, name: string): Properties {
  const region = r.text("location", r.account.location);
  const host = `${r.text("dnsPrefix", r.text("fqdnSubdomain", name))}-${r.hex("host", 8)}`;
  const isPrivate = r.at("apiServerAccessProfile", "enablePrivateCluster") === true;
  const version = fullVersion(r.text("kubernetesVersion", DEFAULT_VERSION));
  const issuer = `https://${region}.oic.prod-aks.azure.com/${r.account.tenantId}/${r.uuid("issuer")}/`;
  const addonProfiles = addonIdentities(r, name);
  return {
    fqdn: `${host}.hcp.${region}.azmk8s.io`,
    azurePortalFQDN: `${host}.portal.hcp.${region}.azmk8s.io`,
    ...(isPrivate ? { privateFQDN: `${host}.privatelink.${region}.azmk8s.io` } : {}),
    currentKubernetesVersion: version,
    kubernetesVersion: r.text("kubernetesVersion", version),
    nodeResourceGroup: groupOfNodes(r, name),
    identityProfile: { kubeletidentity: madeIdentity(r, name, `${name}-agentpool`) },
    ...(r.at("oidcIssuerProfile", "enabled") === true
      ? { oidcIssuerProfile: { issuerURL: issuer } }
      : {}),
    ...(Object.keys(addonProfiles).length === 0 ? {} : { addonProfiles }),
    agentPoolProfiles: r
      .list("agentPoolProfiles")
      .filter(isProperties)
      .map((pool) => poolOutputs(pool, version)),
    maxAgentPools: 100,
    powerState: { code: "Running" },
    provisioningState: "Succeeded",
    resourceUID: r.hex("resource", 24),
    eTag: r.uuid("etag"),
  };
}

export const AKS: Readonly<Record<string, AzureOutputs>> = {
  "containerservice:ManagedCluster": clusterOutputs,
  "containerservice:AgentPool": (r) => ({
    ...poolOutputs(r.inputs, DEFAULT_VERSION),
    eTag: r.uuid("etag"),
  }),
};
