import * as pulumi from "@pulumi/pulumi";
import {
  AppConfig,
  Connections,
  GeneratedSecrets,
  Route,
  SystemNamespace,
  WebService,
} from "../../components/workloads/index.ts";
import { KaizenStudio } from "../../systems/index.ts";
import { AKS_FIXTURES } from "./aks-fixtures.ts";
import { BACKUP_FIXTURES } from "./backup-fixtures.ts";
import { BLOCK_FIXTURES } from "./block-fixtures.ts";
import { fullCapabilities } from "./capabilities.ts";
import { KNOWN_SECRET, type ComponentFixture } from "./component-contract.ts";
import { EKS_FIXTURES } from "./eks-fixtures.ts";
import { GKE_FIXTURES } from "./gke-fixtures.ts";
import { MONITORING_FIXTURES } from "./monitoring-fixtures.ts";
import { PLATFORM_FIXTURES } from "./platform-fixtures.ts";
import { STORE_FIXTURES } from "./store-fixtures.ts";
import * as workloads from "./workload-fixtures.ts";

/** One fixture for every exported component, by the name of its class. */
export const COMPONENT_FIXTURES: Readonly<Record<string, ComponentFixture>> = {
  ...AKS_FIXTURES,
  ...EKS_FIXTURES,
  ...GKE_FIXTURES,
  ...PLATFORM_FIXTURES,
  ...MONITORING_FIXTURES,
  ...BACKUP_FIXTURES,
  ...BLOCK_FIXTURES,
  ...STORE_FIXTURES,
  AppConfig: {
    create: (name, _, opts) =>
      new AppConfig(name, { ...workloads.appConfigArgs, namespace: name }, opts),
  },
  Connections: {
    create: (name, _, opts) =>
      new Connections(name, { ...workloads.connectionsArgs, namespace: name }, opts),
  },
  GeneratedSecrets: {
    create: (name, _, opts) =>
      new GeneratedSecrets(name, { ...workloads.secretsArgs(KNOWN_SECRET), namespace: name }, opts),
  },
  Route: {
    create: (name, { earlier }, opts) => {
      const { ingress, issuers } = fullCapabilities(earlier);
      const tls = { issuer: "selfsigned", secretName: "studio-tls", issuers };
      const args = { ...workloads.routeArgs, namespace: name, ingress, tls };
      return new Route(name, args, opts);
    },
  },
  SystemNamespace: {
    create: (name, _, opts) =>
      new SystemNamespace(name, { ...workloads.namespaceArgs, namespace: name }, opts),
  },
  WebService: {
    create: (name, { earlier }, opts) => {
      const { monitors } = fullCapabilities(earlier);
      const args = { ...workloads.webServiceArgs, namespace: name };
      return new WebService(name, { ...args, metrics: { path: "/metrics", monitors } }, opts);
    },
  },
  KaizenStudio: {
    create: (name, { earlier }, opts) =>
      new KaizenStudio(
        name,
        {
          settings: { ...workloads.kaizenSettings, namespace: name },
          secrets: {
            azureClientSecret: pulumi.secret(KNOWN_SECRET),
            postgresPassword: pulumi.secret(KNOWN_SECRET),
          },
          guard: "strict",
          capabilities: fullCapabilities(earlier),
          storageClasses: workloads.STORAGE_CLASSES,
          runbooks: workloads.RUNBOOKS,
        },
        opts,
      ),
  },
};
