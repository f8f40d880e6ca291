import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { moduleFolder, type ToolFolder } from "./tool-folder.ts";
import type { Tool } from "./tool-table.ts";

/** Arguments of `go build` that decide what comes out. */
export function buildFlags(tool: Pick<Tool, "linkerFlags">): string[] {
  return ["-trimpath", "-ldflags", ["-s -w", ...tool.linkerFlags].join(" ")];
}

/**
 * A digest of everything that a program is built from: the pinned modules, the package, the flags and
 * the kind of machine. Not the Go release, so that an update of Go does not cost a build of ten minutes.
 */
export function buildStamp(
  tool: Pick<Tool, "package" | "linkerFlags">,
  moduleFiles: readonly string[],
  machine: string = `${process.platform}/${process.arch}`,
): string {
  const parts = [tool.package, ...buildFlags(tool), machine, ...moduleFiles];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** The digest of a tool as its module stands in the checkout. */
export function currentStamp(tool: Tool): string {
  const files = ["go.mod", "go.sum"].map((file) =>
    fs.readFileSync(path.join(moduleFolder(tool.module), file), "utf8"),
  );
  return buildStamp(tool, files);
}

/** What is written beside a finished build. */
export interface StampRecord {
  readonly stamp: string;
  /** Size of the result in bytes, so that a file cut short by a full disk is noticed. */
  readonly bytes: number;
}

function stampFile(folder: ToolFolder, name: string): string {
  return path.join(folder.stamps, `${name}.json`);
}

/** Whether the program in the folder is whole and was built from exactly what `stamp` stands for. */
export function isCurrent(folder: ToolFolder, name: string, stamp: string): boolean {
  try {
    const record = JSON.parse(fs.readFileSync(stampFile(folder, name), "utf8")) as StampRecord;
    return record.stamp === stamp && record.bytes === fs.statSync(path.join(folder.bin, name)).size;
  } catch {
    return false;
  }
}

/** Puts a finished build in place. The stamp goes first and comes back last, so that it never lies. */
export function install(folder: ToolFolder, name: string, built: string, stamp: string): void {
  fs.rmSync(stampFile(folder, name), { force: true });
  fs.renameSync(built, path.join(folder.bin, name));
  const record: StampRecord = { stamp, bytes: fs.statSync(path.join(folder.bin, name)).size };
  fs.mkdirSync(folder.stamps, { recursive: true });
  const temporary = `${stampFile(folder, name)}.${process.pid}`;
  fs.writeFileSync(temporary, JSON.stringify(record));
  fs.renameSync(temporary, stampFile(folder, name));
}
