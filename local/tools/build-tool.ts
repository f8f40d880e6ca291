import fs from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { InterruptedError } from "../local-error.ts";
import { buildError } from "./build-error.ts";
import { buildFlags, currentStamp, install } from "./build-stamp.ts";
import { moduleFolder, type ToolFolder } from "./tool-folder.ts";
import type { Tool } from "./tool-table.ts";

/** The environment of every call of Go: our go.mod decides, and no workspace around the checkout. */
export function goEnvironment(): Record<string, string> {
  const flags = [process.env["GOFLAGS"] ?? "", "-mod=readonly"].join(" ").trim();
  return { GOFLAGS: flags, GOWORK: "off" };
}

/**
 * Builds one tool. The result takes its place only when it is whole, so that a build that was broken
 * off leaves nothing that could be mistaken for a program; the next one finds in Go's cache what was
 * compiled already.
 */
export async function buildTool(
  tool: Tool,
  folder: ToolFolder,
  note: (text: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  fs.mkdirSync(folder.bin, { recursive: true });
  fs.mkdirSync(folder.logs, { recursive: true });
  const stamp = currentStamp(tool);
  const unfinished = path.join(folder.bin, `.${tool.name}.${process.pid}.unfinished`);
  const logFile = path.join(folder.logs, `${tool.name}.log`);
  const log = fs.createWriteStream(logFile);
  const compiling = execa(
    "go",
    ["build", "-v", ...buildFlags(tool), "-o", unfinished, tool.package],
    {
      cwd: moduleFolder(tool.module),
      env: goEnvironment(),
      all: true,
      reject: false,
      ...(signal === undefined ? {} : { cancelSignal: signal }),
    },
  );
  let packages = 0;
  compiling.all.setEncoding("utf8").on("data", (chunk: string) => {
    log.write(chunk);
    for (const line of chunk.split("\n").filter((text) => text !== "")) {
      if (line.startsWith("go: downloading")) note(line.slice("go: ".length));
      else note(`${++packages} packages compiled, now ${line}`);
    }
  });
  try {
    const result = await compiling;
    if (result.isCanceled || result.signal === "SIGINT") {
      throw new InterruptedError(`Stopped while building ${tool.name}. Run it again to go on.`);
    }
    if (result.failed) throw buildError(tool, result.all || (result.shortMessage ?? ""), logFile);
    install(folder, tool.name, unfinished, stamp);
  } finally {
    log.end();
    fs.rmSync(unfinished, { force: true });
  }
}
