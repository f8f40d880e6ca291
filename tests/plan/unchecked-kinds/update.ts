// Writes the list of kinds without a definition in docs/platform.md again: node tests/plan/unchecked-kinds/update.ts
import fs from "node:fs";
import path from "node:path";
import { provideTools, toolFolder } from "../../../local/tools/index.ts";
import { customResources } from "../../support/custom-resources.ts";
import { allDefinitions, undefinedKinds } from "../../../plan/charts/definitions.ts";
import { withUncheckedKinds } from "../../support/unchecked-kinds.ts";

const file = path.resolve(import.meta.dirname, "../../../docs/platform.md");
await provideTools({ names: [] });
const kinds = undefinedKinds(await customResources(), allDefinitions(toolFolder().crds));
fs.writeFileSync(file, withUncheckedKinds(fs.readFileSync(file, "utf8"), kinds));
