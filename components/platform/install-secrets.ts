import { ChartAddOn } from "./chart-add-on.ts";
import { CHARTS } from "./charts.ts";
import { ExternalSecrets } from "./external-secrets.ts";
import { EXTERNAL_SECRETS_ACCOUNT, externalSecretsTraffic } from "./external-secrets-values.ts";
import { sealedSecretsValues } from "./sealed-secrets.ts";
import type { PlatformSettings } from "./settings.ts";
import { sizesIn, stageOptions, type Stage } from "./stage.ts";

/** External Secrets, where it is on; the checks made sure of the store. */
export function installExternalSecrets(
  stage: Stage,
  { externalSecrets }: PlatformSettings,
): ExternalSecrets | undefined {
  const { guard, cluster, monitored, surroundings } = stage.context;
  const store = cluster.secretStore;
  if (!externalSecrets.enabled || store === undefined) return undefined;
  const account = {
    namespace: CHARTS.externalSecrets.namespace,
    name: EXTERNAL_SECRETS_ACCOUNT,
  };
  return new ExternalSecrets(
    `${stage.name}-external-secrets`,
    {
      replicas: externalSecrets.replicas,
      store,
      identity: cluster.identityFor(account, [{ purpose: "read-secrets", prefix: store.prefix }]),
      monitored,
      // What deletes every secret that came from outside has to be asked for twice where it would be felt.
      keepDefinitions: guard === "strict",
      traffic: externalSecretsTraffic(cluster),
      surroundings,
      ...sizesIn(externalSecrets),
    },
    stageOptions(stage),
  );
}

/** Sealed Secrets, where it is on: in kube-system, and so without a namespace of its own. */
export function installSealedSecrets(
  stage: Stage,
  { sealedSecrets }: PlatformSettings,
): ChartAddOn | undefined {
  if (!sealedSecrets.enabled) return undefined;
  return new ChartAddOn(
    `${stage.name}-sealed-secrets`,
    {
      pin: CHARTS.sealedSecrets,
      values: sealedSecretsValues(sealedSecrets, stage.context.monitored),
      // Its kind lies in the chart's crds folder; docs/runbooks/upgrade-definitions.md upgrades it.
      skipCrds: false,
    },
    stageOptions(stage),
  );
}
