import type { input } from "@pulumi/gcp/types/index.js";
import { WEEKDAYS, type MaintenanceSettings, type Weekday } from "../settings.ts";

/** A Monday, from which the window's times are counted; any one would do. */
export const FIRST_MONDAY = "2026-01-05";
export const HOUR_MS = 60 * 60 * 1000;
export const DAY_MS = 24 * HOUR_MS;

/** Name of the exclusion that is ours: GKE raises the minor version only when the old one is too old. */
export const MINOR_VERSIONS = "minor-versions-are-raised-by-slipway";

/** The days in the order of the week, as RFC 5545 calls them. */
const byDay = (day: Weekday) => day.slice(0, 2).toUpperCase();

/** As GKE words a time: another spelling of the same one would be a change in every plan. */
const gkeTime = (time: number) => new Date(time).toISOString().replace(".000Z", "Z");

/** When a window on a day of that first week begins, in milliseconds. */
export function windowStart({ start }: MaintenanceSettings, day: Weekday): number {
  return Date.parse(`${FIRST_MONDAY}T${start}:00Z`) + WEEKDAYS.indexOf(day) * DAY_MS;
}

/** The days of the window, each once, in the order of the week. */
export function windowDays({ days }: Pick<MaintenanceSettings, "days">): Weekday[] {
  return WEEKDAYS.filter((day) => days.includes(day));
}

/**
 * When GKE may change control plane and nodes: patches in the window, and new minor versions not at all
 * while the one in use has support. Raising `kubernetesVersion` asks for no window.
 */
export function maintenancePolicy(
  settings: MaintenanceSettings,
): input.container.ClusterMaintenancePolicy {
  const days = windowDays(settings);
  const [first = "Monday"] = days;
  const begin = windowStart(settings, first);
  return {
    recurringWindow: {
      startTime: gkeTime(begin),
      endTime: gkeTime(begin + settings.hours * HOUR_MS),
      recurrence: `FREQ=WEEKLY;BYDAY=${days.map(byDay).join(",")}`,
    },
    maintenanceExclusions: [
      {
        exclusionName: MINOR_VERSIONS,
        startTime: `${FIRST_MONDAY}T00:00:00Z`,
        exclusionOptions: {
          scope: "NO_MINOR_UPGRADES",
          endTimeBehavior: "UNTIL_END_OF_SUPPORT",
        },
      },
      ...settings.exclusions.map(({ name, from, until }) => ({
        exclusionName: name,
        startTime: gkeTime(Date.parse(from)),
        endTime: gkeTime(Date.parse(until)),
        exclusionOptions: { scope: "NO_UPGRADES" },
      })),
    ],
  };
}
