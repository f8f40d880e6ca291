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
