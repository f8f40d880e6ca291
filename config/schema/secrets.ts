import type { AlertSecretName } from "../../components/platform/alert-settings.ts";
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
  alertSlackUrl: {
    description:
      "Address of Slack's incoming webhook for alerts. A person has to supply it, where Slack is told. (C-39)",
    whenAbsent: "supplied by a person",
  },
  alertPagerDutyKey: {
    description:
      "Routing key of PagerDuty's service for alerts. A person has to supply it, where PagerDuty is told. (C-39)",
    whenAbsent: "supplied by a person",
  },
  alertWebhookUrl: {
    description:
      "Address of a program that takes alerts: https on port 443, or a Service of the cluster. A person has to supply it, where the webhook is told. (C-39)",
    whenAbsent: "supplied by a person",
  },
  alertEmailPassword: {
    description:
      "Password at the mail server for alerts. A person has to supply it, where e-mail has a username. (C-39)",
    whenAbsent: "supplied by a person",
  },
  alertDeadMansSwitchUrl: {
    description:
      "Address that gets a sign of life each minute. A person has to supply it, where there is a dead man's switch. (C-39)",
    whenAbsent: "supplied by a person",
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

/** The keys of the ways to the receivers of alerts, by their purpose. */
export const ALERT_SECRET_KEYS = {
  slackUrl: "alertSlackUrl",
  pagerDutyKey: "alertPagerDutyKey",
  webhookUrl: "alertWebhookUrl",
  emailPassword: "alertEmailPassword",
  deadMansSwitchUrl: "alertDeadMansSwitchUrl",
} as const satisfies Record<AlertSecretName, SecretName>;
