/** What the stack file says of cert-manager (`slipway:platform.certManager`). */
export interface CertManagerSettings {
  readonly enabled: boolean;
  /** Replicas of the controller and of its webhook, 1 to 5. */
  readonly replicas: number;
  /** Where the ACME authority sends warnings of expiry (T-39, E-52). A human has to supply it. */
  readonly acmeEmail: string;
}

/** What the stack file says of ingress-nginx (`slipway:platform.ingressNginx`). */
export interface IngressNginxSettings {
  readonly enabled: boolean;
  /** Replicas of the controller, 1 to 20. */
  readonly replicas: number;
  /** Whether its load balancer has an address on the internet or only inside the network. */
  readonly exposure: "public" | "internal";
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
}

/** The add-ons of a stack (`slipway:platform`). */
export interface PlatformSettings {
  readonly certManager: CertManagerSettings;
  readonly ingressNginx: IngressNginxSettings;
  readonly monitoring: MonitoringSettings;
  /**
   * Where the public images of the systems are pulled from, such as `registry.example.com/mirror`: each
   * below it under its whole name. Images of the applications, and those of the add-ons' charts, are not.
   * Another prefix restarts the data stores.
   */
  readonly imageMirrorPrefix?: string;
}
