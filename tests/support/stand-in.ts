import { readFileSync } from "node:fs";
import { KubernetesProvider } from "../../local/providers/kubernetes/kubernetes-provider.ts";
import type { PropertyMap } from "../../local/providers/property-values.ts";
import type { CheckResult, DiffResult, Live } from "../../local/providers/provider.ts";

/** A resource as a state file would hold it. */
export interface Recorded extends Live {
  readonly type: string;
  readonly name: string;
  readonly inputs: PropertyMap;
}

export interface OperationOptions {
  readonly preview?: boolean;
  /** Seconds. */
  readonly timeout?: number;
}

const request = (type: string, name: string) => ({
  urn: `urn:pulumi:test::slipway::${type}::${name}`,
  type,
  name,
});

/** Calls a Kubernetes stand-in in the order in which an engine would, without one. */
export class StandIn {
  readonly provider: KubernetesProvider;
  readonly warnings: string[] = [];

  constructor() {
    this.provider = new KubernetesProvider("0.0.0", {
      warn: (_urn, message) => void this.warnings.push(message),
      status: () => undefined,
    });
  }

  /** A stand-in for the cluster of a kubeconfig file, configured as the program's provider is. */
  static async forCluster(kubeconfig: string, config: PropertyMap = {}): Promise<StandIn> {
    const standIn = new StandIn();
    await standIn.provider.configure({
      kubeconfig: readFileSync(kubeconfig, "utf8"),
      clusterIdentifier: "test",
      enableSecretMutable: "true",
      enableConfigMapMutable: "true",
      ...config,
    });
    return standIn;
  }

  check(type: string, name: string, newInputs: PropertyMap, old?: Recorded): Promise<CheckResult> {
    return this.provider.check({
      ...request(type, name),
      newInputs,
      oldInputs: old?.inputs ?? {},
      randomSeed: new Uint8Array([1, 2, 3]),
    });
  }

  async create(
    type: string,
    name: string,
    newInputs: PropertyMap,
    { preview = false, timeout = 20 }: OperationOptions = {},
  ): Promise<Recorded> {
    const { inputs } = await this.check(type, name, newInputs);
    const live = await this.provider.create({ ...request(type, name), inputs, preview, timeout });
    return { ...live, type, name, inputs };
  }

  async diff(old: Recorded, newInputs: PropertyMap): Promise<DiffResult> {
    const { inputs } = await this.check(old.type, old.name, newInputs, old);
    return this.provider.diff({
      ...request(old.type, old.name),
      id: old.id,
      oldInputs: old.inputs,
      newInputs: inputs,
      ignoreChanges: [],
    });
  }

  async update(
    old: Recorded,
    changed: PropertyMap,
    { preview = false, timeout = 20 }: OperationOptions = {},
  ): Promise<Recorded> {
    const { inputs } = await this.check(old.type, old.name, changed, old);
    const state = await this.provider.update({
      ...request(old.type, old.name),
      id: old.id,
      oldState: old.state,
      oldInputs: old.inputs,
      newInputs: inputs,
      preview,
      timeout,
    });
    return { ...old, state, inputs };
  }

  /** The resource after a refresh; undefined when it is gone. */
  async refresh(old: Recorded): Promise<Recorded | undefined> {
    const { id, state, inputs } = old;
    const live = await this.provider.read({ ...request(old.type, old.name), id, state, inputs });
    return live === undefined ? undefined : { ...old, ...live };
  }

  delete(old: Recorded, { timeout = 20 }: OperationOptions = {}): Promise<void> {
    const { id, state, inputs } = old;
    return this.provider.delete({ ...request(old.type, old.name), id, state, inputs, timeout });
  }
}
