import fs from "node:fs";
import path from "node:path";
import { REPOSITORY } from "../../local/repository.ts";

/** What an SDK's typings say of a resource type. */
export interface SdkType {
  /** Outputs by name, and the type of each as written, without `| undefined`. */
  readonly outputs: ReadonlyMap<string, string>;
  /** Outputs that the program cannot give and that are always there. */
  readonly computed: readonly string[];
  readonly inputs: ReadonlyMap<string, string>;
}

/** The typings of a type token such as `gcp:compute/network:Network` or `azure-native:dns:Zone`. */
export function sdkType(token: string): SdkType {
  const text = fs.readFileSync(typingsFile(token), "utf8");
  const [before = "", after = ""] = text.split(/export interface \w+Args \{/);
  const theClass = before.slice(
    before.indexOf("export declare class"),
    before.indexOf("constructor("),
  );
  const all = [
    ...theClass.matchAll(/^ {4}readonly (\w+): pulumi\.Output<([^;]*(?:\[[^;]*;[^;]*)?)>;$/gm),
  ];
  const inputs = new Map(
    [...after.matchAll(/^ {4}(\w+)\??: (.*)$/gm)].map(([, name = "", type = ""]) => [name, type]),
  );
  const outputs = new Map(
    all.map(([, name = "", type = ""]) => [name, type.replace(/ \| undefined/g, "")]),
  );
  const computed = all
    .filter(([, name = "", type = ""]) => !inputs.has(name) && !type.includes("undefined"))
    .map(([, name = ""]) => name);
  return { outputs, computed, inputs };
}

/** Whether a type has an input at a path such as `nodeConfig.labels` or `subnetworks[].name`. */
export function hasInput(token: string, inputPath: string): boolean {
  const [first = "", ...rest] = inputPath.replaceAll("[]", "").split(".");
  let type = sdkType(token).inputs.get(first);
  for (const step of rest) {
    // Below a map with keys of the program's own everything is an input.
    if (type === undefined || /\{$/.test(type)) return type !== undefined;
    type = membersOf(token, type).get(step);
  }
  return type !== undefined;
}

const inputTypes = new Map<string, string>();

/** Inputs of a nested type such as `pulumi.Input<inputs.container.ClusterNodeConfig | undefined>`. */
function membersOf(token: string, type: string): ReadonlyMap<string, string> {
  const [, namespace = "", name = ""] = /inputs\.(\w+)\.(\w+)/.exec(type) ?? [];
  const [provider = ""] = token.split(":");
  const file = path.join(REPOSITORY, "node_modules/@pulumi", provider, "types/input.d.ts");
  const text = inputTypes.get(file) ?? fs.readFileSync(file, "utf8");
  inputTypes.set(file, text);
  const start = text.indexOf(`export declare namespace ${namespace} {`);
  const begin = text.indexOf(`interface ${name} {`, start);
  if (start < 0 || begin < 0) return new Map();
  const body = text.slice(begin, text.indexOf("\n    }", begin));
  return new Map(
    [...body.matchAll(/^ {8}(\w+)\??: (.*)$/gm)].map(([, key = "", of = ""]) => [key, of]),
  );
}

function typingsFile(token: string): string {
  const [provider = "", module = "", kind = ""] = token.split(":");
  const place = module.includes("/")
    ? module
    : `${module}/${kind.charAt(0).toLowerCase()}${kind.slice(1)}`;
  const folder = path.join(REPOSITORY, "node_modules/@pulumi", provider, path.dirname(place));
  const wanted = `${path.basename(place)}.d.ts`.toLowerCase();
  const name = fs.readdirSync(folder).find((entry) => entry.toLowerCase() === wanted);
  if (name === undefined) throw new Error(`${token} has no typings in ${folder}.`);
  return path.join(folder, name);
}
