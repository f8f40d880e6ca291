import fs from "node:fs";
import { parseArgs } from "node:util";

const MISUSED = 2;

/**
 * The folder that the option --charts names; undefined where --help asks for the usage. Ends the process
 * with the usage where there is no such folder.
 */
export function chartsOption(target: string, usage: string): string | undefined {
  try {
    const { values } = parseArgs({
      options: { charts: { type: "string" }, help: { type: "boolean", default: false } },
    });
    if (values.help) return undefined;
    const { charts = "" } = values;
    if (charts !== "" && fs.existsSync(charts)) return charts;
    console.error(
      charts === ""
        ? `The option --charts is missing: name a folder, as in make ${target} CHARTS=charts.`
        : `${charts}: got no such folder, expected one with the charts in it.`,
    );
  } catch (error) {
    console.error((error as Error).message);
  }
  console.error(`\n${usage}`);
  process.exit(MISUSED);
}
