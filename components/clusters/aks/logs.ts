import type { ManagedCluster } from "@pulumi/azure-native/containerservice/managedCluster.js";
import { DiagnosticSetting } from "@pulumi/azure-native/monitor/diagnosticSetting.js";
import { Workspace } from "@pulumi/azure-native/operationalinsights/workspace.js";
import { workspaceDays } from "./log-retention.ts";
import type { AksPlace } from "./place.ts";

/** What the control plane writes down: who changed what and who was let in, and why nodes came and went. */
const CATEGORIES = [
  "kube-audit-admin",
  "guard",
  "cluster-autoscaler",
  "kube-controller-manager",
] as const;

/** Where audit logs go; it is there before the cluster, so that nothing goes unseen. */
export function logWorkspace({ name, args, here, child }: AksPlace): Workspace {
  return new Workspace(
    `${name}-logs`,
    {
      ...here,
      workspaceName: args.name,
      sku: { name: "PerGB2018" },
      retentionInDays: workspaceDays(args),
    },
    child(),
  );
}

/** Has the cluster send its logs. */
export function clusterLogs(
  { name, child }: AksPlace,
  cluster: ManagedCluster,
  workspace: Workspace,
): DiagnosticSetting {
  return new DiagnosticSetting(
    `${name}-logs-setting`,
    {
      resourceUri: cluster.id,
      name: "slipway",
      workspaceId: workspace.id,
      // A table per kind of log, which can be searched and granted one by one.
      logAnalyticsDestinationType: "Dedicated",
      logs: CATEGORIES.map((category) => ({ category, enabled: true })),
    },
    child(),
  );
}
