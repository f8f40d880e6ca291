import { differences, formatPath } from "./property-diff.ts";
import { hasUnknown, UNKNOWN, type PropertyMap } from "./property-values.ts";
import type {
  CheckFailure,
  CheckRequest,
  CheckResult,
  CreateRequest,
  DiffRequest,
  DiffResult,
  Live,
  Provider,
  ReadRequest,
} from "./provider.ts";

/** One type of a package whose values are drawn once. */
export interface DrawnResource {
  check(inputs: PropertyMap): CheckFailure[];
  /** The drawn values; with them the resource's id, which is never a secret. */
  draw(inputs: PropertyMap): { readonly id: string; readonly outputs: PropertyMap };
  /** Names of what {@link draw} gives, to be announced as unknown in a preview. */
  readonly outputNames: readonly string[];
}

/** The supported types of a package by token. */
export type DrawnResources = Readonly<Record<string, DrawnResource>>;

/**
 * Stands in for a plugin whose resources live in the state alone: values are drawn once and kept there
 * from then on, and any changed input draws anew.
 */
export class DrawnValuesProvider implements Provider {
  readonly version: string;
  readonly #package: string;
  readonly #resources: DrawnResources;

  /** `packageName` is said in messages, such as `random`. */
  constructor(packageName: string, version: string, resources: DrawnResources) {
    this.#package = packageName;
    this.version = version;
    this.#resources = resources;
  }

  checkConfig(request: CheckRequest): Promise<CheckResult> {
    return Promise.resolve({ inputs: request.newInputs, failures: [] });
  }

  diffConfig(): Promise<DiffResult> {
    return Promise.resolve({ changed: new Map(), deleteBeforeReplace: false });
  }

  configure(): Promise<void> {
    return Promise.resolve();
  }

  async check(request: CheckRequest): Promise<CheckResult> {
    const resource = await this.#supported(request.type);
    const known = !hasUnknown(request.newInputs);
    return { inputs: request.newInputs, failures: known ? resource.check(request.newInputs) : [] };
  }

  /** Any changed input draws anew, `keepers` included: nothing of a drawn value can be updated. */
  diff(request: DiffRequest): Promise<DiffResult> {
    const changed = differences(request.oldInputs, request.newInputs).map(
      ({ path, kind }) => [formatPath(path), { kind, replace: true }] as const,
    );
    return Promise.resolve({ changed: new Map(changed), deleteBeforeReplace: false });
  }

  async create(request: CreateRequest): Promise<Live> {
    const resource = await this.#supported(request.type);
    if (request.preview) {
      const unknown = resource.outputNames.map((name) => [name, UNKNOWN] as const);
      return { id: "", state: { ...request.inputs, ...Object.fromEntries(unknown) } };
    }
    const { id, outputs } = resource.draw(request.inputs);
    return { id, state: outputs };
  }

  update(): Promise<PropertyMap> {
    return Promise.reject(new Error("A drawn value is never updated, only replaced."));
  }

  /** There is nothing outside the state that could have drifted. */
  read(request: ReadRequest): Promise<Live & { inputs: PropertyMap }> {
    return Promise.resolve({ id: request.id, state: request.state, inputs: request.inputs });
  }

  delete(): Promise<void> {
    return Promise.resolve();
  }

  invoke(token: string): Promise<PropertyMap> {
    return Promise.reject(new Error(`The stand-in for ${this.#package} has no function ${token}.`));
  }

  cancel(): void {
    // Nothing is ever waited for.
  }

  #supported(type: string): Promise<DrawnResource> {
    const resource = this.#resources[type];
    if (resource !== undefined) return Promise.resolve(resource);
    const names = Object.keys(this.#resources).map((token) =>
      token.slice(token.lastIndexOf(":") + 1),
    );
    return Promise.reject(
      new Error(
        `${type}: the stand-in for ${this.#package} has ${names.join(", ")} only. ` +
          `Use the real plugin for others.`,
      ),
    );
  }
}
