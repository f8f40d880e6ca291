import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import ts from "typescript";

export const root = path.resolve(import.meta.dirname, "../..");

/** Files of the repository, tracked or new, relative to its root, in a fixed order. */
export function repositoryFiles(...suffixes: string[]): string[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  return listed
    .split("\n")
    .filter((file) => suffixes.some((suffix) => file.endsWith(suffix)))
    .filter((file) => fs.existsSync(path.join(root, file)))
    .sort();
}

export function read(file: string): string {
  return fs.readFileSync(path.join(root, file), "utf8");
}

/** The repository's files that a file imports, type imports included, relative to the root. */
export function localImports(file: string): string[] {
  return ts
    .preProcessFile(read(file), true, true)
    .importedFiles.map((imported) => imported.fileName)
    .filter((name) => name.startsWith("."))
    .map((name) => path.posix.normalize(path.posix.join(path.posix.dirname(file), name)));
}
