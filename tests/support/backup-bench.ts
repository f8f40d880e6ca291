import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { execa } from "execa";
import { provideDebianPrograms } from "../../local/tools/debian-packages.ts";
import { REPOSITORY } from "../../local/repository.ts";

const PROGRAMS = [
  { program: "busybox", package: "busybox" },
  // Alpine's BusyBox has it, Debian's has not.
  { program: "flock", package: "util-linux" },
  { program: "initdb", package: "postgresql" },
  { program: "postgres", package: "postgresql" },
  { program: "pg_dump", package: "postgresql" },
  { program: "pg_restore", package: "postgresql" },
  { program: "pg_isready", package: "postgresql" },
  { program: "psql", package: "postgresql" },
  { program: "redis-server", package: "redis-server" },
  { program: "redis-cli", package: "redis-tools" },
  { program: "redis-check-rdb", package: "redis-tools" },
  { program: "rclone", package: "rclone" },
] as const;

export type Programs = Readonly<Record<(typeof PROGRAMS)[number]["program"], string>>;

/** What a run of a script came to. */
export interface ScriptRun {
  readonly exitCode: number | undefined;
  /** Standard output and error, as they came. */
  readonly output: string;
}

/**
 * A folder in which the scripts run as they do in the official alpine images: by BusyBox, with its
 * programs first on PATH, as a user who is not root. PostgreSQL refuses to run as root at all.
 */
export class Bench {
  readonly folder: string;
  readonly programs: Programs;
  private readonly servers: Server[] = [];

  private constructor(folder: string, programs: Programs) {
    this.folder = folder;
    this.programs = programs;
  }

  static async make(): Promise<Bench> {
    const programs = await provideDebianPrograms(PROGRAMS);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-backup-"));
    const bench = new Bench(folder, programs);
    fs.chmodSync(folder, 0o755);
    // A ConfigMap is mounted as one flat folder.
    fs.cpSync(path.join(REPOSITORY, "components/workloads/scripts"), bench.path("scripts"), {
      recursive: true,
    });
    for (const name of ["applets", "bin"]) fs.mkdirSync(bench.path(name));
    await execa(programs.busybox, ["--install", "-s", bench.path("applets")]);
    for (const [name, file] of Object.entries(programs)) {
      fs.symlinkSync(file, bench.path("bin", name));
    }
    return bench;
  }

  path(...parts: readonly string[]): string {
    return path.join(this.folder, ...parts);
  }

  /** An empty folder that the scripts and servers may write to. */
  emptyFolder(name: string): string {
    const folder = this.path(name);
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder);
    if (UNPRIVILEGED.uid !== undefined) fs.chownSync(folder, UNPRIVILEGED.uid, UNPRIVILEGED.gid);
    return folder;
  }

  /**
   * Runs a script. `fileLimit` is the largest file that it may write, in blocks of 512 bytes: what is
   * beyond fails as on a disk that is full.
   */
  async script(
    command: readonly string[],
    env: Readonly<Record<string, string>>,
    options: { readonly fileLimit?: number; readonly firstOnPath?: string } = {},
  ): Promise<ScriptRun> {
    const [script = "", ...args] = command;
    const line = [this.path("scripts", `${script}.sh`), ...args];
    // Ignoring the signal lets the program see the error and say what it was.
    const limited = `trap '' XFSZ; ulimit -f ${options.fileLimit ?? 0}; exec busybox sh "$@"`;
    const wrapped = options.fileLimit === undefined ? line : ["-c", limited, "sh", ...line];
    const folders = [options.firstOnPath, this.path("applets"), this.path("bin")];
    const PATH = folders.filter((folder) => folder !== undefined).join(":");
    const result = await execa(this.programs.busybox, ["sh", ...wrapped], {
      ...UNPRIVILEGED,
      env: { HOME: "/tmp", ...env, PATH },
      extendEnv: false,
      reject: false,
      all: true,
    });
    return { exitCode: result.exitCode, output: result.all };
  }

  /** Runs a client program and gives what it printed. */
  async client(
    program: keyof Programs,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ): Promise<string> {
    const { stdout } = await execa(this.programs[program], args, { env, timeout: 20_000 });
    return stdout;
  }

  /** Starts a server in the background; stopped with the bench at the latest. */
  start(program: keyof Programs, args: readonly string[]): Server {
    const running = execa(this.programs[program], args, {
      ...UNPRIVILEGED,
      reject: false,
      all: true,
      env: { LC_ALL: "C.UTF-8" },
      cwd: this.folder,
    });
    let ended = false;
    running.finally(() => (ended = true)).catch(() => undefined);
    const server: Server = {
      hasEnded: () => ended,
      // As the entry point of its image ends it, without losing data.
      stop: async () => {
        running.kill("SIGINT");
        return (await running).all;
      },
    };
    this.servers.push(server);
    return server;
  }

  /** Holds a lock on a file, as a script does while it runs, until it is stopped. */
  async holdLock(file: string): Promise<Server> {
    const holder = this.start("flock", ["--no-fork", file, "sleep", "60"]);
    while (!fs.existsSync(file)) await setTimeout(20);
    await setTimeout(100);
    return holder;
  }

  /** Runs a program as the user that the servers run as. */
  async runAlone(program: keyof Programs, args: readonly string[]): Promise<void> {
    await execa(this.programs[program], args, { ...UNPRIVILEGED, env: { LC_ALL: "C.UTF-8" } });
  }

  async remove(): Promise<void> {
    for (const server of this.servers) await server.stop();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Somebody who is not root, and owns nothing else on the machine. */
const UNPRIVILEGED: { readonly uid?: number; readonly gid: number } =
  process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : { gid: process.getgid?.() ?? 0 };

/** A server that a bench started. */
export interface Server {
  readonly hasEnded: () => boolean;
  /** Ends it, and gives what it printed. */
  readonly stop: () => Promise<string>;
}
