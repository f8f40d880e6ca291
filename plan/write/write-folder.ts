import fs from "node:fs";
import path from "node:path";
import { getSystemErrorMessage } from "node:util";
import { describeProblem } from "../../components/core/problem.ts";
import type { PlanFile } from "./manifests.ts";

/** A folder that cannot take a plan: why, and what to do. */
export class FolderRefused extends Error {}

/** Files that every plan has, by which a folder is known to be one. */
const MARKS = ["resources.json", "summary.md"];

/**
 * Replaces a folder by these files: readers see the old plan or the new one, never half of each, and
 * nothing of the old one stays. Throws FolderRefused for a folder that is no plan, and for one that
 * cannot be written; what was there is there afterwards.
 */
export function writeFolder(folder: string, files: readonly PlanFile[]): void {
  try {
    refuseOthers(folder);
    replace(folder, files);
  } catch (error) {
    const { errno, code } = error as NodeJS.ErrnoException;
    if (errno === undefined || code === undefined) throw error;
    throw refused(
      folder,
      `${getSystemErrorMessage(errno)} (${code})`,
      "a folder that can be written",
      "Name another with --out, or clear the way to it.",
    );
  }
}

/** Somebody's sources may have the name of a stack: only a plan, or nothing, may be replaced. */
function refuseOthers(folder: string): void {
  const found = fs.lstatSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return;
  const expected = "a plan to replace, an empty folder or nothing";
  const remedy = "Name another folder with --out, or move away what is there.";
  if (!found.isDirectory()) throw refused(folder, "something that is no folder", expected, remedy);
  const names = fs.readdirSync(folder);
  if (names.length === 0 || MARKS.every((mark) => names.includes(mark))) return;
  const count = `${names.length} ${names.length === 1 ? "entry" : "entries"}`;
  const missing = MARKS.filter((mark) => !names.includes(mark)).join(" and no ");
  throw refused(folder, `a folder with ${count} and no ${missing}`, expected, remedy);
}

function refused(folder: string, got: string, expected: string, remedy: string): FolderRefused {
  return new FolderRefused(describeProblem({ path: folder, got, expected, remedy }));
}

function replace(folder: string, files: readonly PlanFile[]): void {
  const fresh = `${folder}.new-${process.pid}`;
  const old = `${folder}.old-${process.pid}`;
  try {
    fs.mkdirSync(fresh, { recursive: true });
    for (const file of files) {
      const target = path.join(fresh, file.path);
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.writeFileSync(target, file.text);
    }
    if (fs.existsSync(folder)) fs.renameSync(folder, old);
    try {
      fs.renameSync(fresh, folder);
    } catch (error) {
      if (fs.existsSync(old)) fs.renameSync(old, folder);
      throw error;
    }
    fs.rmSync(old, { recursive: true, force: true });
  } finally {
    fs.rmSync(fresh, { recursive: true, force: true });
  }
}
