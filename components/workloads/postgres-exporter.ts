import { mirroredImage } from "../core/image.ts";
import { EXPORTER_RESOURCES } from "./data-store.ts";
import type { WorkloadSize } from "./namespace-quota.ts";
import { POSTGRES_PORTS, type ExporterPodArgs, type PostgresAccess } from "./postgres-args.ts";
import type { SourceKey } from "./config-source.ts";
import { PUBLIC_IMAGES } from "./public-images.ts";
import type { WebServiceArgs } from "./web-service.ts";

type ExporterArgs = ExporterPodArgs & { readonly component: string };

/**
 * An exporter beside a server that has none of ours in its pod, under the component of the server:
 * alerts and dashboard see no difference. `uri` is the connection without user and password.
 */
export function postgresExporter(
  args: ExporterArgs,
  uri: string | SourceKey,
  { env, mounts, user, password }: PostgresAccess,
): WebServiceArgs {
  const { namespace, system, component, monitors, imageMirrorPrefix } = args;
  const { imagePullSecrets, priorityClassName, restartedAt, suspended = false } = args;
  return {
    namespace,
    system,
    component,
    image: mirroredImage(PUBLIC_IMAGES.postgresExporter, imageMirrorPrefix),
    resources: EXPORTER_RESOURCES,
    port: POSTGRES_PORTS.metrics,
    service: { name: `${component}-exporter`, port: POSTGRES_PORTS.metrics },
    healthPath: "/",
    scale: { replicas: 1 },
    env: { DATA_SOURCE_URI: uri, DATA_SOURCE_USER: user, DATA_SOURCE_PASS: password, ...env },
    mounts,
    metrics: { path: "/metrics", monitors },
    suspended,
    ...(imagePullSecrets === undefined ? {} : { imagePullSecrets }),
    ...(priorityClassName === undefined ? {} : { priorityClassName }),
    ...(restartedAt === undefined ? {} : { restartedAt }),
  };
}

/** What it asks of the namespace's quota. */
export const EXPORTER_SIZE: WorkloadSize = { resources: EXPORTER_RESOURCES, maxReplicas: 1 };
