import type { PropertyMap } from "../property-values.ts";
import type {
  CheckRequest,
  CheckResult,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  DiffResult,
  Host,
  Live,
  Provider,
  ReadRequest,
  UpdateRequest,
} from "../provider.ts";
import { ApiClient } from "./api-client.ts";
import { isAbsent, UnreachableError } from "./api-error.ts";
import { checkObject } from "./check-object.ts";
import { Cluster } from "./cluster.ts";
import { diffObject } from "./diff-object.ts";
import { HelmReleases, RELEASE_TYPE } from "./helm/helm-releases.ts";
import { clusterAccess } from "./kubeconfig.ts";
import { KubernetesObjects } from "./kubernetes-objects.ts";
import { Unreachable } from "./unreachable.ts";
import {
  checkConfigInputs,
  diffConfigInputs,
  readConfig,
  type KubernetesConfig,
} from "./provider-config.ts";

interface Configured {
  readonly config: KubernetesConfig;
  readonly cluster: Cluster;
  readonly objects: KubernetesObjects;
  readonly releases: HelmReleases;
  readonly unreachable: Unreachable;
}

/** Stands in for the `kubernetes` plugin against a real API server. */
export class KubernetesProvider implements Provider {
  readonly version: string;
  private readonly host: Host;
  private readonly cancellation = new AbortController();
  private configured: Configured | undefined;

  constructor(version: string, host: Host) {
    this.version = version;
    this.host = host;
  }

  checkConfig(request: CheckRequest): Promise<CheckResult> {
    const failures = checkConfigInputs(request.newInputs);
    return Promise.resolve({ inputs: request.newInputs, failures });
  }

  diffConfig(request: DiffRequest): Promise<DiffResult> {
    return Promise.resolve(diffConfigInputs(request.oldInputs, request.newInputs));
  }

  /** With an unknown kubeconfig nothing is set up, and so nothing can be contacted. */
  configure(inputs: PropertyMap): Promise<void> {
    const config = readConfig(inputs);
    if (config === undefined) return Promise.resolve();
    const access = clusterAccess(config.kubeconfig, config.choice);
    const client = new ApiClient(access);
    const cluster = new Cluster(client, config.namespace ?? access.namespace);
    const context = {
      cluster,
      host: this.host,
      signal: this.cancellation.signal,
      patchForce: config.patchForce,
    };
    const releases = new HelmReleases(context);
    const objects = new KubernetesObjects(context);
    const unreachable = new Unreachable(client, config.unreachable, this.host);
    this.configured = { config, cluster, objects, releases, unreachable };
    return Promise.resolve();
  }

  async check(request: CheckRequest): Promise<CheckResult> {
    if (this.configured === undefined) return { inputs: request.newInputs, failures: [] };
    const { cluster, config, releases, unreachable } = this.configured;
    if (await unreachable.skipsUpdate(request.urn)) {
      return { inputs: request.oldInputs, failures: [] };
    }
    if (request.type === RELEASE_TYPE) return releases.check(request);
    return checkObject(request, {
      ...(config.namespace === undefined ? {} : { namespace: config.namespace }),
      isNamespaced: (apiVersion, kind) => isNamespaced(cluster, apiVersion, kind),
    });
  }

  diff(request: DiffRequest): Promise<DiffResult> {
    if (this.configured === undefined) {
      return Promise.resolve({ changed: undefined, deleteBeforeReplace: false });
    }
    const { config, cluster, releases } = this.configured;
    if (request.type === RELEASE_TYPE) return Promise.resolve(releases.diff(request));
    return Promise.resolve(
      diffObject(request.oldInputs, request.newInputs, {
        mutability: config.mutability,
        defaultNamespace: cluster.defaultNamespace,
      }),
    );
  }

  create(request: CreateRequest): Promise<Live> {
    // No output of what is created in an unknown cluster can be told.
    if (this.configured === undefined && request.preview) {
      return Promise.resolve({ id: "", state: {} });
    }
    return this.handlerOf(request.type).create(request);
  }

  update(request: UpdateRequest): Promise<PropertyMap> {
    if (this.configured === undefined && request.preview) return Promise.resolve({});
    return this.handlerOf(request.type).update(request);
  }

  async read(request: ReadRequest): Promise<(Live & { inputs: PropertyMap }) | undefined> {
    const found = (await this.configured?.unreachable.read(request)) ?? "ask";
    if (found === "ask") return this.handlerOf(request.type).read(request);
    return found === "gone" ? undefined : found;
  }

  async delete(request: DeleteRequest): Promise<void> {
    const isRelease = request.type === RELEASE_TYPE;
    if (await this.configured?.unreachable.dropsDeleted(request.urn, isRelease)) return;
    return this.handlerOf(request.type).delete(request);
  }

  invoke(token: string): Promise<PropertyMap> {
    return Promise.reject(
      new Error(`The stand-in for kubernetes has no function ${token}. Use the real plugin.`),
    );
  }

  cancel(): void {
    this.cancellation.abort();
  }

  /** Lets go of the connections that are kept open. */
  close(): void {
    this.configured?.cluster.close();
  }

  private handlerOf(type: string): KubernetesObjects | HelmReleases {
    if (this.configured === undefined) {
      throw new Error("The kubeconfig of the provider is not known, so no cluster can be reached.");
    }
    return type === RELEASE_TYPE ? this.configured.releases : this.configured.objects;
  }
}

async function isNamespaced(cluster: Cluster, apiVersion: string, kind: string): Promise<boolean> {
  try {
    return (await cluster.served(apiVersion, kind)).namespaced;
  } catch (error) {
    // A custom resource before its definition: assumed to live in a namespace; creation knows better.
    if (isAbsent(error) || error instanceof UnreachableError) return true;
    throw error;
  }
}
