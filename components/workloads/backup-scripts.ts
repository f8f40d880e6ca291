import fs from "node:fs";
import path from "node:path";

const FOLDER = path.join(import.meta.dirname, "scripts");

/** The scripts by file name, as one ConfigMap holds them. */
export function backupScripts(): Record<string, string> {
  const names = fs.readdirSync(FOLDER).toSorted();
  return Object.fromEntries(
    names.map((name) => [name, fs.readFileSync(path.join(FOLDER, name), "utf8")]),
  );
}
