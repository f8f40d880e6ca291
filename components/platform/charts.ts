/** One chart at one version, and where its release goes. */
export interface ChartPin {
  readonly chart: string;
  /** `https://` of an index of charts, or `oci://` of a registry, below which the chart has its own name. */
  readonly repository: string;
  readonly version: string;
  /** The namespace of the release. Changing it replaces the release, and so all that is in it. */
  readonly namespace: string;
  /**
   * Physical name of the release. The names of the Services that guides and dashboards address are
   * made of it, so it is never left to be generated; changing it replaces the release.
   */
  readonly releaseName: string;
}

/** Every chart of the platform; the only place that names a version. */
export const CHARTS = {
  /**
   * The kinds that kube-prometheus-stack serves, as a chart of their own: there they are templates and
   * so upgraded with it, while Helm never upgrades what lies in a chart's crds folder. The operator in
   * kube-prometheus-stack has to be of the same version (v0.93.1), so both rows change together.
   */
  prometheusOperatorCrds: {
    chart: "prometheus-operator-crds",
    repository: "https://prometheus-community.github.io/helm-charts",
    version: "31.0.1",
    namespace: "monitoring",
    releaseName: "prometheus-operator-crds",
  },
  /** T-39, D-70. */
  certManager: {
    chart: "cert-manager",
    repository: "https://charts.jetstack.io",
    version: "v1.21.1",
    namespace: "cert-manager",
    releaseName: "cert-manager",
  },
  /** T-08; the release name gives the Deployment the name that the guide addresses (D-68). */
  ingressNginx: {
    chart: "ingress-nginx",
    repository: "https://kubernetes.github.io/ingress-nginx",
    version: "4.15.1",
    namespace: "ingress-nginx",
    releaseName: "ingress-nginx",
  },
  /** D-75: what HTTP goes by once ingress-nginx is left; names of its own documentation. */
  envoyGateway: {
    chart: "gateway-helm",
    repository: "oci://docker.io/envoyproxy",
    version: "v1.9.0",
    namespace: "envoy-gateway-system",
    releaseName: "eg",
  },
  /** K-05, T-35; one for all systems (D-21). */
  kubePrometheusStack: {
    chart: "kube-prometheus-stack",
    repository: "https://prometheus-community.github.io/helm-charts",
    version: "88.5.3",
    namespace: "monitoring",
    releaseName: "prometheus",
  },
  /** Only where the cluster has none (P-02, M-05); in kube-system, where guides look for it (B-20). */
  metricsServer: {
    chart: "metrics-server",
    repository: "https://kubernetes-sigs.github.io/metrics-server",
    version: "3.13.1",
    namespace: "kube-system",
    releaseName: "metrics-server",
  },
  /** T-22, beside the Prometheus that it asks (D-21). */
  prometheusAdapter: {
    chart: "prometheus-adapter",
    repository: "https://prometheus-community.github.io/helm-charts",
    version: "5.3.0",
    namespace: "monitoring",
    releaseName: "prometheus-adapter",
  },
  /** B-21. */
  verticalPodAutoscaler: {
    chart: "vpa",
    repository: "https://charts.fairwinds.com/stable",
    version: "5.0.0",
    namespace: "vertical-pod-autoscaler",
    releaseName: "vpa",
  },
  /** Only where the cluster has no autoscaler of its own (E-50). */
  clusterAutoscaler: {
    chart: "cluster-autoscaler",
    repository: "https://kubernetes.github.io/autoscaler",
    version: "9.59.0",
    namespace: "cluster-autoscaler",
    releaseName: "cluster-autoscaler",
  },
  /** Only where the cluster makes no load balancers itself. */
  loadBalancerController: {
    chart: "aws-load-balancer-controller",
    repository: "https://aws.github.io/eks-charts",
    version: "3.5.0",
    namespace: "aws-load-balancer-controller",
    releaseName: "aws-load-balancer-controller",
  },
  /** Only where the cluster has a DNS zone. */
  externalDns: {
    chart: "external-dns",
    repository: "https://kubernetes-sigs.github.io/external-dns",
    version: "1.21.1",
    namespace: "external-dns",
    releaseName: "external-dns",
  },
  /** B-27; the namespace and the release are those that its command looks for. */
  velero: {
    chart: "velero",
    repository: "https://vmware-tanzu.github.io/helm-charts",
    version: "12.1.0",
    namespace: "velero",
    releaseName: "velero",
  },
  /** E-53; in the namespace that its own documentation and command name. */
  postgresOperator: {
    chart: "cloudnative-pg",
    repository: "https://cloudnative-pg.github.io/charts",
    version: "0.29.0",
    namespace: "cnpg-system",
    releaseName: "cnpg",
  },
  /** Beside the operator, which looks for plugins nowhere else. */
  postgresArchiver: {
    chart: "plugin-barman-cloud",
    repository: "https://cloudnative-pg.github.io/charts",
    version: "0.7.0",
    namespace: "cnpg-system",
    releaseName: "plugin-barman-cloud",
  },
  /** C-60. */
  externalSecrets: {
    chart: "external-secrets",
    repository: "https://charts.external-secrets.io",
    version: "2.9.0",
    namespace: "external-secrets",
    releaseName: "external-secrets",
  },
  /** C-59; in kube-system, where kubeseal looks for it (D-71). */
  sealedSecrets: {
    chart: "sealed-secrets",
    repository: "https://bitnami-labs.github.io/sealed-secrets",
    version: "2.18.5",
    namespace: "kube-system",
    releaseName: "sealed-secrets",
  },
  /** D-90, C-42; its Service is `loki`. */
  loki: {
    chart: "loki",
    repository: "https://grafana-community.github.io/helm-charts",
    version: "18.11.0",
    namespace: "logging",
    releaseName: "loki",
  },
  /** D-90, X-42. */
  fluentBit: {
    chart: "fluent-bit",
    repository: "https://fluent.github.io/helm-charts",
    version: "0.58.1",
    namespace: "fluent-bit",
    releaseName: "fluent-bit",
  },
  /** T-36, B-35; in the namespace that the guide sends traces to. */
  jaeger: {
    chart: "jaeger",
    repository: "https://jaegertracing.github.io/helm-charts",
    version: "4.11.1",
    namespace: "monitoring",
    releaseName: "jaeger",
  },
} as const satisfies Record<string, ChartPin>;
