import { identify } from "../../control-plane/process-identity.ts";
import {
  cloudAccount,
  cloudAnswer,
  cloudFunction,
  type Cloud,
  type CloudAccount,
  type Properties,
} from "../../../plan/recording/cloud-outputs/index.ts";
import { toJson, revealed, withoutSecrets, type PropertyMap } from "../property-values.ts";
import type {
  CheckRequest,
  CheckResult,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  DiffResult,
  Live,
  Provider,
  ReadRequest,
  UpdateRequest,
} from "../provider.ts";
import { deletable, register, rewrite, strike } from "./account-changes.ts";
import { AccountStore } from "./account-store.ts";
import { withAutomaticName } from "./automatic-name.ts";
import { takeTime } from "./behaviour.ts";
import { called, CloudError } from "./cloud-error.ts";
import type { CloudRecord } from "./cloud-record.ts";
import type { ClusterHook } from "./cluster-hook.ts";
import { changedReal, endedReal, isReal, madeReal } from "./clusters.ts";
import { diffConfig, diffResource, refuseFixed } from "./diff-resource.ts";
import { restoredInputs } from "./kept-inputs.ts";
import { dependentsInCloud, refuseWhileStoodIn, type LeftBehind } from "./left-behind.ts";
import { checkName } from "./name-rules.ts";
import { announcedChange, announcedState, asPropertyMap, stateOf } from "./resource-state.ts";

export interface CloudProviderOptions {
  readonly cloud: Cloud;
  readonly version: string;
  /** The folder with what exists, of all clouds; undefined where nobody said. */
  readonly folder: string | undefined;
  readonly clusterHook: () => Promise<ClusterHook>;
  /** What controllers in clusters made that stands in a network. @default local/cloud is asked */
  readonly dependentsInCloud?: (account: string, id: string) => Promise<readonly LeftBehind[]>;
}

/** Stands in for the plugin of a cloud: keeps an account of what exists, with the cloud's own rules. */
export class CloudProvider implements Provider {
  readonly version: string;
  readonly #options: CloudProviderOptions;
  #account: CloudAccount = cloudAccount({});
  #opened: AccountStore | undefined;

  constructor(options: CloudProviderOptions) {
    this.version = options.version;
    this.#options = options;
  }

  checkConfig(request: CheckRequest): Promise<CheckResult> {
    return Promise.resolve({ inputs: request.newInputs, failures: [] });
  }

  diffConfig(request: DiffRequest): Promise<DiffResult> {
    return Promise.resolve(diffConfig(request));
  }

  configure(config: PropertyMap): Promise<void> {
    const { cloud, folder } = this.#options;
    if (folder === undefined || folder === "") {
      const remedy = "Set it to the folder that is to hold what exists, or use the real plugin.";
      return Promise.reject(new Error(`The stand-in for ${cloud} needs SLIPWAY_CLOUD. ${remedy}`));
    }
    this.#account = cloudAccount(revealed(config) as Properties);
    this.#opened = new AccountStore(folder, cloud);
    return Promise.resolve();
  }

  check(request: CheckRequest): Promise<CheckResult> {
    const inputs = withAutomaticName(request);
    return Promise.resolve({ inputs, failures: checkName(request.type, inputs) });
  }

  diff(request: DiffRequest): Promise<DiffResult> {
    const record = this.#store.find(request.type, request.id);
    return Promise.resolve(diffResource(request, record, this.#account));
  }

  async create(request: CreateRequest): Promise<Live> {
    const { inputs } = request;
    if (request.preview) {
      return { id: "", state: announcedState(request, inputs, this.#account) };
    }
    return this.#guarded(request.type, inputs, async () => {
      const record = await this.#made(request);
      return { id: record.id, state: stateOf(record, inputs) };
    });
  }

  async #made(request: CreateRequest): Promise<CloudRecord> {
    const store = this.#store;
    const { type, name, inputs } = request;
    const creating = isReal(type) ? identify(process.pid) : undefined;
    const wanted = { type, name, inputs, account: this.#account };
    const record = await store.exclusively(() =>
      register(store, creating === undefined ? wanted : { ...wanted, creating }),
    );
    if (creating === undefined) return record;
    try {
      const hook = await this.#options.clusterHook();
      const served = await madeReal(hook, this.#written(record, inputs));
      return await store.finish(record, served);
    } catch (error) {
      await store.exclusively(() => {
        store.remove(record);
      });
      throw error;
    }
  }

  async update(request: UpdateRequest): Promise<PropertyMap> {
    const { type, id, oldInputs, newInputs } = request;
    const store = this.#store;
    const before = store.find(type, id);
    if (before === undefined) {
      throw new CloudError(store.cloud, "notFound", `there is no ${called({ type, id })}.`);
    }
    if (request.preview) return announcedChange(before, oldInputs, newInputs);
    return this.#guarded(type, newInputs, async () => {
      refuseFixed(store.cloud, request);
      const after = await store.exclusively(() => rewrite(store, before, newInputs));
      if (!isReal(type)) return stateOf(after, newInputs);
      const hook = await this.#options.clusterHook();
      const served = await changedReal(hook, before, this.#written(after, newInputs));
      return stateOf(await store.finish(after, served), newInputs);
    });
  }

  read(request: ReadRequest): Promise<(Live & { inputs: PropertyMap }) | undefined> {
    const record = this.#store.find(request.type, request.id);
    if (record === undefined) return Promise.resolve(undefined);
    const inputs = restoredInputs(record.inputs, request.inputs);
    return Promise.resolve({ id: record.id, state: stateOf(record, inputs), inputs });
  }

  async delete(request: DeleteRequest): Promise<void> {
    const store = this.#store;
    const record = store.find(request.type, request.id);
    if (record === undefined) return;
    await this.#guarded(request.type, request.inputs, async () => {
      const going = await store.exclusively(() => deletable(store, record));
      const find = this.#options.dependentsInCloud ?? dependentsInCloud;
      await refuseWhileStoodIn(store.cloud, store.account, going, find);
      for (const one of going.filter(({ type }) => isReal(type))) {
        const hook = await this.#options.clusterHook();
        await endedReal(hook, this.#written(one, one === record ? request.inputs : undefined));
      }
      await store.exclusively(() => {
        for (const one of deletable(store, record)) strike(store, one);
      });
    });
  }

  async invoke(token: string, args: PropertyMap): Promise<PropertyMap> {
    const { cloud } = this.#options;
    const plain = toJson(args) as Properties;
    const known = (type: string) =>
      this.#store
        .records()
        .filter((record) => record.type === type)
        .map((record) => ({
          inputs: record.inputs,
          outputs: cloudAnswer(record).outputs,
          ...(record.served === undefined ? {} : { served: record.served }),
        }));
    const result = cloudFunction(token, plain, this.#account, known);
    if (result === undefined) {
      throw new Error(`The stand-in for ${cloud} has no function ${token}.`);
    }
    return Promise.resolve(asPropertyMap(result));
  }

  cancel(): void {
    // Clusters are what takes time, and they have to be finished to be known.
  }

  get #store(): AccountStore {
    if (this.#opened !== undefined) return this.#opened;
    throw new Error(`The stand-in for ${this.#options.cloud} has not been configured.`);
  }

  #written(record: CloudRecord, inputs?: PropertyMap) {
    const plain = inputs === undefined ? record.inputs : (toJson(inputs) as Properties);
    return { account: this.#store.account, record, inputs: plain, others: this.#store.records() };
  }

  /** Does an operation in the time that it takes, and lets no message show a secret. */
  async #guarded<T>(type: string, inputs: PropertyMap, work: () => Promise<T>): Promise<T> {
    try {
      await takeTime(this.#store, type);
      return await work();
    } catch (error) {
      if (error instanceof Error) error.message = withoutSecrets(error.message, inputs);
      throw error;
    }
  }
}
