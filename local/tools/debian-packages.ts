import fs from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { LocalError } from "../local-error.ts";
import { machineFolders } from "./find-tool.ts";

/** A program that a test runs, and the Debian package that brings it. */
export interface DebianProgram {
  /** Name of the executable, such as `pg_dump`. */
  readonly program: string;
  /** Name of the package, such as `postgresql`. */
  readonly package: string;
}

/** The machine as this file sees it; tests hand in another one. */
export interface Machine {
  /** Folders in which programs are looked for; the first that has one counts. */
  readonly folders: () => readonly string[];
  readonly isRoot: boolean;
  /** Runs a program and gives everything it printed; `failed` when it ended otherwise than well. */
  readonly run: (
    file: string,
    args: readonly string[],
  ) => Promise<{ readonly failed: boolean; readonly output: string }>;
  /** What package scripts ask before they start a service (invoke-rc.d). */
  readonly policyFile: string;
  readonly write: (line: string) => void;
}

/** Debian keeps PostgreSQL's own programs off PATH: what is there picks a cluster of its own accord. */
const POSTGRES = "/usr/lib/postgresql";

/** Versioned folders of PostgreSQL's programs, newest first. */
export function postgresFolders(root: string = POSTGRES): string[] {
  if (!fs.existsSync(root)) return [];
  return fs
    .readdirSync(root)
    .filter((version) => /^\d+$/.test(version))
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => path.join(root, version, "bin"));
}

const THIS_MACHINE: Machine = {
  folders: () => [...postgresFolders(), ...machineFolders(), "/usr/sbin", "/sbin"],
  isRoot: process.getuid?.() === 0,
  run: async (file, args) => {
    const env = { DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C.UTF-8" };
    const result = await execa(file, args, { reject: false, all: true, env });
    return { failed: result.failed, output: result.all || (result.shortMessage ?? "") };
  },
  policyFile: "/usr/sbin/policy-rc.d",
  write: console.log,
};

/**
 * Absolute paths of programs that come with Debian's packages. Those that the machine lacks are
 * installed where the caller is root, without starting any service; elsewhere the error says which
 * packages to install.
 */
export async function provideDebianPrograms<const P extends readonly DebianProgram[]>(
  programs: P,
  machine: Machine = THIS_MACHINE,
): Promise<Readonly<Record<P[number]["program"], string>>> {
  const missing = programs.filter(({ program }) => locate(program, machine) === undefined);
  if (missing.length > 0) await installPackages(missing, machine);
  const paths = programs.map((wanted) => {
    const file = locate(wanted.program, machine);
    if (file === undefined) throw notInPackage(wanted);
    return [wanted.program, file];
  });
  return Object.fromEntries(paths) as Record<P[number]["program"], string>;
}

function locate(program: string, machine: Machine): string | undefined {
  return machine
    .folders()
    .map((folder) => path.join(folder, program))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

async function installPackages(missing: readonly DebianProgram[], machine: Machine): Promise<void> {
  const packages = [...new Set(missing.map((wanted) => wanted.package))];
  const command = `apt-get install --no-install-recommends ${packages.join(" ")}`;
  const lacking = `Not on this machine: ${missing.map(({ program }) => program).join(", ")}.`;
  if (!machine.isRoot) {
    throw new LocalError(`${lacking}\nInstall the packages that bring them: sudo ${command}`);
  }
  machine.write(`${lacking} Installing ${packages.join(", ")}.`);
  await withoutServices(machine, async () => {
    const waiting = ["-o", "DPkg::Lock::Timeout=300"];
    const steps = [
      [...waiting, "update"],
      [...waiting, "install", "--yes", "--no-install-recommends", ...packages],
    ];
    for (const args of steps) {
      const { failed, output } = await machine.run("apt-get", args);
      if (failed) throw installFailed(command, args, output);
    }
  });
}

/** Runs `install` while every service that a package would start is refused, as in a container. */
async function withoutServices(machine: Machine, install: () => Promise<void>): Promise<void> {
  const { policyFile } = machine;
  // One that is there already was put there by whoever runs the machine.
  if (fs.existsSync(policyFile)) return install();
  fs.writeFileSync(policyFile, "#!/bin/sh\nexit 101\n", { mode: 0o755, flag: "wx" });
  try {
    await install();
  } finally {
    fs.rmSync(policyFile, { force: true });
  }
}

function installFailed(command: string, args: readonly string[], output: string): LocalError {
  const last = output.trimEnd().split("\n").slice(-8);
  return new LocalError(
    [
      `apt-get ${args.join(" ")} failed:`,
      ...last.map((line) => `  ${line}`),
      `Mend that, or install by hand: ${command}`,
    ].join("\n"),
  );
}

function notInPackage({ program, package: name }: DebianProgram): LocalError {
  return new LocalError(
    `${program} is not on PATH though package ${name} is installed. ` +
      `Reinstall it: apt-get install --reinstall ${name}`,
  );
}
