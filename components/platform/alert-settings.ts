import type * as pulumi from "@pulumi/pulumi";

/** The least severe alert that a receiver is told of; `none` is a receiver that is off. */
export type AlertFloor = "critical" | "warning" | "info" | "none";

/** Where alerts arrive as e-mail. */
export interface AlertEmailSettings {
  readonly from: AlertFloor;
  readonly to: string;
  readonly sender: string;
  /** Host of the mail server. */
  readonly host: string;
  /** Its port, such as 587. The connection is encrypted on any. */
  readonly port: number;
  /** Absent where the server lets anybody send; its password is a secret of the stack. */
  readonly username?: string;
}

/** Who is told of alerts (`slipway:platform.monitoring.alerts`). Addresses and keys are secrets of the stack. */
export interface AlertSettings {
  /** A channel of Slack, which its webhook names. */
  readonly slack: AlertFloor;
  /** A service of PagerDuty, which its routing key names. */
  readonly pagerDuty: AlertFloor;
  /** Any program that takes Alertmanager's own JSON. */
  readonly webhook: AlertFloor;
  readonly email?: AlertEmailSettings;
  /**
   * Whether an alert that always fires is sent each minute to a service that makes noise when it stops
   * coming: nothing inside the cluster can say that the cluster says nothing any more.
   */
  readonly deadMansSwitch: boolean;
}

/** Nobody is told: a stack says whom. */
export const ALERT_DEFAULTS: AlertSettings = {
  slack: "none",
  pagerDuty: "none",
  webhook: "none",
  deadMansSwitch: false,
};

/** Ways to a receiver that are as good as a password, by purpose. */
export interface AlertSecretTexts {
  readonly slackUrl?: string;
  readonly pagerDutyKey?: string;
  readonly webhookUrl?: string;
  readonly emailPassword?: string;
  readonly deadMansSwitchUrl?: string;
}

export type AlertSecretName = keyof AlertSecretTexts;

/** The same as the stack keeps them. */
export type AlertSecrets = Readonly<Partial<Record<AlertSecretName, pulumi.Output<string>>>>;

/** The secrets that the receivers of a stack need, in the order of the settings. */
export function neededAlertSecrets(alerts: AlertSettings): AlertSecretName[] {
  const { slack, pagerDuty, webhook, email, deadMansSwitch } = alerts;
  return [
    ...(slack === "none" ? [] : ["slackUrl" as const]),
    ...(pagerDuty === "none" ? [] : ["pagerDutyKey" as const]),
    ...(webhook === "none" ? [] : ["webhookUrl" as const]),
    ...(email === undefined || email.from === "none" || email.username === undefined
      ? []
      : ["emailPassword" as const]),
    ...(deadMansSwitch ? ["deadMansSwitchUrl" as const] : []),
  ];
}

/** Ports of services on the internet that the receivers are reached at. */
export function alertPorts({ email }: AlertSettings): number[] {
  return [443, ...(email === undefined || email.from === "none" ? [] : [email.port])];
}
