import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { InterruptedError, LocalError } from "../local-error.ts";
import { REPOSITORY } from "../repository.ts";
import { provideTools, type ToolPaths } from "../tools/index.ts";
import { engineEnvironment } from "./engine-environment.ts";
import { readEvents, type EngineEvent } from "./engine-event.ts";
import {
  engineFolder,
  locksFolder,
  stateFile,
  type EngineFolder,
  type Plugins,
} from "./engine-folder.ts";
import { endLeftRuns, forgetRun, recordRun } from "./engine-runs.ts";
import {
  interruptedReleases,
  pendingIn,
  withPendingCreates,
  type Deployment,
} from "./interrupted-run.ts";
import { writeProject } from "./project-files.ts";
import { runPulumi, type PulumiResult } from "./run-pulumi.ts";
import { areStale, lockOwners } from "./stack-lock.ts";
import { installStandIns } from "./stand-in-plugins.ts";
import { unlockReleases } from "./unlock-releases.ts";

export interface EngineOptions {
  readonly stateDir: string;
  readonly stack: string;
  /** The folder with Pulumi.yaml and the program; the checkout unless said. */
  readonly program?: string;
  /** A stack file to take in the place of the program's own. */
  readonly stackFile?: string;
  readonly plugins?: Plugins;
  /**
   * The kubeconfig of a control plane that was started here. It takes the place of the stack's
   * `slipway:cluster.kubeconfigFile`, and serves to clear up after runs that were killed.
   */
  readonly kubeconfig?: string;
  /** The folder that the stand-ins for clouds keep what exists in; they refuse to work without. */
  readonly cloud?: string;
  /** Save the state after every step; true unless said. See engine-environment.ts. */
  readonly checkpoints?: boolean;
  /** Show what the engine prints while it runs; false unless said. */
  readonly show?: boolean;
  /** Called with the number of each engine process once it runs. */
  readonly started?: (pid: number) => void;
  readonly tools?: ToolPaths;
}

/** What came of one run of the engine. */
export interface EngineResult extends PulumiResult {
  readonly events: readonly EngineEvent[];
}

/** The state of a stack as `pulumi stack export` gives it; only the fields that are read here. */
export interface ExportedState {
  readonly deployment: Deployment;
}

/** The real Pulumi engine, with one stack of one program and a backend of its own. */
export interface Engine {
  readonly folder: EngineFolder;
  up(...extra: string[]): Promise<EngineResult>;
  preview(...extra: string[]): Promise<EngineResult>;
  refresh(...extra: string[]): Promise<EngineResult>;
  destroy(...extra: string[]): Promise<EngineResult>;
  /** The state, secrets encrypted. */
  exportState(): Promise<ExportedState>;
  /** The stack's outputs; secret ones read `[secret]`. */
  outputs(): Promise<Record<string, unknown>>;
  /** Forgets the stack and its state, whatever it still holds. */
  removeStack(): Promise<void>;
  hasStack(): boolean;
  /** Any other command, such as `stack`, on the stack. */
  run(...args: string[]): Promise<PulumiResult>;
}

function providePassphrase(file: string): void {
  if (fs.existsSync(file)) return;
  fs.writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o600 });
}

class LocalEngine implements Engine {
  readonly folder: EngineFolder;
  readonly #options: EngineOptions;
  readonly #tools: ToolPaths;
  readonly #project: string;
  #runs = 0;

  constructor(options: EngineOptions, tools: ToolPaths) {
    this.#options = options;
    this.#tools = tools;
    const plugins = options.plugins ?? "stand-in";
    this.folder = engineFolder(options.stateDir, plugins);
    for (const folder of [this.folder.home, this.folder.backend, this.folder.events]) {
      fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    }
    providePassphrase(this.folder.passphrase);
    if (plugins === "stand-in") installStandIns(this.folder);
    this.#project = this.#writeProject();
  }

  #writeProject(): string {
    const { stack, stackFile, program = REPOSITORY } = this.#options;
    return writeProject(this.folder, {
      program,
      stack,
      ...(stackFile === undefined ? {} : { stackFile }),
    });
  }

  hasStack(): boolean {
    return fs.existsSync(stateFile(this.folder, this.#project, this.#options.stack));
  }

  async run(...args: string[]): Promise<PulumiResult> {
    return this.#call(args, false);
  }

  async #call(args: readonly string[], show: boolean): Promise<PulumiResult> {
    const { plugins = "stand-in", kubeconfig, cloud, checkpoints = true, started } = this.#options;
    const colour = ["--color", show && process.stdout.isTTY ? "always" : "never"];
    let running: number | undefined;
    const result = await runPulumi({
      file: this.#tools.pulumi,
      args: [...args, "--stack", this.#options.stack, "--non-interactive", ...colour],
      cwd: this.folder.project,
      env: engineEnvironment({
        folder: this.folder,
        tools: this.#tools,
        plugins,
        checkpoints,
        ...(kubeconfig === undefined ? {} : { kubeconfig }),
        ...(cloud === undefined ? {} : { cloud }),
      }),
      show,
      started: (pid) => {
        running = pid;
        recordRun(this.folder.runs, pid);
        started?.(pid);
      },
    });
    if (running !== undefined) forgetRun(this.folder.runs, running);
    return result;
  }

  async #must(...args: string[]): Promise<PulumiResult> {
    const result = await this.run(...args);
    if (result.interrupted) {
      throw new InterruptedError(
        `Interrupted during pulumi ${args.slice(0, 2).join(" ")}. Run the same command again to go on from here.`,
      );
    }
    if (result.exitCode === 0) return result;
    throw new LocalError(`pulumi ${args.join(" ")} failed:\n${result.stderr || result.stdout}`);
  }

  async #operate(command: string, args: readonly string[]): Promise<EngineResult> {
    this.#writeProject();
    if (!this.hasStack()) await this.#must("stack", "init", "--no-select");
    await this.#settle();
    const log = path.join(this.folder.events, `${process.pid}-${++this.#runs}-${command}.jsonl`);
    const result = await this.#call(
      [command, ...args, "--event-log", log],
      this.#options.show ?? false,
    );
    const events = readEvents(log);
    fs.rmSync(log, { force: true });
    return { ...result, events };
  }

  /** Removes what a run that was killed left: its engine and its lock. Throws while somebody is at work. */
  async #unlock(): Promise<void> {
    await endLeftRuns(this.folder.runs);
    const locks = locksFolder(this.folder, this.#project, this.#options.stack);
    if (areStale(lockOwners(locks))) await this.#must("cancel", "--yes");
  }

  /** Clears up after a run that was killed: its lock, and what it may or may not have done. */
  async #settle(): Promise<void> {
    await this.#unlock();
    const pending = pendingIn(stateFile(this.folder, this.#project, this.#options.stack));
    if (pending.length === 0) return;

    const { kubeconfig } = this.#options;
    const releases = interruptedReleases(pending);
    if (kubeconfig !== undefined && releases.length > 0) await unlockReleases(kubeconfig, releases);
    const exported = await this.exportState();
    const file = path.join(this.folder.events, `${process.pid}-settled.json`);
    const settled = { ...exported, deployment: withPendingCreates(exported.deployment) };
    fs.writeFileSync(file, JSON.stringify(settled), { mode: 0o600 });
    await this.#must("stack", "import", "--file", file);
    fs.rmSync(file);
    await this.#must("refresh", "--yes", "--skip-preview");
  }

  up(...extra: string[]): Promise<EngineResult> {
    return this.#operate("up", ["--yes", "--skip-preview", ...extra]);
  }

  preview(...extra: string[]): Promise<EngineResult> {
    return this.#operate("preview", extra);
  }

  refresh(...extra: string[]): Promise<EngineResult> {
    return this.#operate("refresh", ["--yes", "--skip-preview", ...extra]);
  }

  destroy(...extra: string[]): Promise<EngineResult> {
    return this.#operate("destroy", ["--yes", "--skip-preview", ...extra]);
  }

  async exportState(): Promise<ExportedState> {
    return JSON.parse((await this.#must("stack", "export")).stdout) as ExportedState;
  }

  async outputs(): Promise<Record<string, unknown>> {
    const { stdout } = await this.#must("stack", "output", "--json");
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  async removeStack(): Promise<void> {
    if (!this.hasStack()) return;
    await this.#unlock();
    await this.#must("stack", "rm", "--yes", "--force", "--preserve-config");
  }
}

/** Sets the engine up for a stack: folders, passphrase and project files. Nothing runs yet. */
export async function engine(options: EngineOptions): Promise<Engine> {
  return new LocalEngine(options, options.tools ?? (await provideTools()));
}
