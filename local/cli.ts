// The commands behind make up, down, status, doctor and the tools of the tests.
import module from "node:module";
import path from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import type { CommandOptions } from "./commands/options.ts";
import type { DoctorOptions } from "./commands/doctor.ts";
import type { DownOptions } from "./commands/down.ts";
import { EXIT, LocalError } from "./local-error.ts";
import { DEFAULT_STATE_DIR } from "./repository.ts";

const interrupt = new AbortController();
// Once: whoever types it again wants to leave at once. The engine heeds it by itself meanwhile.
process.once("SIGINT", () => {
  interrupt.abort();
});

let unread = false;
// Output that nobody reads any more, as in `make up | head`, ends the work as Ctrl-C does.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    // Once: a second signal would make the engine give up in the middle of a step.
    if (!unread && !interrupt.signal.aborted) process.kill(process.pid, "SIGINT");
    unread = true;
  });
}

async function ending(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
    if (!interrupt.signal.aborted) return;
    console.error("Interrupted, when all was done already.");
    process.exitCode = EXIT.interrupted;
  } catch (error) {
    if (interrupt.signal.aborted && !(error instanceof LocalError)) {
      console.error("Interrupted.");
      process.exitCode = EXIT.interrupted;
    } else if (error instanceof LocalError) {
      console.error(error.message);
      process.exitCode = error.exitCode;
    } else {
      console.error(error);
      process.exitCode = EXIT.failed;
    }
  }
}

function command(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .configureOutput({
      outputError: (text, write) => {
        write(text);
      },
    })
    .exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.ok : EXIT.usage));
}

function stackCommand(name: string, description: string): Command {
  return command(name, description)
    .option("--stack <name>", "the stack, which has a file Pulumi.<name>.yaml", "local")
    .option(
      "--state-dir <folder>",
      "where everything about it is kept",
      (folder: string) => path.resolve(folder),
      DEFAULT_STATE_DIR,
    )
    .addOption(
      new Option("--plugins <which>", "provider plugins: ours, or the real ones")
        .choices(["stand-in", "real"])
        .default("stand-in"),
    );
}

function seconds(text: string): number {
  const number = Number(text);
  if (text.trim() !== "" && number >= 0.1 && number <= 600) return number;
  throw new InvalidArgumentError("Expected seconds from 0.1 to 600.");
}

const program = command("local", "Brings a stack up on this machine, and takes it down again.");
program.addCommand(
  stackCommand("up", "start the control plane and bring the stack up").action(
    (options: CommandOptions) =>
      ending(async () => {
        await (await import("./commands/up.ts")).up(options, interrupt.signal);
        return EXIT.ok;
      }),
  ),
);
program.addCommand(
  stackCommand("down", "destroy the stack and stop everything that was started for it")
    .option("--keep-cluster", "leave the control plane running", false)
    .option("--force", "throw everything away without destroying it first", false)
    .action((options: DownOptions) =>
      ending(async () => {
        await (await import("./commands/down.ts")).down(options, interrupt.signal);
        return EXIT.ok;
      }),
    ),
);
program.addCommand(
  stackCommand("status", "say what runs; exit code 3 when nothing does").action(
    (options: CommandOptions) =>
      ending(async () => (await import("./commands/status.ts")).status(options)),
  ),
);
program.addCommand(
  command("doctor", "say what the first up of a stack in a cloud still needs; changes nothing")
    .requiredOption("--stack <name>", "the stack, which has a file Pulumi.<name>.yaml")
    .option(
      "--cluster <cloud>",
      "the same stack on another cloud: its file in examples/<cloud>",
      "",
    )
    .option("--path <folders>", "the PATH that pulumi up will see, if not the present one", "")
    .option("--timeout <seconds>", "how long one program or server may take", seconds, 10)
    .option("--json", "print the findings as JSON", false)
    .action((options: DoctorOptions) =>
      ending(async () => {
        module.enableCompileCache();
        return (await import("./commands/doctor.ts")).doctor(options, interrupt.signal);
      }),
    ),
);
program.addCommand(
  command("tools", "build or find every tool, those of the tests included").action(() =>
    ending(async () => {
      await (await import("./commands/tools.ts")).tools(interrupt.signal);
      return EXIT.ok;
    }),
  ),
);

await program.parseAsync();
