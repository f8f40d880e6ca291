// `node config/generate-examples.ts` gives the stack files in examples/ everything but their cluster section
// from the project's own; with --check it only says, by its exit code, whether they are up to date.
import fs from "node:fs";
import path from "node:path";
import { exampleText } from "./example-text.ts";
import { PROJECT_FOLDER } from "./kubeconfig.ts";
import { EXAMPLES_FOLDER, exampleClusters } from "./stack-folder.ts";
import { stackNames } from "./stack-file.ts";
import { stackFileName } from "./stack-source.ts";

const stale: string[] = [];
for (const cluster of exampleClusters()) {
  const folder = path.join(EXAMPLES_FOLDER, cluster);
  for (const stack of stackNames(folder)) {
    const name = stackFileName(stack);
    const file = path.join(folder, name);
    const own = fs.readFileSync(file, "utf8");
    const text = exampleText(fs.readFileSync(path.join(PROJECT_FOLDER, name), "utf8"), own);
    if (text === own) continue;
    if (process.argv.includes("--check")) stale.push(path.relative(PROJECT_FOLDER, file));
    else fs.writeFileSync(file, text);
  }
}
if (stale.length > 0) {
  console.error(
    `${stale.join(", ")}: got other keys than the project's own stack files have, expected the same but ` +
      "for slipway:cluster. Run: make generate",
  );
  process.exitCode = 1;
}
