import * as pulumi from "@pulumi/pulumi";
import type {
  AppConfigArgs,
  ConnectionsArgs,
  GeneratedSecretsArgs,
  SystemNamespaceArgs,
  WebServiceArgs,
} from "../../components/workloads/index.ts";
import type { RouteArgs } from "../../components/workloads/route-args.ts";
import type { KaizenStudioSettings } from "../../systems/kaizen-studio/settings.ts";
import { CONTAINER_RANGE, QUOTA_FLOORS } from "../../systems/kaizen-studio/sizes.ts";
import { DNS_PODS, INGRESS_CONTROLLER } from "./capabilities.ts";

/** Where the blocks of a test go. */
export const PLACE = { namespace: "studio", system: "kaizen-studio" };

export const RESOURCES = {
  requests: { cpu: "100m", memory: "128Mi" },
  limits: { cpu: "500m", memory: "512Mi" },
};

export const namespaceArgs: SystemNamespaceArgs = {
  ...PLACE,
  podSecurity: "restricted",
  dns: { pods: DNS_PODS, addresses: [] },
  quotaFloors: QUOTA_FLOORS,
  containers: CONTAINER_RANGE,
  workloads: [{ resources: RESOURCES, maxReplicas: 2 }],
};

export const appConfigArgs: AppConfigArgs = {
  ...PLACE,
  configMapName: "studio-config",
  data: { LOG_LEVEL: "INFO" },
};

/** Call inside a recorded program only: it makes an output. */
export function secretsArgs(given: string): GeneratedSecretsArgs {
  return {
    ...PLACE,
    secretName: "studio-secrets",
    entries: {
      password: { from: "password", length: 32 },
      key: { from: "bytes", length: 32, encoding: "base64" },
      private: { from: "private-key", bits: 2048 },
      public: { from: "public-key", of: "private" },
      given: { from: "value", value: pulumi.secret(given) },
      url: { from: "url", template: "redis://:{given}@redis:6379/0" },
    },
  };
}

export const webServiceArgs: WebServiceArgs = {
  ...PLACE,
  component: "backend",
  image: "registry.test/studio-backend:v1.0.0",
  port: 8000,
  service: { name: "backend-service", port: 80 },
  healthPath: "/health",
  resources: RESOURCES,
  scale: { replicas: 2 },
};

export const routeArgs: RouteArgs = {
  ...PLACE,
  ingressName: "studio-ingress",
  host: "studio.test",
  paths: [{ path: "/", service: { name: "frontend-service", port: 80 } }],
  ingress: { className: "nginx", ready: [] },
  controller: INGRESS_CONTROLLER,
};

export const connectionsArgs: ConnectionsArgs = {
  ...PLACE,
  allowed: [{ from: { part: "backend" }, to: { part: "postgres" }, port: 5432 }],
};

export const kaizenSettings: KaizenStudioSettings = {
  namespace: "kaizen-studio",
  host: "studio.test",
  issuer: "letsencrypt-prod",
  debug: false,
  azureClientId: "11111111-2222-3333-4444-555555555555",
  signInAddresses: ["203.0.113.0/24"],
  jwtAlgorithm: "HS256",
  state: "running",
  deleteData: false,
  rotation: {},
  sealedSecrets: {},
  imagePullSecrets: [],
  backend: {
    extraEnv: {},
    extraConfig: {},
    image: "registry.test/kaizen-studio-backend:v1.0.0",
    hpa: { minReplicas: 3, maxReplicas: 20, cpuUtilization: 60, memoryUtilization: 70 },
    resources: {
      requests: { cpu: "1", memory: "2Gi" },
      limits: { cpu: "4", memory: "8Gi" },
    },
  },
  frontend: {
    image: "registry.test/kaizen-studio-web:v1.0.0",
    replicas: 2,
    resources: RESOURCES,
    extraEnv: {},
  },
  backup: { schedule: "0 2 * * *", keepDays: 14, keepOnVolume: 10, overdueHours: 26 },
  postgres: {
    mode: "statefulset",
    storage: "50Gi",
    backupStorage: "100Gi",
    resources: {
      requests: { cpu: "500m", memory: "2Gi" },
      limits: { cpu: "2", memory: "4Gi" },
    },
  },
  redis: {
    storage: "10Gi",
    backupStorage: "20Gi",
    resources: {
      requests: { cpu: "100m", memory: "256Mi" },
      limits: { cpu: "1", memory: "1Gi" },
    },
  },
};

export const RUNBOOKS = "https://runbooks.test/slipway";

export const STORAGE_CLASSES = { standard: "standard", fastSsd: "fast-ssd" };
