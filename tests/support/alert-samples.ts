import type {
  AlertEmailSettings,
  AlertSecretTexts,
  AlertSettings,
} from "../../components/platform/alert-settings.ts";

const EMAIL = {
  from: "info",
  to: "oncall@studio.test",
  sender: "alerts@studio.test",
  host: "mail.studio.test",
  port: 587,
} as const satisfies AlertEmailSettings;

/** Every receiver on, each with another floor where there are enough. */
export const EVERY_RECEIVER = {
  slack: "warning",
  pagerDuty: "critical",
  webhook: "info",
  email: { ...EMAIL, username: "alerts" },
  deadMansSwitch: true,
} as const satisfies AlertSettings;

/** A mail server that lets anybody send, encrypted from the first byte. */
export const OPEN_EMAIL: AlertEmailSettings = { ...EMAIL, port: 465 };

/** Obviously fake ways to all of them. */
export const ALERT_SECRET_TEXTS = {
  slackUrl: "https://slack.invalid/fake",
  pagerDutyKey: "fake-routing-key",
  webhookUrl: "https://webhook.invalid/fake",
  emailPassword: "fake-password",
  deadMansSwitchUrl: "https://switch.invalid/fake",
} as const satisfies AlertSecretTexts;
