import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { AccountStore } from "../../local/providers/cloud/account-store.ts";
import { CloudProvider } from "../../local/providers/cloud/cloud-provider.ts";
import type {
  ClusterDescription,
  ClusterHook,
  PoolDescription,
} from "../../local/providers/cloud/cluster-hook.ts";
import type { LeftBehind } from "../../local/providers/cloud/left-behind.ts";
import type { PropertyMap } from "../../local/providers/property-values.ts";
import type { DiffResult, Live } from "../../local/providers/provider.ts";
import type { Cloud } from "../../plan/recording/cloud-outputs/index.ts";

/** A resource as a state file would hold it. */
export interface Made extends Live {
  readonly type: string;
  readonly name: string;
  readonly inputs: PropertyMap;
}

const CONFIG: Readonly<Record<Cloud, PropertyMap>> = {
  gcp: { project: "test-project", region: "europe-west1" },
  aws: { region: "eu-west-1", allowedAccountIds: '["111122223333"]' },
  "azure-native": {
    subscriptionId: "11111111-1111-4111-8111-111111111111",
    location: "westeurope",
  },
};

/** An account in a folder of its own, which the caller removes. */
export const emptyAccount = (): string =>
  fs.mkdtempSync(path.join(os.tmpdir(), "slipway-cloud-test-"));

/** Clusters that are written down and not started. */
export class WrittenClusters implements ClusterHook {
  readonly clusters = new Map<string, ClusterDescription>();
  readonly pools = new Map<string, PoolDescription>();
  /** When set, the next cluster fails with it. */
  failure: string | undefined;

  clusterCreated(cluster: ClusterDescription) {
    if (this.failure !== undefined) return Promise.reject(new Error(this.failure));
    return this.clusterUpdated(cluster);
  }

  clusterUpdated(cluster: ClusterDescription) {
    this.clusters.set(cluster.id, cluster);
    return Promise.resolve({ endpoint: "https://127.0.0.1:6443", certificateAuthority: "Q0E=" });
  }

  clusterDeleted({ id }: { id: string }) {
    this.clusters.delete(id);
    return Promise.resolve();
  }

  nodePoolChanged({ clusterId, pool }: { clusterId: string; pool: PoolDescription }) {
    this.pools.set(`${clusterId} ${pool.name}`, pool);
    return Promise.resolve();
  }

  nodePoolDeleted({ clusterId, name }: { clusterId: string; name: string }) {
    this.pools.delete(`${clusterId} ${name}`);
    return Promise.resolve();
  }
}

/** Calls the stand-in of a cloud in the order in which an engine would, without one. */
export class CloudStandIn {
  readonly cloud: Cloud;
  readonly folder: string;
  readonly provider: CloudProvider;
  readonly clusters = new WrittenClusters();
  /** What controllers made, by the id of the network that it stands in. */
  readonly leftBehind = new Map<string, readonly LeftBehind[]>();
  #seed = 0;

  private constructor(cloud: Cloud, folder: string) {
    this.cloud = cloud;
    this.folder = folder;
    this.provider = new CloudProvider({
      cloud,
      version: "0.0.0",
      folder,
      clusterHook: () => Promise.resolve(this.clusters),
      dependentsInCloud: (_account, id) => Promise.resolve(this.leftBehind.get(id) ?? []),
    });
  }

  static async of(cloud: Cloud, folder: string, config: PropertyMap = {}): Promise<CloudStandIn> {
    const standIn = new CloudStandIn(cloud, folder);
    await standIn.provider.configure({ ...CONFIG[cloud], ...config });
    return standIn;
  }

  /** The account as its files have it. */
  get store(): AccountStore {
    return new AccountStore(this.folder, this.cloud);
  }

  /** Kinds of what exists, in order. */
  kinds(): string[] {
    return this.store.records().map(({ type }) => type.slice(type.lastIndexOf(":") + 1));
  }

  async check(type: string, name: string, newInputs: PropertyMap, old?: Made) {
    const randomSeed = new Uint8Array([++this.#seed]);
    const oldInputs = old?.inputs ?? {};
    return this.provider.check({ ...this.#request(type, name), newInputs, oldInputs, randomSeed });
  }

  async create(type: string, name: string, inputs: PropertyMap, preview = false): Promise<Made> {
    const { inputs: checked, failures } = await this.check(type, name, inputs);
    const [failure] = failures;
    if (failure !== undefined) throw new Error(`${failure.property}: ${failure.reason}`);
    const request = { ...this.#request(type, name), inputs: checked, preview, timeout: 0 };
    const live = await this.provider.create(request);
    return { ...live, type: request.type, name, inputs: checked };
  }

  diff(made: Made, newInputs: PropertyMap): Promise<DiffResult> {
    const { id, inputs: oldInputs } = made;
    const request = this.#request(made.type, made.name);
    return this.provider.diff({ ...request, id, oldInputs, newInputs, ignoreChanges: [] });
  }

  async update(made: Made, newInputs: PropertyMap, preview = false): Promise<Made> {
    const { id, state: oldState, inputs: oldInputs } = made;
    const request = { ...this.#request(made.type, made.name), preview, timeout: 0 };
    const inputs = { id, oldState, oldInputs, newInputs };
    const state = await this.provider.update({ ...request, ...inputs });
    return { ...made, state, inputs: newInputs };
  }

  delete({ type, name, id, state, inputs }: Made): Promise<void> {
    return this.provider.delete({ ...this.#request(type, name), id, state, inputs, timeout: 0 });
  }

  read({ type, name, id, state, inputs }: Made) {
    return this.provider.read({ ...this.#request(type, name), id, state, inputs });
  }

  /** A type token without its package is of the stand-in's own. */
  #request(type: string, name: string) {
    const token = type.startsWith(`${this.cloud}:`) ? type : `${this.cloud}:${type}`;
    return { urn: `urn:pulumi:test::slipway::${token}::${name}`, type: token, name };
  }
}
