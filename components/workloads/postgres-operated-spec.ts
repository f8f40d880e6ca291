import { mirroredImage } from "../core/image.ts";
import type { WorkloadIdentity } from "../core/workload-identity.ts";
import { ARCHIVE_PLUGIN } from "./postgres-archive.ts";
import type { FullOperatedArgs } from "./postgres-args.ts";
import { postgresParameters } from "./postgres-files.ts";
import { PUBLIC_IMAGES } from "./public-images.ts";

/** Servers from which on a commit waits for a second one: with fewer, one that is away would stop all. */
const SYNCHRONOUS_FROM = 3;

/** Names of what stands beside the Cluster, which itself is called by the component. */
export const operatedNames = (component: string) => ({
  credentials: `${component}-credentials`,
  archive: `${component}-archive`,
});

/** Annotations of the Cluster: off, or on and to be waited for. */
export function clusterAnnotations({
  suspended = false,
  restartedAt,
}: Pick<FullOperatedArgs, "suspended" | "restartedAt">): Record<string, string> {
  return {
    "cnpg.io/hibernation": suspended ? "on" : "off",
    // What comes after a database asks it at once.
    ...(suspended ? {} : { "pulumi.com/waitFor": "condition=Ready" }),
    ...(restartedAt === undefined ? {} : { "kubectl.kubernetes.io/restartedAt": restartedAt }),
  };
}

/** The Cluster's spec. */
export function clusterSpec(args: FullOperatedArgs) {
  const { component, instances, imageMirrorPrefix, volume, workloadIdentity } = args;
  const { credentials, archive } = operatedNames(component);
  const several = instances > 1;
  return {
    instances,
    imageName: args.image ?? mirroredImage(PUBLIC_IMAGES.postgresOperated, imageMirrorPrefix),
    ...pullSecrets(args),
    bootstrap: {
      initdb: {
        database: args.database,
        owner: args.user,
        secret: { name: credentials },
        dataChecksums: true,
        ...extensionsOf(args),
      },
    },
    postgresql: {
      parameters: operatedParameters(args),
      ...(instances < SYNCHRONOUS_FROM ? {} : { synchronous: { method: "any", number: 1 } }),
    },
    storage: { size: volume.size, storageClass: volume.storageClass },
    resources: args.resources,
    ...(args.priorityClassName === undefined ? {} : { priorityClassName: args.priorityClassName }),
    affinity: {
      enablePodAntiAffinity: true,
      // A wish: with fewer zones than servers, two in one zone serve better than one that is pending.
      podAntiAffinityType: "preferred",
      topologyKey: "topology.kubernetes.io/zone",
    },
    // With one server a budget would only keep its node from being drained.
    enablePDB: several,
    enableSuperuserAccess: false,
    primaryUpdateStrategy: "unsupervised",
    primaryUpdateMethod: several ? "switchover" : "restart",
    managed: {
      services: {
        additional: [
          { selectorType: "rw", serviceTemplate: { metadata: { name: args.serviceName } } },
        ],
      },
    },
    ...identityOf(workloadIdentity),
    ...(args.archive === undefined
      ? {}
      : {
          plugins: [
            {
              name: ARCHIVE_PLUGIN,
              isWALArchiver: true,
              parameters: { barmanObjectName: archive },
            },
          ],
        }),
  };
}

/** Made with the database; one that comes later is made by a person (CREATE EXTENSION). */
function extensionsOf({ extensions }: FullOperatedArgs) {
  if (extensions.length === 0) return {};
  const create = extensions.map((name) => `CREATE EXTENSION IF NOT EXISTS "${name}"`);
  return { postInitApplicationSQL: create };
}

/** Nothing where there is nothing: the operator takes empty maps away, and each preview would bring them back. */
function identityOf(identity: WorkloadIdentity | undefined) {
  const { podLabels = {}, serviceAccountAnnotations = {} } = identity ?? {};
  const isEmpty = (map: object) => Object.keys(map).length === 0;
  return {
    ...(isEmpty(podLabels) ? {} : { inheritedMetadata: { labels: { ...podLabels } } }),
    ...(isEmpty(serviceAccountAnnotations)
      ? {}
      : {
          serviceAccountTemplate: { metadata: { annotations: { ...serviceAccountAnnotations } } },
        }),
  };
}

function pullSecrets({ imagePullSecrets = [] }: FullOperatedArgs) {
  if (imagePullSecrets.length === 0) return {};
  return { imagePullSecrets: imagePullSecrets.map((name) => ({ name })) };
}

/** The settings that other modes have, without those that the operator keeps to itself. */
function operatedParameters({ resources, parameters }: FullOperatedArgs): Record<string, string> {
  return Object.fromEntries(
    Object.entries(postgresParameters(resources, parameters)).filter(
      ([name]) => name !== "listen_addresses",
    ),
  );
}
