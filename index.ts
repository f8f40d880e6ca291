import { RandomProvider, TlsProvider } from "./components/workloads/index.ts";
import { createCluster, isProtected } from "./components/clusters/index.ts";
import { DestroyGuard } from "./components/core/destroy-guard.ts";
import { Platform, webhookPorts } from "./components/platform/index.ts";
import { loadConfig } from "./config/index.ts";
import { createSystems } from "./systems/index.ts";

const config = loadConfig();
const random = new RandomProvider("random");
const cluster = await createCluster("cluster", config.cluster, {
  guard: config.guard,
  webhookPorts: webhookPorts(config.platform),
});
const providers = [cluster.provider, random, new TlsProvider("tls")];

const platform = new Platform(
  "platform",
  {
    ...config.platform,
    guard: config.guard,
    cluster,
  },
  { providers },
);

const systems = createSystems(
  config.systems,
  {
    guard: config.guard,
    capabilities: platform.capabilities,
    storageClasses: cluster.storageClasses,
    runbooksUrl: config.runbooksUrl,
    identityFor: (account, grants) => cluster.identityFor(account, grants),
    ...(cluster.managedPostgres === undefined ? {} : { managedPostgres: cluster.managedPostgres }),
  },
  { providers },
);

new DestroyGuard(
  "destroy-guard",
  { protect: isProtected(config.cluster) },
  { providers, dependsOn: [platform, ...systems.components] },
);

/** Addresses that people and other programs use, by system. */
export const endpoints = systems.endpoints;
/** Commands by which people reach dashboards that are not on the internet. */
export const commands = platform.commands;
/** Namespaces of the platform and of the systems. */
export const namespaces = [...platform.namespaces, ...systems.namespaces];
