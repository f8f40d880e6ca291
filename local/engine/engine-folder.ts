import path from "node:path";

/** Which provider plugins the engine uses: ours, or the real ones, downloaded or on PATH. */
export type Plugins = "stand-in" | "real";

/** Where the engine keeps what it knows, apart from any other Pulumi on the machine. */
export interface EngineFolder {
  /** PULUMI_HOME: plugins, and nothing of the user's. */
  readonly home: string;
  /** The file backend: states of the stacks and their locks. */
  readonly backend: string;
  readonly passphrase: string;
  /** A project file and stack file for the engine to read and write, so that the checkout's stay as they are. */
  readonly project: string;
  readonly events: string;
  /** Which engines run, and for which command. */
  readonly runs: string;
}

/** The folders of one state directory. Real plugins and stand-ins never share a home. */
export function engineFolder(stateDir: string, plugins: Plugins): EngineFolder {
  const root = path.resolve(stateDir);
  return {
    home: path.join(root, plugins === "real" ? "pulumi-home-real" : "pulumi-home"),
    backend: path.join(root, "backend"),
    passphrase: path.join(root, "passphrase"),
    project: path.join(root, "project"),
    events: path.join(root, "events"),
    runs: path.join(root, "runs"),
  };
}

/** The file in which the backend keeps the state of a stack. */
export function stateFile(folder: EngineFolder, project: string, stack: string): string {
  return path.join(folder.backend, ".pulumi/stacks", project, `${stack}.json`);
}

/** The folder in which the backend keeps the locks of a stack. */
export function locksFolder(folder: EngineFolder, project: string, stack: string): string {
  return path.join(folder.backend, ".pulumi/locks/organization", project, stack);
}
