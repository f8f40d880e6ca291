import { resourcesOf, type ResourceOverrides } from "./add-on-resources.ts";
import type { ChartValues } from "./chart-values.ts";
import { PRIORITY_CLASSES } from "./priority-class-names.ts";

/** What the stack file says of Sealed Secrets (`slipway:platform.sealedSecrets`). */
export interface SealedSecretsSettings {
  readonly enabled: boolean;
  /** Sizes of its containers, by part, where they differ from add-on-resources.ts. */
  readonly resources?: ResourceOverrides;
}

export const SEALED_SECRETS_DEFAULTS = {
  /** Off: secrets are native unless a stack says otherwise (E-51). */
  enabled: false,
} as const satisfies SealedSecretsSettings;

/**
 * From the project's own registry: Docker Hub's copy is under a name whose versions are no longer kept,
 * and lacks some. 0.36.4 is the last that its release notes call complete.
 */
const IMAGE = {
  registry: "ghcr.io",
  repository: "bitnami-labs/sealed-secrets-controller",
  tag: "0.36.4",
} as const;

/**
 * Values of the chart. One replica, which is all that it has: sealed secrets are opened when it is back.
 * Name and namespace are those that kubeseal looks for when it is told none (D-71).
 */
export function sealedSecretsValues(
  settings: Pick<SealedSecretsSettings, "resources">,
  monitored: boolean,
): ChartValues {
  return {
    fullnameOverride: "sealed-secrets-controller",
    image: IMAGE,
    priorityClassName: PRIORITY_CLASSES.platform.name,
    // Its containers are not root and hold no capability, by the chart's own values.
    resources: resourcesOf("sealedSecrets", settings.resources).controller,
    // Whoever may log in could ask for the certificate, which GKE refuses; admins may anyway, and the
    // certificate is no secret: kubeseal --cert FILE needs no right at all.
    rbac: { serviceProxier: { create: true, bind: false } },
    networkPolicy: { enabled: true },
    metrics: { serviceMonitor: { enabled: monitored } },
  };
}
