import {
  ApisApi,
  CoreV1Api,
  CustomObjectsApi,
  KubeConfig,
  KubernetesObjectApi,
  type KubernetesObject,
  type V1APIResource,
} from "@kubernetes/client-node";

/** What controllers write all the time, and nobody deploys. */
const NOBODYS = new Set(["Event", "Lease", "EndpointSlice", "Endpoints", "ControllerRevision"]);

/** A cluster as a test looks at it: any object, and all there are. */
export interface ClusterView {
  readonly api: KubernetesObjectApi;
  /** `apiVersion/Kind namespace/name` of every object that can be listed, sorted. */
  inventory(): Promise<string[]>;
  /** Objects of one kind, in one namespace or in all. */
  list<T extends KubernetesObject>(
    apiVersion: string,
    kind: string,
    namespace?: string,
  ): Promise<T[]>;
}

export function viewCluster(kubeconfigFile: string): ClusterView {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfigFile);
  const api = KubernetesObjectApi.makeApiClient(config);

  const list = async <T extends KubernetesObject>(
    apiVersion: string,
    kind: string,
    namespace?: string,
  ): Promise<T[]> => (await api.list(apiVersion, kind, namespace)).items as T[];

  const listable = (resources: readonly V1APIResource[], apiVersion: string) =>
    resources
      .filter(({ name, verbs }) => verbs.includes("list") && !name.includes("/"))
      .filter(({ kind }) => !NOBODYS.has(kind))
      .map(({ kind }) => ({ apiVersion, kind }));

  const kinds = async () => {
    const core = await config.makeApiClient(CoreV1Api).getAPIResources();
    const { groups } = await config.makeApiClient(ApisApi).getAPIVersions();
    const custom = config.makeApiClient(CustomObjectsApi);
    const others = await Promise.all(
      groups.map(async ({ name, preferredVersion, versions }) => {
        const version = (preferredVersion ?? versions[0])?.version ?? "v1";
        const { resources } = await custom.getAPIResources({ group: name, version });
        return listable(resources, `${name}/${version}`);
      }),
    );
    return [...listable(core.resources, "v1"), ...others.flat()];
  };

  const inventory = async () => {
    const lists = await Promise.all(
      (await kinds()).map(async ({ apiVersion, kind }) => {
        const objects = await list(apiVersion, kind);
        return objects.map(({ metadata }) => {
          const place = metadata?.namespace === undefined ? "" : `${metadata.namespace}/`;
          return `${apiVersion}/${kind} ${place}${metadata?.name ?? ""}`;
        });
      }),
    );
    return lists.flat().sort();
  };
  return { api, inventory, list };
}
