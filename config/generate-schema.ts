// `node config/generate-schema.ts` writes config/stack-file.schema.json; with --check it only says, by its
// exit code, whether the file is up to date.
import fs from "node:fs";
import path from "node:path";
import { stackFileSchemaText } from "./stack-file-schema.ts";

const file = path.join(import.meta.dirname, "stack-file.schema.json");
const text = stackFileSchemaText();

if (!process.argv.includes("--check")) {
  fs.writeFileSync(file, text);
} else if (!fs.existsSync(file) || fs.readFileSync(file, "utf8") !== text) {
  console.error(
    "config/stack-file.schema.json: got other content than config/schema/ makes, expected the same. " +
      "Run: make generate",
  );
  process.exitCode = 1;
}
