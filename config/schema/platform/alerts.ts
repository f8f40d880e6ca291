import { ALERT_DEFAULTS } from "../../../components/platform/alert-settings.ts";
import { email, flag, host, oneOf, section, wholeNumber, word } from "../values.ts";

const FLOORS = ["critical", "warning", "info", "none"] as const;

const floor = (description: string) =>
  oneOf({ description: `${description} The least severe alert that it hears, or none.` }, FLOORS);

/** Shape of `slipway:platform.monitoring.alerts`. */
export const alertsSchema = section(
  { description: "Who is told of alerts; under guard strict somebody has to be.", rows: ["C-39"] },
  {
    slack: floor("A channel of Slack. Needs the secret alertSlackUrl."),
    pagerDuty: floor("A service of PagerDuty. Needs the secret alertPagerDutyKey."),
    webhook: floor(
      "A program that takes Alertmanager's JSON. Needs the secret alertWebhookUrl.",
    ).default(ALERT_DEFAULTS.webhook),
    email: section(
      { description: "E-mail. With a username it needs the secret alertEmailPassword." },
      {
        from: floor("Which alerts are sent."),
        to: email({ description: "Who gets them." }),
        sender: email({ description: "Whom they come from." }),
        host: host({ description: "Host of the mail server." }),
        port: wholeNumber({ description: "Its port; the connection is encrypted." }, 1, 65535),
        username: word({ description: "Who Slipway is to the server." }, [
          "slipway",
          "alerts",
        ]).exactOptional(),
      },
    ).exactOptional(),
    deadMansSwitch: flag({
      description:
        "Whether a sign of life goes out each minute. Needs the secret alertDeadMansSwitchUrl.",
    }),
  },
);
