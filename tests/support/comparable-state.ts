import type { Engine } from "../../local/engine/index.ts";
import { inPlannedNames } from "./planned-names.ts";

type Json = Readonly<Record<string, unknown>>;

/** A resource as resources.json and the engine's state both have it. */
export interface PlanEntry {
  readonly urn: string;
  readonly type: string;
  readonly parent: string | null;
  readonly provider: string | null;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly dependencies: readonly string[];
  readonly inputs: Json;
}

/** A resource as the engine keeps it. */
type StateEntry = Json & Pick<PlanEntry, "urn" | "type"> & { readonly inputs?: Json };

/** Marks a secret in exported state. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const CHECKSUM = /(^|\/)checksum/;
const AUTONAMED = "pulumi.com/autonamed";

function isMap(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value with each leaf below a secret replaced by the plan's mask. */
function masked(value: unknown, hidden = false): unknown {
  if (Array.isArray(value)) return value.map((item) => masked(item, hidden));
  if (!isMap(value)) return hidden && value !== null ? "[secret]" : value;
  if (value[SIGNATURE] === SECRET) {
    return masked(JSON.parse(String(value["plaintext"])), true);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, masked(item, hidden)]),
  );
}

/** Checksums are of generated values, which differ from run to run; that there is one must not. */
function withoutChecksums(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutChecksums);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      CHECKSUM.test(key) && typeof item === "string" ? "[checksum]" : withoutChecksums(item),
    ]),
  );
}

/** The entries of a map that have none of these keys. */
function without(map: Json, ...keys: readonly string[]): Json {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));
}

/** Takes away the name that the provider's check made up, where the program gave none. */
function withoutAutoname(inputs: Json): Json {
  const metadata = inputs["metadata"];
  if (!isMap(metadata)) return inputs;
  const annotations = metadata["annotations"];
  if (!isMap(annotations) || annotations[AUTONAMED] !== "true") return inputs;
  const others = without(annotations, AUTONAMED);
  const kept = Object.keys(others).length === 0 ? {} : { annotations: others };
  return { ...inputs, metadata: { ...without(metadata, "name", "annotations"), ...kept } };
}

/** A plan's entry, reduced to what an engine keeps of it. */
export function comparableEntry(entry: PlanEntry): PlanEntry {
  const { urn, type, parent, provider, protect, retainOnDelete, dependencies, inputs } = entry;
  return {
    urn,
    type,
    parent,
    provider,
    protect,
    retainOnDelete,
    dependencies: dependencies.toSorted(),
    inputs: withoutChecksums(inputs) as Json,
  };
}

/** The state of a stack in the shape of a plan. */
export async function comparableState(
  engine: Engine,
  planned: ReadonlyMap<string, PlanEntry>,
): Promise<PlanEntry[]> {
  const { stdout } = await engine.run("stack", "export", "--show-secrets");
  const state = JSON.parse(stdout) as { deployment: { resources: StateEntry[] } };
  // The stack itself has no inputs.
  const resources = state.deployment.resources.map(
    (one): StateEntry & Pick<PlanEntry, "inputs"> => ({
      ...one,
      inputs: inputsOf(one),
    }),
  );
  const named = inPlannedNames(resources, [...planned.values()]);
  return named.map((resource) => {
    const text = (key: string) => (resource[key] as string | undefined) ?? null;
    const { urn, type } = resource;
    const inputs = masked(withoutAutoname(resource.inputs)) as Json;
    return comparableEntry({
      urn,
      type,
      parent: text("parent"),
      // The engine appends the id of the provider.
      provider: text("provider")?.split("::").slice(0, 4).join("::") ?? null,
      protect: resource["protect"] === true,
      retainOnDelete: resource["retainOnDelete"] === true,
      dependencies: (resource["dependencies"] ?? []) as string[],
      inputs: withoutProviderDefaults(inputs, planned.get(urn)),
    });
  });
}

/** Inputs of a resource; the engine keeps none where there are none. */
function inputsOf(resource: Json): Json {
  const { inputs } = resource;
  return isMap(inputs) ? inputs : {};
}

/** The engine writes its own version into a provider's inputs; the program has none. */
function withoutProviderDefaults(inputs: Json, entry: PlanEntry | undefined): Json {
  if (entry === undefined || !entry.type.startsWith("pulumi:providers:")) return inputs;
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => key in entry.inputs));
}
