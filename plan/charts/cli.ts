// `node plan/charts/cli.ts --charts FOLDER`: compares every value that any stack sets with the charts' own.
import fs from "node:fs";
import path from "node:path";
import { chartsOption } from "./charts-option.ts";
import { checkCharts } from "./check-charts.ts";
import { LEDGER_FILE, ledgerText } from "./ledger-file.ts";
import { platformVariants, variantValues } from "./platform-variants.ts";

const USAGE = `Usage: node plan/charts/cli.ts --charts FOLDER

Compares every value that any stack can set with the charts' own values and schemas, and writes what was
verified to plan/charts/ledger.json. FOLDER holds a folder for each chart, with Chart.yaml, values.yaml
and, where the chart has one, values.schema.json, as \`helm pull --untar\` makes them.

  --charts FOLDER  where the charts are
  --help           this text`;

const FAILED = 1;

async function main(): Promise<number> {
  const folder = chartsOption("charts-check", USAGE);
  if (folder === undefined) {
    console.log(USAGE);
    return 0;
  }
  const variants = platformVariants();
  const given = [];
  for (const [index, variant] of variants.entries()) {
    console.log(`[${index + 1}/${variants.length}] ${variant.name}`);
    given.push(...(await variantValues(variant)));
  }
  const { problems, ledger } = checkCharts(given, folder);
  if (problems.length > 0) {
    console.error([`${problems.length} problems:`, ...problems].join("\n"));
    return FAILED;
  }
  fs.writeFileSync(LEDGER_FILE, ledgerText(ledger));
  const paths = ledger.reduce((sum, entry) => sum + entry.paths.length + entry.commented.length, 0);
  console.log(
    `${ledger.length} charts, ${paths} paths verified. Written to ${path.relative(process.cwd(), LEDGER_FILE)}.`,
  );
  return 0;
}

process.exitCode = await main();
