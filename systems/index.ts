import type * as pulumi from "@pulumi/pulumi";
import type { CreateManagedPostgres } from "../components/core/managed-postgres.ts";
import type { Guard } from "../components/core/guard.ts";
import type { PlatformCapabilities } from "../components/core/platform-capabilities.ts";
import type { ClusterHandle } from "../components/core/cluster-handle.ts";
import { KaizenStudio } from "./kaizen-studio/kaizen-studio.ts";
import type { KaizenStudioArgs } from "./kaizen-studio/args.ts";
import { BACKUPS, DATA_STORES, NAMES, SERVICE_PORTS } from "./kaizen-studio/names.ts";
import type { KaizenStudioSecrets, KaizenStudioSettings } from "./kaizen-studio/settings.ts";

export { KaizenStudio };

/** Systems of a stack (`slipway:systems`); one that is absent is not installed. */
export interface SystemsSettings {
  readonly kaizenStudio?: KaizenStudioSettings & { readonly secrets: KaizenStudioSecrets };
}

/** What the rest of the stack gives to its systems. */
export interface SystemsContext {
  readonly guard: Guard;
  readonly capabilities: PlatformCapabilities;
  readonly storageClasses: ClusterHandle["storageClasses"];
  /** Where whoever is on call reads this repository's docs/runbooks. */
  readonly runbooksUrl: string;
  /** Asked only where a system wants its database run by the cloud. @default the cluster runs none */
  readonly managedPostgres?: CreateManagedPostgres;
  /** Asked only where backups go to a store of the cloud. @default backups are nobody to the cloud */
  readonly identityFor?: ClusterHandle["identityFor"];
}

/** How to reach one system. */
export interface SystemEndpoints {
  /** From outside; absent where the platform lets no HTTP in. */
  readonly url?: string;
  /** Commands to type, by part, with the ports that guides use (B-57). */
  readonly portForward: Readonly<Record<string, string>>;
}

/** What came of creating the systems. */
export interface Systems {
  readonly endpoints: Readonly<Record<string, SystemEndpoints>>;
  readonly namespaces: readonly string[];
  /** The systems themselves, for whatever has to come after all of them. */
  readonly components: readonly pulumi.Resource[];
}

/** Creates every system that the stack asks for. One that is suspended has no endpoints. */
export function createSystems(
  settings: SystemsSettings,
  context: SystemsContext,
  opts: pulumi.ComponentResourceOptions,
): Systems {
  const endpoints: Record<string, SystemEndpoints> = {};
  const namespaces: string[] = [];
  const components: pulumi.Resource[] = [];
  if (settings.kaizenStudio !== undefined && settings.kaizenStudio.state !== "removed") {
    const { secrets, ...own } = settings.kaizenStudio;
    const studio = new KaizenStudio(
      "kaizen-studio",
      {
        settings: own,
        secrets,
        guard: context.guard,
        capabilities: context.capabilities,
        storageClasses: context.storageClasses,
        runbooks: context.runbooksUrl,
        ...(context.managedPostgres === undefined
          ? {}
          : { managedPostgres: context.managedPostgres }),
        ...backupIdentities(own.namespace, context),
        ...databaseIdentity(own, context),
      },
      opts,
    );
    const { backend } = SERVICE_PORTS;
    if (own.state === "running") {
      endpoints["kaizenStudio"] = {
        ...(studio.url === undefined ? {} : { url: studio.url }),
        portForward: {
          backend: `kubectl port-forward -n ${own.namespace} svc/${NAMES.backendService} ${backend}:${backend}`,
        },
      };
    }
    namespaces.push(own.namespace);
    components.push(studio);
  }
  return { endpoints, namespaces, components };
}

/** An identity for the servers of an operated database, which write their archive. */
function databaseIdentity(
  { namespace, postgres }: KaizenStudioSettings,
  { capabilities, identityFor }: SystemsContext,
): Pick<KaizenStudioArgs, "databaseIdentity"> {
  const { backupDestination, postgresOperator } = capabilities;
  const isOperated = postgres.mode === "cnpg" && postgresOperator !== undefined;
  if (!isOperated || backupDestination === undefined || identityFor === undefined) return {};
  const account = { namespace, name: DATA_STORES.postgres };
  const grant = { purpose: "read-write-bucket", bucket: backupDestination.bucket } as const;
  return { databaseIdentity: identityFor(account, [grant]) };
}

/** An identity for the backups of each data store, which may write to the one bucket and nothing else. */
function backupIdentities(
  namespace: string,
  { capabilities, identityFor }: SystemsContext,
): Pick<KaizenStudioArgs, "backupIdentities"> {
  const { backupDestination } = capabilities;
  if (backupDestination === undefined || identityFor === undefined) return {};
  const grant = { purpose: "read-write-bucket", bucket: backupDestination.bucket } as const;
  const identity = (name: string) => identityFor({ namespace, name }, [grant]);
  return {
    backupIdentities: { postgres: identity(BACKUPS.postgres), redis: identity(BACKUPS.redis) },
  };
}
