// Writes the table of docs/platform.md again: node tests/plan/add-ons/update.ts
import fs from "node:fs";
import path from "node:path";
import { pageWithTable } from "./table.ts";

const file = path.resolve(import.meta.dirname, "../../../docs/platform.md");
fs.writeFileSync(file, await pageWithTable(fs.readFileSync(file, "utf8")));
