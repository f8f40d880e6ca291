import { fullName } from "../chart-names.ts";
import { textAt } from "../../json-access.ts";
import { service, type StandInChart } from "./stand-in-chart.ts";

/**
 * External Secrets: the Service of its webhook. Its definitions are not here, because no module proxy has
 * the version, so that a ClusterSecretStore is for real clusters alone.
 */
export const externalSecrets: StandInChart = {
  objects: (release) => {
    const name = fullName(
      release.name,
      "external-secrets",
      textAt(release.values, "fullnameOverride"),
    );
    const selector = {
      "app.kubernetes.io/name": "external-secrets-webhook",
      "app.kubernetes.io/instance": release.name,
    };
    return [
      service(release, `${name}-webhook`, selector, [
        { name: "webhook", port: 443, targetPort: "webhook" },
      ]),
    ];
  },
};
