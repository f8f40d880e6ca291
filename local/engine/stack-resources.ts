import fs from "node:fs";
import path from "node:path";
import { parseDocument } from "yaml";
import { REPOSITORY } from "../repository.ts";
import { engineFolder, stateFile } from "./engine-folder.ts";

interface StackOptions {
  readonly stateDir: string;
  readonly stack: string;
}

/** The file with the state of a stack of the checkout. */
function fileOf({ stateDir, stack }: StackOptions): string {
  const project = parseDocument(fs.readFileSync(path.join(REPOSITORY, "Pulumi.yaml"), "utf8"));
  return stateFile(engineFolder(stateDir, "stand-in"), String(project.get("name")), stack);
}

function countIn(file: string): number {
  const { checkpoint } = JSON.parse(fs.readFileSync(file, "utf8")) as {
    checkpoint?: { latest?: { resources?: unknown[] } };
  };
  return checkpoint?.latest?.resources?.length ?? 0;
}

/** How many resources the state of the checkout's stack lists; undefined when there is no state. */
export function stackResources(options: StackOptions): number | undefined {
  const file = fileOf(options);
  return fs.existsSync(file) ? countIn(file) : undefined;
}

/** The other stacks of the checkout whose states list resources, by name. */
export function otherStacks(options: StackOptions): string[] {
  const file = fileOf(options);
  const folder = path.dirname(file);
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith(".json") && name !== path.basename(file))
    .filter((name) => countIn(path.join(folder, name)) > 0)
    .map((name) => path.basename(name, ".json"))
    .sort();
}
