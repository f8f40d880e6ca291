import * as pulumi from "@pulumi/pulumi";
import { ALERT_DEFAULTS, type AlertSettings } from "../../components/platform/alert-settings.ts";
import { ExistingCluster } from "../../components/clusters/index.ts";
import {
  AddOnNamespace,
  AdmissionPolicies,
  CertManager,
  ChartAddOn,
  CHARTS,
  EnvoyGateway,
  ExternalDns,
  ExternalSecrets,
  GrafanaAdmin,
  HttpGateway,
  IngressNginx,
  Monitoring,
  MonitoringCrds,
  Platform,
  PostgresOperator,
  PriorityClasses,
  Tracing,
  type PlatformArgs,
} from "../../components/platform/index.ts";
import { PLATFORM_DEFAULTS } from "../../components/platform/settings-defaults.ts";
import { KNOWN_SECRET, type ComponentFixture } from "./component-contract.ts";
import { CONTROLLED, platformCluster, SURROUNDINGS, ZONE } from "./platform-cluster.ts";

const ONCE = "an add-on serves the whole cluster, from the one namespace that guides name";

const { storageClasses, scrapable } = platformCluster();
const surroundings = SURROUNDINGS;
const ingressNginx = { replicas: 2, loadBalancerAnnotations: {} };
const certManager = { replicas: 2, acmeEmail: "ops@studio.test" };
const monitoring = { replicas: 2, retentionDays: 15, prometheusStorage: "50Gi" };

const ALERTS: AlertSettings = { ...ALERT_DEFAULTS, slack: "warning" };
/** Call inside a recorded program only: makes an output. */
export const alertSecretsOf = () => ({ slackUrl: pulumi.secret(KNOWN_SECRET) });

/** Everything on. */
export const PLATFORM_ARGS: PlatformArgs = {
  ...PLATFORM_DEFAULTS,
  certManager: { ...certManager, enabled: true },
  ingressNginx: { enabled: true, replicas: 2, exposure: "public" },
  monitoring: { ...monitoring, enabled: true, alerts: ALERTS },
  prometheusAdapter: { enabled: true, replicas: 2 },
  verticalPodAutoscaler: { enabled: true },
  tracing: { ...PLATFORM_DEFAULTS.tracing, enabled: true },
  guard: "strict",
  cluster: platformCluster({ dns: ZONE, ...CONTROLLED }),
  externalDns: { enabled: true, policy: "upsert-only" },
};

/** Those that a stack has to turn on, too, on a cluster that has all that add-ons need. */
export const EVERY_ADD_ON: PlatformArgs = {
  ...PLATFORM_ARGS,
  envoyGateway: { ...PLATFORM_ARGS.envoyGateway, enabled: true },
  velero: { ...PLATFORM_ARGS.velero, enabled: true },
  postgresOperator: { ...PLATFORM_ARGS.postgresOperator, enabled: true },
  cluster: platformCluster({
    dns: ZONE,
    ...CONTROLLED,
    objectStores: { backups: { api: "s3", bucket: "shop-backups", region: "us-east-1" } },
  }),
};

/** Fixtures of the components below the systems. */
export const PLATFORM_FIXTURES: Readonly<Record<string, ComponentFixture>> = {
  ExistingCluster: {
    create: (name, _, opts) =>
      new ExistingCluster(
        name,
        {
          clusterIdentifier: name,
          context: "test",
          nodePools: [{ name: "general", cpu: "4", memory: "16Gi", minNodes: 2, maxNodes: 4 }],
          storageClasses,
          kubeconfig: pulumi.secret(KNOWN_SECRET),
        },
        opts,
      ),
  },
  CertManager: {
    onlyOnce: ONCE,
    create: (name, _, opts) =>
      new CertManager(
        name,
        {
          ...certManager,
          httpAnswers: { ingressClassName: "nginx" },
          monitored: true,
          keepDefinitions: true,
          surroundings,
        },
        opts,
      ),
  },
  GrafanaAdmin: {
    onlyOnce: ONCE,
    create: (name, _, opts) =>
      new GrafanaAdmin(name, { password: pulumi.secret(KNOWN_SECRET) }, opts),
  },
  IngressNginx: {
    onlyOnce: ONCE,
    create: (name, _, opts) =>
      new IngressNginx(
        name,
        { ...ingressNginx, monitored: true, certificates: true, surroundings },
        opts,
      ),
  },
  EnvoyGateway: {
    onlyOnce: ONCE,
    create: (name, _, opts) =>
      new EnvoyGateway(
        name,
        { replicas: 2, hasDefinitions: false, monitored: true, surroundings },
        opts,
      ),
  },
  HttpGateway: {
    onlyOnce: ONCE,
    create: (name, _, opts) =>
      new HttpGateway(name, { replicas: 2, loadBalancerAnnotations: {}, monitored: true }, opts),
  },
  Monitoring: {
    onlyOnce: ONCE,
    create: (name, _, opts) =>
      new Monitoring(
        name,
        {
          ...monitoring,
          storageClasses,
          scrapable,
          certificates: true,
          alerts: ALERTS,
          alertSecrets: alertSecretsOf(),
          grafanaAdminPassword: pulumi.secret(KNOWN_SECRET),
        },
        opts,
      ),
  },
  AddOnNamespace: {
    create: (name, _, opts) =>
      new AddOnNamespace(
        name,
        { namespace: name, podSecurity: "restricted", traffic: {}, surroundings },
        opts,
      ),
  },
  PriorityClasses: {
    onlyOnce: ONCE,
    create: (name, _, opts) => new PriorityClasses(name, opts),
  },
  ExternalSecrets: {
    onlyOnce: ONCE,
    create: (name, _, opts) =>
      new ExternalSecrets(
        name,
        {
          replicas: 2,
          store: { api: "gcpsm", prefix: "test-" },
          identity: { serviceAccountAnnotations: {}, podLabels: {}, ready: [] },
          monitored: true,
          keepDefinitions: true,
          traffic: {},
          surroundings,
        },
        opts,
      ),
  },
  PostgresOperator: {
    onlyOnce: ONCE,
    create: (name, _, opts) =>
      new PostgresOperator(name, { replicas: 2, monitored: true, surroundings }, opts),
  },
  ChartAddOn: {
    onlyOnce: ONCE,
    create: (name, _, opts) =>
      new ChartAddOn(
        name,
        {
          pin: CHARTS.verticalPodAutoscaler,
          values: {},
          home: { podSecurity: "restricted", traffic: {}, surroundings },
        },
        opts,
      ),
  },
  MonitoringCrds: {
    onlyOnce: ONCE,
    create: (name, _, opts) =>
      new MonitoringCrds(name, { surroundings, servesCustomMetrics: true }, opts),
  },
  AdmissionPolicies: {
    onlyOnce: "one set of rules judges the pods of all systems",
    create: (name, _, opts) =>
      new AdmissionPolicies(
        name,
        { guard: "strict", allowedRegistries: ["registry.studio.test"] },
        opts,
      ),
  },
  Tracing: {
    onlyOnce: ONCE,
    create: (name, _, opts) =>
      new Tracing(
        name,
        { retentionDays: 7, storage: "10Gi", storageClass: "standard", logs: true },
        opts,
      ),
  },
  Platform: {
    onlyOnce: ONCE,
    create: (name, _, opts) =>
      new Platform(
        name,
        {
          ...PLATFORM_ARGS,
          grafanaAdminPassword: pulumi.secret(KNOWN_SECRET),
          alertSecrets: alertSecretsOf(),
        },
        opts,
      ),
  },
  ExternalDns: {
    onlyOnce: ONCE,
    create: (name, _, opts) =>
      new ExternalDns(
        name,
        {
          dns: ZONE,
          policy: "upsert-only",
          owner: "test",
          gatewayApi: true,
          identity: { serviceAccountAnnotations: {}, podLabels: {}, ready: [] },
          identityEndpoint: [],
          monitored: true,
          surroundings,
        },
        opts,
      ),
  },
};
