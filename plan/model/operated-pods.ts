import { ARCHIVER_RESOURCES } from "../../components/workloads/postgres-archive.ts";
import { at, objectAt, objectsAt, textAt, type Json } from "./json.ts";
import type { KubernetesObject } from "./kubernetes-object.ts";
import type { PodTemplate } from "./pod-template.ts";

/** Ports of the servers that CloudNativePG makes. */
const SERVER_PORTS = [
  { name: "postgresql", containerPort: 5432 },
  { name: "metrics", containerPort: 9187 },
  { name: "status", containerPort: 8000 },
];

/** What CloudNativePG makes its servers from, or undefined for any object but its Cluster. */
export function readOperatedPods(owner: KubernetesObject): PodTemplate | undefined {
  const { kind, group, namespace, name, body } = owner;
  if (kind !== "Cluster" || group !== "postgresql.cnpg.io" || namespace === undefined) {
    return undefined;
  }
  const spec = objectAt(body, "spec");
  const priorityClassName = textAt(spec, "priorityClassName");
  return {
    owner,
    namespace,
    labels: {
      ...objectAt(spec, "inheritedMetadata", "labels"),
      "cnpg.io/cluster": name,
      "cnpg.io/podRole": "instance",
    },
    spec: {
      containers: [
        { name: "postgres", resources: objectAt(spec, "resources"), ports: SERVER_PORTS },
        ...archivers(owner),
      ],
      imagePullSecrets: objectsAt(spec, "imagePullSecrets"),
      ...(priorityClassName === undefined ? {} : { priorityClassName }),
    },
    path: "spec",
    claimTemplates: [],
  };
}

/** One for each plugin that writes an archive; its size stands in a resource beside the Cluster. */
function archivers({ body }: KubernetesObject): Json[] {
  return objectsAt(body, "spec", "plugins")
    .filter((plugin) => at(plugin, "isWALArchiver") === true)
    .map(() => ({ name: "archiver", resources: { requests: { ...ARCHIVER_RESOURCES.requests } } }));
}
