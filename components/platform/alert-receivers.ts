import type {
  AlertEmailSettings,
  AlertFloor,
  AlertSecretTexts,
  AlertSettings,
} from "./alert-settings.ts";

/** A receiver that is on. */
export interface AlertReceiver {
  readonly name: string;
  readonly from: Exclude<AlertFloor, "none">;
  /** The part of Alertmanager's `receivers` that is its own. */
  readonly config: object;
}

/** All lines of a message: what is wrong with each thing of the group, and where to read what to do. */
const EACH_ALERT = [
  "{{ range .Alerts }}",
  "*{{ .Annotations.summary }}*",
  "{{ .Annotations.description }}",
  "{{ with .Annotations.runbook_url }}Runbook: {{ . }}{{ end }}",
  "{{ end }}",
].join("\n");

const TITLE =
  "[{{ .Status | toUpper }}] {{ .CommonLabels.alertname }}" +
  "{{ with .CommonLabels.namespace }} in {{ . }}{{ end }}";

/**
 * The receivers that are on. One whose secret is missing is left out, which the checks of the platform
 * have refused before.
 */
export function alertReceivers(alerts: AlertSettings, secrets: AlertSecretTexts): AlertReceiver[] {
  const { slackUrl, pagerDutyKey, webhookUrl } = secrets;
  return [
    ...receiver("slack", alerts.slack, slackUrl, slackConfig),
    ...receiver("pagerduty", alerts.pagerDuty, pagerDutyKey, pagerDutyConfig),
    ...receiver("webhook", alerts.webhook, webhookUrl, webhookConfig),
    ...emailReceiver(alerts.email, secrets),
  ];
}

function receiver(
  name: string,
  from: AlertFloor,
  secret: string | undefined,
  config: (secret: string) => object,
): AlertReceiver[] {
  return from === "none" || secret === undefined ? [] : [{ name, from, config: config(secret) }];
}

function slackConfig(url: string): object {
  return {
    slack_configs: [
      {
        api_url: url,
        send_resolved: true,
        title: TITLE,
        text: EACH_ALERT,
        color: '{{ if eq .Status "firing" }}danger{{ else }}good{{ end }}',
      },
    ],
  };
}

function pagerDutyConfig(key: string): object {
  return {
    pagerduty_configs: [
      {
        routing_key: key,
        send_resolved: true,
        description: TITLE,
        severity: '{{ if eq .CommonLabels.severity "critical" }}critical{{ else }}warning{{ end }}',
        details: { alerts: EACH_ALERT },
      },
    ],
  };
}

function webhookConfig(url: string): object {
  return { webhook_configs: [{ url, send_resolved: true }] };
}

function emailReceiver(
  email: AlertEmailSettings | undefined,
  { emailPassword }: AlertSecretTexts,
): AlertReceiver[] {
  if (email === undefined || email.from === "none") return [];
  const { from, to, sender, host, port, username } = email;
  if (username !== undefined && emailPassword === undefined) return [];
  const config = {
    to,
    from: sender,
    smarthost: `${host}:${port}`,
    // Port 465 is encrypted from its first byte; on any other the server is asked to begin.
    require_tls: port !== SMTPS_PORT,
    send_resolved: true,
    headers: { Subject: TITLE },
    ...(username === undefined
      ? {}
      : { auth_username: username, auth_identity: username, auth_password: emailPassword }),
  };
  return [{ name: "email", from, config: { email_configs: [config] } }];
}

const SMTPS_PORT = 465;
