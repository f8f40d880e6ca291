import { fullName } from "../chart-names.ts";
import { textAt } from "../../json-access.ts";
import { isOn, service, type StandInChart } from "./stand-in-chart.ts";

/** External Secrets: the Service of its webhook, and definitions of an older version. Nobody reads a store. */
export const externalSecrets: StandInChart = {
  definitions: {
    place: "templates",
    enabled: (values) => isOn(values, "installCRDs"),
    kept: (values) => textAt(values, "crds", "annotations", "helm.sh/resource-policy") === "keep",
  },
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
