import { readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";

/** Version of an installed package: a stand-in plugin calls itself as the SDK it serves expects. */
export function packageVersion(name: string): string {
  const file = findPackageJSON(name, import.meta.url);
  if (file === undefined) throw new Error(`${name} is not installed. Run npm ci.`);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
