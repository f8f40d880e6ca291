import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity.js";
import { FlowLog } from "@pulumi/azure-native/network/flowLog.js";
import type { Workspace } from "@pulumi/azure-native/operationalinsights/workspace.js";
import type { AksNetwork } from "./network.ts";
import type { AksStore } from "./object-stores.ts";
import type { AksPlace } from "./place.ts";
import { grantRole } from "./roles.ts";

/** Where Azure keeps the watcher of a region, which it makes itself with the first network there. */
const WATCHER_GROUP = "NetworkWatcherRG";
/** Minutes between two looks at the flows. */
const ANALYTICS_MINUTES = 60;

/**
 * Writes down who talked to whom in the network: whole into the account of the logs, whose own rules
 * delete what is old, and summed up into the workspace.
 */
export function flowLogs(
  place: AksPlace,
  { network }: AksNetwork,
  { account }: AksStore,
  workspace: Workspace,
): FlowLog {
  const { name, args, here, tags, child } = place;
  const { region } = args;
  const identity = new UserAssignedIdentity(
    `${name}-identity-flow-logs`,
    { ...here, resourceName: `${args.name}-flow-logs` },
    child(),
  );
  const access = grantRole(place, `${name}-flow-logs-write`, {
    role: "Storage Blob Data Contributor",
    principalId: identity.principalId,
    principalType: "ServicePrincipal",
    scope: account.id,
  });
  return new FlowLog(
    `${name}-flow-logs`,
    {
      resourceGroupName: WATCHER_GROUP,
      networkWatcherName: `NetworkWatcher_${region}`,
      location: region,
      tags,
      flowLogName: args.name,
      targetResourceId: network.id,
      storageId: account.id,
      // The account takes no keys.
      identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
      enabled: true,
      format: { type: "JSON", version: 2 },
      retentionPolicy: { enabled: false, days: 0 },
      flowAnalyticsConfiguration: {
        networkWatcherFlowAnalyticsConfiguration: {
          enabled: true,
          trafficAnalyticsInterval: ANALYTICS_MINUTES,
          workspaceId: workspace.customerId,
          workspaceRegion: region,
          workspaceResourceId: workspace.id,
        },
      },
    },
    child({ dependsOn: [access] }),
  );
}
