import fs from "node:fs";
import path from "node:path";
import type { PlanFile } from "./manifests.ts";

/**
 * Replaces a folder by these files: readers see the old plan or the new one, never half of each, and
 * nothing of the old one stays.
 */
export function writeFolder(folder: string, files: readonly PlanFile[]): void {
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
    fs.renameSync(fresh, folder);
  } finally {
    fs.rmSync(fresh, { recursive: true, force: true });
    fs.rmSync(old, { recursive: true, force: true });
  }
}
