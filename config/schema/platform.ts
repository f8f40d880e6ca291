import { ADD_ON_RESOURCES } from "../../components/platform/add-on-resources.ts";
import { PLATFORM_DEFAULTS } from "../../components/platform/settings-defaults.ts";
import { admissionSchema } from "./platform/admission.ts";
import { clusterAutoscalerSchema } from "./platform/cluster-autoscaler.ts";
import { envoyGatewaySchema, routesSchema } from "./platform/envoy-gateway.ts";
import { externalDnsSchema } from "./platform/external-dns.ts";
import { loadBalancerControllerSchema } from "./platform/load-balancer-controller.ts";
import { externalSecretsSchema } from "./platform/external-secrets.ts";
import { postgresOperatorSchema } from "./platform/postgres-operator.ts";
import { sealedSecretsSchema } from "./platform/sealed-secrets.ts";
import { veleroSchema } from "./platform/velero.ts";
import { alertsSchema } from "./platform/alerts.ts";
import {
  bytes,
  email,
  flag,
  imagePrefix,
  oneOf,
  partResources,
  section,
  wholeNumber,
} from "./values.ts";
import { loggingSchema } from "./platform/logging.ts";
import { tracingSchema } from "./platform/tracing.ts";

const {
  certManager,
  ingressNginx,
  metricsServer,
  monitoring,
  prometheusAdapter,
  verticalPodAutoscaler,
} = PLATFORM_DEFAULTS;

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
        resources: partResources(ADD_ON_RESOURCES.certManager),
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
        resources: partResources(ADD_ON_RESOURCES.ingressNginx),
      },
    ),
    envoyGateway: envoyGatewaySchema,
    routes: routesSchema,
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
        alerts: alertsSchema,
        resources: partResources(ADD_ON_RESOURCES.monitoring),
      },
    ),
    metricsServer: section(
      { description: "CPU and memory figures for autoscalers.", rows: ["P-02", "M-05", "B-20"] },
      {
        enabled: flag({
          description: "Whether it is installed, where the cluster has none of its own.",
        }).default(metricsServer.enabled),
        replicas: wholeNumber(
          { description: "Replicas; 2 or more under guard strict." },
          1,
          5,
        ).default(metricsServer.replicas),
        kubeletInsecureTls: flag({
          description: "Take any certificate of a kubelet, as kind and minikube need it.",
          rows: ["D-95"],
        }).default(metricsServer.kubeletInsecureTls),
        resources: partResources(ADD_ON_RESOURCES.metricsServer),
      },
    ).default(metricsServer),
    prometheusAdapter: section(
      { description: "Metrics of applications for autoscalers.", rows: ["T-22", "D-21", "E-06"] },
      {
        enabled: flag({ description: "Whether it is installed. Needs monitoring." }).default(
          prometheusAdapter.enabled,
        ),
        replicas: wholeNumber(
          { description: "Replicas; 2 or more under guard strict." },
          1,
          5,
        ).default(prometheusAdapter.replicas),
        resources: partResources(ADD_ON_RESOURCES.prometheusAdapter),
      },
    ).default(prometheusAdapter),
    verticalPodAutoscaler: section(
      { description: "Recommends sizes, and changes none.", rows: ["B-21", "D-94"] },
      {
        enabled: flag({
          description: "Whether it is installed, where the cluster has none of its own.",
        }).default(verticalPodAutoscaler.enabled),
        resources: partResources(ADD_ON_RESOURCES.verticalPodAutoscaler),
      },
    ).default(verticalPodAutoscaler),
    admission: admissionSchema,
    clusterAutoscaler: clusterAutoscalerSchema,
    loadBalancerController: loadBalancerControllerSchema,
    externalDns: externalDnsSchema,
    velero: veleroSchema,
    postgresOperator: postgresOperatorSchema,
    externalSecrets: externalSecretsSchema,
    sealedSecrets: sealedSecretsSchema,
    secretBackend: oneOf(
      {
        description:
          "Where the Secrets of systems come from: native generates them; external generates them into the store of the cluster's cloud, out of which externalSecrets fetches them; sealed takes what people sealed for sealedSecrets to open.",
        rows: ["E-51", "C-59", "C-60"],
      },
      ["native", "external", "sealed"],
    ).default(PLATFORM_DEFAULTS.secretBackend),
    imageMirrorPrefix: imagePrefix({
      description:
        "Registry and folder that mirror the public images of the systems, each below it under its whole name. Images of the add-ons' charts are not pulled from it. Another prefix restarts the data stores.",
      rows: ["E-02"],
    }).exactOptional(),
    logging: loggingSchema,
    tracing: tracingSchema,
  },
);
