import type { SecretBackend } from "../core/secret-backend.ts";
import type { ResourceOverrides } from "./add-on-resources.ts";
import type { EnvoyGatewaySettings, RouteKind } from "./envoy-gateway-settings.ts";
import type { ExternalSecretsSettings } from "./external-secrets-settings.ts";
import type { PostgresOperatorSettings } from "./postgres-operator-settings.ts";
import type { SealedSecretsSettings } from "./sealed-secrets.ts";
import type { VeleroSettings } from "./velero-settings.ts";
import type { AlertSettings } from "./alert-settings.ts";
import type { LoggingSettings } from "./logging-settings.ts";
import type { TracingSettings } from "./tracing-settings.ts";

/** What the stack file says of cert-manager (`slipway:platform.certManager`). */
export interface CertManagerSettings {
  readonly enabled: boolean;
  /** Replicas of the controller and of its webhook, 1 to 5. */
  readonly replicas: number;
  /** Where the ACME authority sends warnings of expiry (T-39, E-52). A human has to supply it. */
  readonly acmeEmail: string;
  /** Sizes of its containers, by part, where they differ from add-on-resources.ts. */
  readonly resources?: ResourceOverrides;
}

/** What the stack file says of ingress-nginx (`slipway:platform.ingressNginx`). */
export interface IngressNginxSettings {
  readonly enabled: boolean;
  /** Replicas of the controller, 1 to 20. */
  readonly replicas: number;
  /** Whether its load balancer has an address on the internet or only inside the network. */
  readonly exposure: "public" | "internal";
  /** Sizes of its containers, by part, where they differ from add-on-resources.ts. */
  readonly resources?: ResourceOverrides;
}

/** What the stack file says of kube-prometheus-stack (`slipway:platform.monitoring`). */
export interface MonitoringSettings {
  readonly enabled: boolean;
  /** Replicas of Prometheus and of Alertmanager, 1 to 5. */
  readonly replicas: number;
  /** How long Prometheus keeps samples, in days, 1 to 365. */
  readonly retentionDays: number;
  /** Size of each Prometheus volume, such as `50Gi`. */
  readonly prometheusStorage: string;
  /** Who is told of alerts; nobody where it is absent. */
  readonly alerts?: AlertSettings;
  /** Sizes of its containers, by part, where they differ from add-on-resources.ts. */
  readonly resources?: ResourceOverrides;
}

/** What the stack file says of metrics-server (`slipway:platform.metricsServer`). */
export interface MetricsServerSettings {
  /** Installed only where the cluster has none of its own. */
  readonly enabled: boolean;
  /** Replicas, 1 to 5. */
  readonly replicas: number;
  /** Whether the certificates of kubelets are not looked at: kind and minikube need it. */
  readonly kubeletInsecureTls: boolean;
  /** Sizes of its containers, by part, where they differ from add-on-resources.ts. */
  readonly resources?: ResourceOverrides;
}

/** What the stack file says of prometheus-adapter (`slipway:platform.prometheusAdapter`). */
export interface PrometheusAdapterSettings {
  /** Needs monitoring. */
  readonly enabled: boolean;
  /** Replicas, 1 to 5. */
  readonly replicas: number;
  /** Sizes of its containers, by part, where they differ from add-on-resources.ts. */
  readonly resources?: ResourceOverrides;
}

/** What the stack file says of the VPA (`slipway:platform.verticalPodAutoscaler`). */
export interface VerticalPodAutoscalerSettings {
  /** Installed only where the cluster has none of its own. Recommends, and changes nothing (D-94). */
  readonly enabled: boolean;
  /** Sizes of its containers, by part, where they differ from add-on-resources.ts. */
  readonly resources?: ResourceOverrides;
}

/** What the stack file says of the API server's own rules for pods (`slipway:platform.admission`). */
export interface AdmissionSettings {
  /** Cannot be off under guard strict. */
  readonly enabled: boolean;
  /** Registries whose images systems may run, such as `registry.example.com/team`; none: any. */
  readonly allowedRegistries: readonly string[];
}

/** What the stack file says of the cluster autoscaler (`slipway:platform.clusterAutoscaler`). */
export interface ClusterAutoscalerSettings {
  /** Installed only where the cluster has none of its own. */
  readonly enabled: boolean;
  /** Replicas, 1 to 5. */
  readonly replicas: number;
  /** Sizes of its containers, by part, where they differ from add-on-resources.ts. */
  readonly resources?: ResourceOverrides;
}

/** What the stack file says of the load balancer controller (`slipway:platform.loadBalancerController`). */
export interface LoadBalancerControllerSettings {
  /** Installed only where the cluster makes no load balancers itself. */
  readonly enabled: boolean;
  /** Replicas, 1 to 5. */
  readonly replicas: number;
  /** Sizes of its containers, by part, where they differ from add-on-resources.ts. */
  readonly resources?: ResourceOverrides;
}

/** What the stack file says of external-dns (`slipway:platform.externalDns`). */
export interface ExternalDnsSettings {
  /** Needs a DNS zone of the cluster. */
  readonly enabled: boolean;
  /** Whether names that nothing asks for any more stay (`upsert-only`) or go (`sync`). */
  readonly policy: "upsert-only" | "sync";
  /** Sizes of its containers, by part, where they differ from add-on-resources.ts. */
  readonly resources?: ResourceOverrides;
}

/** The add-ons of a stack (`slipway:platform`). */
export interface PlatformSettings {
  readonly certManager: CertManagerSettings;
  readonly ingressNginx: IngressNginxSettings;
  readonly envoyGateway: EnvoyGatewaySettings;
  /**
   * What routes of systems are made of. From `ingress` to `gateway` by way of `both`, which serves every
   * host twice until its name leads to the new load balancer.
   */
  readonly routes: RouteKind;
  readonly monitoring: MonitoringSettings;
  readonly metricsServer: MetricsServerSettings;
  readonly prometheusAdapter: PrometheusAdapterSettings;
  readonly verticalPodAutoscaler: VerticalPodAutoscalerSettings;
  /**
   * Where the public images of the systems are pulled from, such as `registry.example.com/mirror`: each
   * below it under its whole name. Images of the applications, and those of the add-ons' charts, are not.
   * Another prefix restarts the data stores.
   */
  readonly imageMirrorPrefix?: string;
  readonly admission: AdmissionSettings;
  readonly clusterAutoscaler: ClusterAutoscalerSettings;
  readonly loadBalancerController: LoadBalancerControllerSettings;
  readonly externalDns: ExternalDnsSettings;
  readonly velero: VeleroSettings;
  readonly postgresOperator: PostgresOperatorSettings;
  readonly externalSecrets: ExternalSecretsSettings;
  readonly sealedSecrets: SealedSecretsSettings;
  /**
   * Where the Secrets of systems come from (E-51): generated as they are; generated and kept in the store
   * of the cluster's cloud, out of which externalSecrets fetches them; or sealed by people, for
   * sealedSecrets to open. From native to external, values stay; to sealed they are what people seal.
   */
  readonly secretBackend: SecretBackend["kind"];
  readonly logging: LoggingSettings;
  readonly tracing: TracingSettings;
}
