import { textAt } from "../../json-access.ts";
import type { Manifest } from "../../manifest.ts";
import { fullName } from "../chart-names.ts";
import type { ReleaseSpec } from "../release-inputs.ts";
import { service, type StandInChart } from "./stand-in-chart.ts";

/** external-dns: the Service of its metrics. Its one definition is left out, as nothing here uses it. */
export const externalDns: StandInChart = {
  objects: (release: ReleaseSpec): Manifest[] => {
    const name = fullName(release.name, "external-dns", textAt(release.values, "fullnameOverride"));
    const selector = {
      "app.kubernetes.io/name": "external-dns",
      "app.kubernetes.io/instance": release.name,
    };
    return [service(release, name, selector, [{ name: "http", port: 7979, targetPort: "http" }])];
  },
};
