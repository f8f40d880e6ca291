import fs from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import type { ChartPin } from "../../components/platform/index.ts";
import { asObject } from "../model/json.ts";
import { isPlaceholder } from "./chart-source.ts";

type Wanted = Pick<ChartPin, "chart" | "version">;

/** Why charts cannot be rendered from a folder: absent, without templates, of another version. */
export function unrenderableCharts(wanted: readonly Wanted[], folder: string): string[] {
  return wanted.flatMap((pin) => unrenderableChart(pin, path.join(folder, pin.chart)));
}

function unrenderableChart({ chart, version }: Wanted, folder: string): string[] {
  const about = path.join(folder, "Chart.yaml");
  if (!fs.existsSync(about)) {
    return [`${chart}: got no ${about}, expected the chart. Unpack it there: helm pull --untar.`];
  }
  if (!fs.existsSync(path.join(folder, "templates"))) {
    return [
      `${chart}: got ${folder} without a folder templates, expected the whole chart. ` +
        "Its values file alone serves make charts-check; unpack the chart there: helm pull --untar.",
    ];
  }
  const found = String(asObject(parse(fs.readFileSync(about, "utf8")))["version"]);
  const same = found.replace(/^v/, "") === version.replace(/^v/, "");
  if (same || isPlaceholder(found)) return [];
  return [`${chart}: got version ${found}, expected ${version}. Unpack the pinned version.`];
}
