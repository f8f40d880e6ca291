import fs from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");

/** All that `pulumi up` reads of the checkout. Packages are found in the folders above a copy. */
const PROGRAM = [
  "Pulumi.yaml",
  "package.json",
  "start.js",
  "index.ts",
  "components",
  "config",
  "examples",
  "systems",
];

/** Copies the program into a folder inside the checkout, as a branch of it that a test may edit. */
export function copyProject(folder: string): void {
  for (const name of PROGRAM) {
    fs.cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  }
}

/** Replaces a text of the copy, which has to be there once. */
export function editCopy(folder: string, file: string, from: string, to: string): void {
  const target = path.join(folder, file);
  const parts = fs.readFileSync(target, "utf8").split(from);
  if (parts.length !== 2) {
    throw new Error(`${file}: got ${parts.length - 1} places with ${from}, expected one`);
  }
  fs.writeFileSync(target, parts.join(to));
}
