// Writes the fields of custom resources that the plan knows again: node tests/plan/custom-resource-fields/update.ts
import fs from "node:fs";
import { provideTools, toolFolder } from "../../../local/tools/index.ts";
import { allDefinitions } from "../../../plan/charts/definitions.ts";
import {
  FIELD_LEDGER_FILE,
  fieldLedger,
  fieldLedgerText,
} from "../../../plan/custom-resources/field-ledger.ts";
import { customResources } from "../../support/custom-resources.ts";

await provideTools({ names: [] });
const ledger = fieldLedger(await customResources(), allDefinitions(toolFolder().crds));
fs.writeFileSync(FIELD_LEDGER_FILE, fieldLedgerText(ledger));
