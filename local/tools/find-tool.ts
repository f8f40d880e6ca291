import fs from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { REPOSITORY } from "../repository.ts";
import { currentStamp, isCurrent } from "./build-stamp.ts";
import type { ToolFolder } from "./tool-folder.ts";
import type { Tool } from "./tool-table.ts";
import { fits, versionIn } from "./tool-version.ts";

/** Where a tool is, or that it has to be built. */
export type Finding =
  | { readonly tool: Tool; readonly from: "path" | "built"; readonly file: string }
  | { readonly tool: Tool; readonly from: "nowhere" };

/** The folders of PATH that belong to the machine and not to this checkout. */
export function machineFolders(searchPath = process.env["PATH"] ?? ""): string[] {
  return searchPath
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .filter((folder) => path.relative(REPOSITORY, folder).startsWith(".."));
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The version that a program prints, or undefined when it prints none or does not run. */
async function printedVersion(file: string, args: readonly string[]): Promise<string | undefined> {
  const { stdout, stderr } = await execa(file, args, { reject: false, timeout: 20_000 });
  return versionIn(`${stdout}\n${stderr}`);
}

/**
 * The first program of that name on PATH whose version fits and that has beside it what belongs to it:
 * an engine finds its language host in its own folder.
 */
async function onPath(
  tool: Tool,
  tools: readonly Tool[],
  folders: readonly string[],
): Promise<string | undefined> {
  if (tool.beside !== undefined) return undefined;
  const companions = tools.filter(({ beside }) => beside === tool.name);
  for (const folder of folders) {
    const file = path.join(folder, tool.name);
    if (![tool, ...companions].every(({ name }) => isExecutable(path.join(folder, name)))) continue;
    const version = await printedVersion(file, tool.versionArguments ?? []);
    if (version !== undefined && fits(version, tool.version, tool.accepts)) return file;
  }
  return undefined;
}

/** Looks for tools on PATH and among those built earlier. */
export async function findTools(
  tools: readonly Tool[],
  folder: ToolFolder,
  folders: readonly string[] = machineFolders(),
): Promise<Finding[]> {
  const named = await Promise.all(
    tools.map(async (tool) => [tool.name, await onPath(tool, tools, folders)] as const),
  );
  const ready = new Map(named.filter(([, file]) => file !== undefined));
  return tools.map((tool): Finding => {
    const host = ready.get(tool.beside ?? "");
    const file =
      host === undefined ? ready.get(tool.name) : path.join(path.dirname(host), tool.name);
    if (file !== undefined) return { tool, from: "path", file };
    if (!isCurrent(folder, tool.name, currentStamp(tool))) return { tool, from: "nowhere" };
    return { tool, from: "built", file: path.join(folder.bin, tool.name) };
  });
}
