import type { Plugins } from "../engine/engine-folder.ts";

/** What every command takes. */
export interface CommandOptions {
  readonly stateDir: string;
  readonly stack: string;
  readonly plugins: Plugins;
}
