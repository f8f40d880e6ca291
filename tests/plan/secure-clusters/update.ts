// Writes docs/reference/secure-clusters.md again: node tests/plan/secure-clusters/update.ts
import fs from "node:fs";
import path from "node:path";
import { secureClustersTable } from "./table.ts";

const file = path.resolve(import.meta.dirname, "../../../docs/reference/secure-clusters.md");
fs.writeFileSync(file, secureClustersTable());
