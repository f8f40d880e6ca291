import { ADD_ON_RESOURCES } from "../../../components/platform/add-on-resources.ts";
import { VELERO_DEFAULTS } from "../../../components/platform/velero-settings.ts";
import { flag, partResources, schedule, section, wholeNumber } from "../values.ts";

/** Shape of `slipway:platform.velero`. */
export const veleroSchema = section(
  { description: "Backups of the cluster's objects and volumes.", rows: ["B-27", "C-73", "D-91"] },
  {
    enabled: flag({
      description: "Whether it is installed. Needs a cluster with an object store for backups.",
      rows: ["B-27"],
    }).default(VELERO_DEFAULTS.enabled),
    schedule: schedule({
      description: "When everything is backed up: five fields, in UTC.",
    }).default(VELERO_DEFAULTS.schedule),
    keepDays: wholeNumber(
      { description: "Days after which a backup and its snapshots are deleted.", rows: ["D-91"] },
      1,
      365,
    ).default(VELERO_DEFAULTS.keepDays),
    resources: partResources(ADD_ON_RESOURCES.velero),
  },
).default(VELERO_DEFAULTS);
