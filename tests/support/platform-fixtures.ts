import * as pulumi from "@pulumi/pulumi";
import { ExistingCluster } from "../../components/clusters/index.ts";
import {
  AddOnNamespace,
  CertManager,
  ChartAddOn,
  CHARTS,
  GrafanaAdmin,
  IngressNginx,
  Monitoring,
  MonitoringCrds,
  Platform,
  PriorityClasses,
  type PlatformArgs,
} from "../../components/platform/index.ts";
import { PLATFORM_DEFAULTS } from "../../components/platform/settings-defaults.ts";
import { KNOWN_SECRET, type ComponentFixture } from "./component-contract.ts";
import { platformCluster, SURROUNDINGS } from "./platform-cluster.ts";

const ONCE = "an add-on serves the whole cluster, from the one namespace that guides name";

const { storageClasses, scrapable } = platformCluster();
const surroundings = SURROUNDINGS;
const ingressNginx = { replicas: 2, loadBalancerAnnotations: {} };
const certManager = { replicas: 2, acmeEmail: "ops@studio.test" };
const monitoring = { replicas: 2, retentionDays: 15, prometheusStorage: "50Gi" };

const platformArgs: PlatformArgs = {
  certManager: { ...certManager, enabled: true },
  ingressNginx: { enabled: true, replicas: 2, exposure: "public" },
  monitoring: { ...monitoring, enabled: true },
  metricsServer: PLATFORM_DEFAULTS.metricsServer,
  prometheusAdapter: { enabled: true, replicas: 2 },
  verticalPodAutoscaler: { enabled: true },
  guard: "strict",
  cluster: platformCluster(),
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
          ingressClassName: "nginx",
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
  Platform: {
    onlyOnce: ONCE,
    create: (name, _, opts) =>
      new Platform(
        name,
        { ...platformArgs, grafanaAdminPassword: pulumi.secret(KNOWN_SECRET) },
        opts,
      ),
  },
};
