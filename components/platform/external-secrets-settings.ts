import type { ResourceOverrides } from "./add-on-resources.ts";

/** What the stack file says of External Secrets (`slipway:platform.externalSecrets`). */
export interface ExternalSecretsSettings {
  /** Needs a cluster with a store of secrets. */
  readonly enabled: boolean;
  /** Replicas of the controller, one of which is active, and of its webhook, 1 to 5. */
  readonly replicas: number;
  /** Sizes of its containers, by part, where they differ from add-on-resources.ts. */
  readonly resources?: ResourceOverrides;
}

export const EXTERNAL_SECRETS_DEFAULTS = {
  /** Off: secrets are native unless a stack says otherwise (E-51). */
  enabled: false,
  replicas: 2,
} as const satisfies ExternalSecretsSettings;
