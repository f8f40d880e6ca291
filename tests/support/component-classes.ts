import fs from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";

const root = path.resolve(import.meta.dirname, "../..");

/** Where components may be exported from. */
const FOLDERS = ["components/clusters", "components/platform", "components/workloads", "systems"];

/** Names of all exported classes that are components, by reading every module there is. */
export async function exportedComponents(): Promise<string[]> {
  const files = FOLDERS.flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => path.join(root, folder, file)),
  );
  const names = new Set<string>();
  for (const file of files) {
    const module = (await import(file)) as Record<string, unknown>;
    for (const value of Object.values(module)) {
      if (isComponentClass(value)) names.add(value.name);
    }
  }
  return [...names].toSorted();
}

function isComponentClass(value: unknown): value is { readonly name: string } {
  return typeof value === "function" && value.prototype instanceof pulumi.ComponentResource;
}
