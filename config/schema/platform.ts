import { PLATFORM_DEFAULTS } from "../../components/platform/settings-defaults.ts";
import { bytes, email, flag, imagePrefix, oneOf, section, wholeNumber } from "./values.ts";

const { certManager, ingressNginx, monitoring } = PLATFORM_DEFAULTS;

/** Shape of `slipway:platform`. */
export const platformSchema = section(
  { description: "The add-ons that the systems rely on.", rows: ["E-50"] },
  {
    certManager: section(
      { description: "Certificates, from Let's Encrypt or self-signed.", rows: ["T-39", "D-67"] },
      {
        enabled: flag({ description: "Whether it is installed.", rows: ["T-39", "K-05"] }).default(
          certManager.enabled,
        ),
        replicas: wholeNumber(
          { description: "Replicas of controller and webhook; 2 or more under guard strict." },
          1,
          5,
        ),
        acmeEmail: email({
          description: "Where Let's Encrypt sends warnings of expiry. A person has to supply it.",
          rows: ["T-39", "E-52"],
        }),
      },
    ),
    ingressNginx: section(
      { description: "The ingress controller.", rows: ["T-08", "D-68", "D-75"] },
      {
        enabled: flag({ description: "Whether it is installed.", rows: ["T-08", "K-05"] }).default(
          ingressNginx.enabled,
        ),
        replicas: wholeNumber(
          { description: "Replicas of the controller; 2 or more under guard strict." },
          1,
          20,
        ),
        exposure: oneOf(
          {
            description: "Whether its load balancer is on the internet or inside the network only.",
          },
          ["public", "internal"],
        ).default(ingressNginx.exposure),
      },
    ),
    monitoring: section(
      { description: "Prometheus, Alertmanager and Grafana.", rows: ["D-21", "K-05"] },
      {
        enabled: flag({ description: "Whether it is installed.", rows: ["D-21"] }).default(
          monitoring.enabled,
        ),
        replicas: wholeNumber(
          { description: "Replicas of Prometheus and Alertmanager; 2 or more under guard strict." },
          1,
          5,
        ),
        retentionDays: wholeNumber(
          { description: "How long Prometheus keeps samples, in days." },
          1,
          365,
        ),
        prometheusStorage: bytes({
          description: "Size of each Prometheus volume, such as 50Gi. It can grow, never shrink.",
        }),
      },
    ),
    imageMirrorPrefix: imagePrefix({
      description:
        "Registry and folder that mirror the public images of the systems, each below it under its whole name. Images of the add-ons' charts are not pulled from it. Another prefix restarts the data stores.",
      rows: ["E-02"],
    }).exactOptional(),
  },
);
