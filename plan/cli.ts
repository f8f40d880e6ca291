// The command line of the plan. What it needs is imported after the compile cache is on: compiling the
// SDK is a third of the run.
import module from "node:module";
import path from "node:path";
import { parseArgs } from "node:util";

const USAGE = `Usage: node plan/cli.ts --stack NAME [--cluster CLOUD] [--out FOLDER]

Shows what a stack would be, with no engine, cluster or cloud: writes FOLDER/NAME.

  --stack NAME     a stack that has a file Pulumi.NAME.yaml
  --cluster CLOUD  the same stack on another cloud: its file in examples/CLOUD; writes FOLDER/NAME-CLOUD
  --out FOLDER     where plans are written (default: out)
  --help           this text`;

const FAILED = 1;
const MISUSED = 2;

interface Arguments {
  readonly stack: string;
  readonly cluster: string | undefined;
  readonly out: string;
}

function readArguments(): Arguments | "help" | { readonly misuse: string } {
  try {
    const { values } = parseArgs({
      options: {
        stack: { type: "string" },
        cluster: { type: "string" },
        out: { type: "string", default: "out" },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) return "help";
    if (values.stack === undefined || values.stack === "") {
      return { misuse: "The option --stack is missing." };
    }
    // Make passes an empty one where none is named.
    const cluster = values.cluster === "" ? undefined : values.cluster;
    return { stack: values.stack, cluster, out: values.out };
  } catch (error) {
    return { misuse: (error as Error).message };
  }
}

async function plan({ stack, cluster, out }: Arguments): Promise<void> {
  module.enableCompileCache();
  const { makePlan } = await import("./make-plan.ts");
  const { capacityLine, countsLine } = await import("./summary.ts");
  const { writeFolder } = await import("./write/write-folder.ts");

  const { stackFolder } = await import("../config/stack-folder.ts");

  const result = await makePlan(stack, stackFolder(cluster));
  const folder = path.join(out, cluster === undefined ? stack : `${stack}-${cluster}`);
  writeFolder(folder, result.files);
  const seconds = (performance.now() / 1000).toFixed(1);
  console.log(
    [
      result.openingLine,
      countsLine(result.model),
      capacityLine(result.balance),
      ...result.warnings.map((warning) => `Warning: ${warning}`),
      `Written to ${folder} in ${seconds} s; start with ${path.join(folder, "summary.md")}.`,
    ].join("\n"),
  );
}

async function main(): Promise<number> {
  const args = readArguments();
  if (args === "help") {
    console.log(USAGE);
    return 0;
  }
  if ("misuse" in args) {
    console.error(`${args.misuse}\n\n${USAGE}`);
    return MISUSED;
  }
  try {
    await plan(args);
    return 0;
  } catch (error) {
    // Errors that are messages to a person need no stack trace, and all others do.
    const { isPlanMessage } = await import("./plan-message.ts");
    console.error(isPlanMessage(error) ? error.message : error);
    return FAILED;
  }
}

process.exitCode = await main();
