import { ChartAddOn } from "./chart-add-on.ts";
import { CHARTS } from "./charts.ts";
import type { PlatformSettings } from "./settings.ts";
import { stageOptions, type Stage } from "./stage.ts";
import { VELERO_ACCOUNT, veleroTraffic, veleroValues } from "./velero.ts";
import { veleroGrants } from "./velero-storage.ts";

/** Velero, where it is on; the checks made sure of the store. */
export function installVelero(stage: Stage, { velero }: PlatformSettings): ChartAddOn | undefined {
  const { cluster, monitored, surroundings } = stage.context;
  const store = cluster.objectStores.backups;
  if (!velero.enabled || store === undefined) return undefined;
  const pin = CHARTS.velero;
  const account = { namespace: pin.namespace, name: VELERO_ACCOUNT };
  const identity = cluster.identityFor(account, veleroGrants(store));
  return new ChartAddOn(
    `${stage.name}-velero`,
    {
      pin,
      values: veleroValues({ settings: velero, store, identity, monitored }),
      home: { podSecurity: "restricted", traffic: veleroTraffic(cluster), surroundings },
      skipCrds: false,
    },
    stageOptions(stage, identity.ready),
  );
}
