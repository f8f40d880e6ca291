import type { KaizenStudioSecrets } from "../../systems/kaizen-studio/settings.ts";

/** A flat key that holds a secret: objects would hand their secrets over in clear. */
export interface SecretKey {
  readonly description: string;
  /** What happens when the key is absent. */
  readonly whenAbsent: "generated" | "supplied by a person";
}

/** The keys of a stack that are secrets, each below `slipway:`. */
export const SECRET_KEYS = {
  kubeconfig: {
    description:
      "Content of a kubeconfig. A person has to supply it, unless slipway:cluster.kubeconfigFile is set.",
    whenAbsent: "supplied by a person",
  },
  grafanaAdminPassword: {
    description: "Password of Grafana's admin. Generated when absent. (D-77)",
    whenAbsent: "generated",
  },
  kaizenStudioAzureClientSecret: {
    description: "Secret of Kaizen Studio's sign-in provider. A person has to supply it. (E-33)",
    whenAbsent: "supplied by a person",
  },
  kaizenStudioPostgresPassword: {
    description: "Password of Kaizen Studio's database. Generated when absent. (K-18)",
    whenAbsent: "generated",
  },
  kaizenStudioRedisPassword: {
    description: "Password of Kaizen Studio's Redis. Generated when absent. (K-18)",
    whenAbsent: "generated",
  },
  kaizenStudioJwtSecret: {
    description:
      "Key that signs Kaizen Studio's sessions. Generated when absent; not with jwtAlgorithm RS256. (K-18, D-57)",
    whenAbsent: "generated",
  },
  kaizenStudioEncryptionKey: {
    description:
      "Key that encrypts Kaizen Studio's stored credentials. Generated when absent. (E-33)",
    whenAbsent: "generated",
  },
} as const satisfies Record<string, SecretKey>;

export type SecretName = keyof typeof SECRET_KEYS;

/** The keys of Kaizen Studio's secrets by their names in its settings. */
export const KAIZEN_STUDIO_SECRET_KEYS = {
  azureClientSecret: "kaizenStudioAzureClientSecret",
  postgresPassword: "kaizenStudioPostgresPassword",
  redisPassword: "kaizenStudioRedisPassword",
  jwtSecret: "kaizenStudioJwtSecret",
  encryptionKey: "kaizenStudioEncryptionKey",
} as const satisfies Record<keyof KaizenStudioSecrets, SecretName>;
