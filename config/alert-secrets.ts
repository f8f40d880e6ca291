import * as pulumi from "@pulumi/pulumi";
import {
  neededAlertSecrets,
  type AlertSecretName,
  type AlertSecrets,
  type AlertSettings,
} from "../components/platform/alert-settings.ts";
import { ALERT_SECRET_KEYS, type SecretName } from "./schema/secrets.ts";

/** Obvious fakes: no such host can exist, and nobody has such a key. */
const PLACEHOLDERS: Readonly<Record<AlertSecretName, string>> = {
  slackUrl: "https://placeholder.invalid/slack",
  pagerDutyKey: "placeholder",
  webhookUrl: "https://placeholder.invalid/webhook",
  emailPassword: "placeholder",
  deadMansSwitchUrl: "https://placeholder.invalid/dead-mans-switch",
};

/** The ways to the receivers that are on, with fakes for those that a person has yet to supply. */
export function alertSecrets(
  alerts: AlertSettings | undefined,
  secret: (name: SecretName) => pulumi.Output<string> | undefined,
): AlertSecrets {
  const names = alerts === undefined ? [] : neededAlertSecrets(alerts);
  return Object.fromEntries(
    names.map((name) => [
      name,
      secret(ALERT_SECRET_KEYS[name]) ?? pulumi.secret(PLACEHOLDERS[name]),
    ]),
  );
}
