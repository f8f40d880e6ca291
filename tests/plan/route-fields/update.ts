// Writes docs/reference/route-fields.md again: node tests/plan/route-fields/update.ts
import fs from "node:fs";
import path from "node:path";
import { routeFieldsPage } from "./table.ts";

const file = path.resolve(import.meta.dirname, "../../../docs/reference/route-fields.md");
fs.writeFileSync(file, routeFieldsPage());
