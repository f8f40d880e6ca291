import { LocalError } from "../local-error.ts";
import { shown } from "../repository.ts";
import { describeRule } from "./tool-version.ts";
import type { Tool } from "./tool-table.ts";

/** What to do about a failure of Go, by what it prints. The first that matches counts. */
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [
    /requires go >=|toolchain not available|invalid go version/,
    "Install Go 1.26 or newer, or unset GOTOOLCHAIN so that Go fetches the release it needs.",
  ],
  [
    /no space left on device/,
    "Free about 6 GB (Go's build cache takes most of it), then run it again.",
  ],
  [/signal: killed|cannot allocate memory/, "Free about 3 GB of memory, then run it again."],
  [
    /dial tcp|no such host|i\/o timeout|connection refused|proxyconnect|TLS handshake|410 Gone|403 Forbidden/,
    "Go could not fetch modules. Check the network, or name a module proxy you can reach in GOPROXY.",
  ],
  [
    /checksum mismatch|SECURITY ERROR/,
    "What was fetched is not what go.sum names. Do not use it: check which module proxy GOPROXY names.",
  ],
];

const GENERAL = "Run it again: what was compiled so far is kept, and the build goes on from there.";

/** The lines of `go build -v` that are not merely names of packages, at most the last twelve. */
export function telling(output: string): string[] {
  const lines = output.split("\n").map((line) => line.trimEnd());
  return lines
    .filter((line) => /\s/.test(line.trim()) && !/^go: downloading /.test(line))
    .slice(-12);
}

/** How somebody without a way to build gets on. */
export function readyMade(tools: readonly Tool[]): string {
  const rows = tools.map((tool) => {
    const version =
      tool.beside === undefined
        ? describeRule(tool.version, tool.accepts)
        : `the one that comes with ${tool.beside}`;
    return `  ${tool.name.padEnd(24)} ${version}`;
  });
  return rows.join("\n");
}

/** Why a build failed, in words that end with what to do. */
export function buildError(tool: Tool, output: string, logFile: string): LocalError {
  const remedy = REMEDIES.find(([pattern]) => pattern.test(output))?.[1] ?? GENERAL;
  return new LocalError(
    [
      `${tool.name} ${tool.version} could not be built from local/tools/modules/${tool.module}:`,
      ...telling(output).map((line) => `  ${line}`),
      remedy,
      `All that Go printed is in ${shown(logFile)}. A ready-made program on PATH does as well:`,
      readyMade([tool]),
    ].join("\n"),
  );
}

/**
 * What to install where there is no Go. `definitions` says that the custom resource definitions are
 * missing too, which come from Go modules and from nowhere else.
 */
export function missingGo(tools: readonly Tool[], definitions: boolean): LocalError {
  const ready =
    tools.length === 0
      ? []
      : ["Ready-made programs on PATH save the building of them:", readyMade(tools)];
  return new LocalError(
    [
      `Go is not on PATH, and what is needed has to be ${tools.length === 0 ? "fetched" : "built"} with it.`,
      definitions
        ? "Install Go 1.26 or newer: the definitions of the charts' custom resources come from Go modules."
        : "Install Go 1.26 or newer, or do without building.",
      ...ready,
    ].join("\n"),
  );
}
