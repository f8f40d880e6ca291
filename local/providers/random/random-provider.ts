import { differences, formatPath } from "../property-diff.ts";
import { hasUnknown, UNKNOWN, type PropertyMap } from "../property-values.ts";
import type {
  CheckRequest,
  CheckResult,
  CreateRequest,
  DiffRequest,
  DiffResult,
  Live,
  Provider,
  ReadRequest,
} from "../provider.ts";
import { RANDOM_RESOURCES, type RandomResource } from "./resources.ts";

/** Stands in for the `random` plugin: values are drawn once and kept in the state from then on. */
export class RandomProvider implements Provider {
  readonly version: string;

  constructor(version: string) {
    this.version = version;
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
    const resource = await supported(request.type);
    const known = !hasUnknown(request.newInputs);
    return { inputs: request.newInputs, failures: known ? resource.check(request.newInputs) : [] };
  }

  /** Any changed input draws anew, `keepers` included: nothing of a random value can be updated. */
  diff(request: DiffRequest): Promise<DiffResult> {
    const changed = differences(request.oldInputs, request.newInputs).map(
      ({ path, kind }) => [formatPath(path), { kind, replace: true }] as const,
    );
    return Promise.resolve({ changed: new Map(changed), deleteBeforeReplace: false });
  }

  async create(request: CreateRequest): Promise<Live> {
    const resource = await supported(request.type);
    if (request.preview) {
      const unknown = resource.outputNames.map((name) => [name, UNKNOWN] as const);
      return { id: "", state: { ...request.inputs, ...Object.fromEntries(unknown) } };
    }
    const { id, outputs } = resource.draw(request.inputs);
    return { id, state: outputs };
  }

  update(): Promise<PropertyMap> {
    return Promise.reject(new Error("A random value is never updated, only replaced."));
  }

  /** There is nothing outside the state that could have drifted. */
  read(request: ReadRequest): Promise<Live & { inputs: PropertyMap }> {
    return Promise.resolve({ id: request.id, state: request.state, inputs: request.inputs });
  }

  delete(): Promise<void> {
    return Promise.resolve();
  }

  invoke(token: string): Promise<PropertyMap> {
    return Promise.reject(new Error(`The stand-in for random has no function ${token}.`));
  }

  cancel(): void {
    // Nothing is ever waited for.
  }
}

function supported(type: string): Promise<RandomResource> {
  const resource = RANDOM_RESOURCES[type];
  if (resource !== undefined) return Promise.resolve(resource);
  return Promise.reject(
    new Error(
      `${type}: the stand-in for random has ${Object.keys(RANDOM_RESOURCES)
        .map((token) => token.slice(token.lastIndexOf(":") + 1))
        .join(", ")} only. Use the real plugin for others.`,
    ),
  );
}
