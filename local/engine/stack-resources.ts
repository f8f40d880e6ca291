import fs from "node:fs";
import path from "node:path";
import { parseDocument } from "yaml";
import { REPOSITORY } from "../repository.ts";
import { engineFolder, stateFile } from "./engine-folder.ts";

/** How many resources the state of the checkout's stack lists; undefined when there is no state. */
export function stackResources(options: {
  readonly stateDir: string;
  readonly stack: string;
}): number | undefined {
  const project = parseDocument(fs.readFileSync(path.join(REPOSITORY, "Pulumi.yaml"), "utf8"));
  const folder = engineFolder(options.stateDir, "stand-in");
  const file = stateFile(folder, String(project.get("name")), options.stack);
  if (!fs.existsSync(file)) return undefined;
  const { checkpoint } = JSON.parse(fs.readFileSync(file, "utf8")) as {
    checkpoint?: { latest?: { resources?: unknown[] } };
  };
  return checkpoint?.latest?.resources?.length ?? 0;
}
