import { MaintenanceConfiguration } from "@pulumi/azure-native/containerservice/maintenanceConfiguration.js";
import type { ManagedCluster } from "@pulumi/azure-native/containerservice/managedCluster.js";
import type { input } from "@pulumi/azure-native/types/index.js";
import type { MaintenanceSettings, Weekday } from "../settings.ts";
import type { AksPlace } from "./place.ts";

/** Names that AKS gives to its windows: for new patches of Kubernetes, and for new images of nodes. */
export const WINDOWS = {
  cluster: "aksManagedAutoUpgradeSchedule",
  nodes: "aksManagedNodeOSUpgradeSchedule",
} as const;

/**
 * A window on one day of the week. AKS takes one day per window; more days are what a longer choice is
 * for elsewhere, and here the first counts for Kubernetes and the last for the nodes' images.
 */
export function maintenanceWindow(
  { start, hours, exclusions }: MaintenanceSettings,
  dayOfWeek: Weekday,
): input.containerservice.MaintenanceWindowArgs {
  return {
    schedule: { weekly: { intervalWeeks: 1, dayOfWeek } },
    startTime: start,
    durationHours: hours,
    utcOffset: "+00:00",
    notAllowedDates: exclusions.map(({ from, until }) => ({
      start: dateOf(Date.parse(from)),
      // The last day counts whole, and a time at midnight belongs to the day before.
      end: dateOf(Date.parse(until) - 1),
    })),
  };
}

/** AKS excludes whole days. */
const dateOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/** Tells AKS when it may change the cluster on its own. */
export function maintenanceWindows(
  { name, args, here, child }: AksPlace,
  cluster: ManagedCluster,
): MaintenanceConfiguration[] {
  const { days } = args.maintenance;
  const [first = "Sunday"] = days;
  const chosen = { cluster: first, nodes: days.at(-1) ?? first };
  return (["cluster", "nodes"] as const).map(
    (what) =>
      new MaintenanceConfiguration(
        `${name}-maintenance-${what}`,
        {
          resourceGroupName: here.resourceGroupName,
          resourceName: cluster.name,
          configName: WINDOWS[what],
          maintenanceWindow: maintenanceWindow(args.maintenance, chosen[what]),
        },
        child(),
      ),
  );
}
