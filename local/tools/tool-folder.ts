import path from "node:path";
import { REPOSITORY } from "../repository.ts";

/** Where what is built and fetched lies. Ignored by git; `make clean` removes it. */
export interface ToolFolder {
  readonly bin: string;
  readonly stamps: string;
  readonly logs: string;
  readonly crds: string;
}

export function toolFolder(root: string = path.join(REPOSITORY, ".tools")): ToolFolder {
  return {
    bin: path.join(root, "bin"),
    stamps: path.join(root, "stamps"),
    logs: path.join(root, "logs"),
    crds: path.join(root, "crds"),
  };
}

/** The folder with the go.mod of a module of ours. */
export function moduleFolder(module: string): string {
  return path.join(REPOSITORY, "local/tools/modules", module);
}
