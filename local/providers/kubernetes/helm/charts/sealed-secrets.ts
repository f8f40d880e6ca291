import { fullName } from "../chart-names.ts";
import { textAt } from "../../json-access.ts";
import { CRDS_FOLDER, service, type StandInChart } from "./stand-in-chart.ts";

/** Sealed Secrets: the Services that kubeseal and Prometheus ask, and its definition. Nobody opens any. */
export const sealedSecrets: StandInChart = {
  definitions: CRDS_FOLDER,
  objects: (release) => {
    const name = fullName(
      release.name,
      "sealed-secrets",
      textAt(release.values, "fullnameOverride"),
    );
    const selector = {
      "app.kubernetes.io/name": "sealed-secrets",
      "app.kubernetes.io/instance": release.name,
    };
    return [
      service(release, name, selector, [{ name: "http", port: 8080, targetPort: "http" }]),
      service(release, `${name}-metrics`, selector, [
        { name: "metrics", port: 8081, targetPort: "metrics" },
      ]),
    ];
  },
};
