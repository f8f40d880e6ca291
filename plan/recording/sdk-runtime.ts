import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";

/**
 * The parts of the SDK's runtime that its typings leave out. The Automation API runs inline programs
 * with the same ones: a store of its own for each run, so that nothing leaks from one to the next.
 */
interface StateModule {
  withLocalStorage<T>(callback: () => T): T;
  getLocalStore(): { settings: { engine?: unknown } } | undefined;
}
interface SettingsModule {
  waitForRPCs(): Promise<void>;
}

const require = createRequire(import.meta.url);
const state = require("@pulumi/pulumi/runtime/state.js") as StateModule;
const settings = require("@pulumi/pulumi/runtime/settings.js") as SettingsModule;

/** Where a program registers its resources, and where its log goes. */
export interface EngineEnds {
  readonly monitor: unknown;
  readonly engine: unknown;
}

/** What a program can ask the SDK about its run. */
export interface RunOptions {
  readonly project: string;
  readonly stack: string;
  readonly preview: boolean;
  readonly config: Record<string, string>;
  readonly secretKeys: string[];
}

/**
 * Runs a program inside a stack resource of its own, until its last registration has been answered.
 * Resolves to when that is; throws what the program throws.
 */
export async function runInStack(
  program: () => unknown,
  options: RunOptions,
  ends: EngineEnds,
): Promise<void> {
  await state.withLocalStorage(async () => {
    pulumi.runtime.setMockOptions(
      ends.monitor,
      options.project,
      options.stack,
      options.preview,
      "organization",
    );
    const store = state.getLocalStore();
    if (store === undefined)
      throw new Error("The Pulumi SDK no longer keeps a store for each run.");
    store.settings.engine = ends.engine;
    pulumi.runtime.setAllConfig(options.config, options.secretKeys);
    try {
      await pulumi.runtime.runInPulumiStack(async () => (await program()) as pulumi.Inputs);
    } finally {
      await settings.waitForRPCs();
    }
  });
}
