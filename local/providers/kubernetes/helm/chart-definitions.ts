import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseAllDocuments } from "yaml";
import type { Json } from "../../property-values.ts";
import { isObject } from "../json-access.ts";
import type { Manifest } from "../manifest.ts";

const DEFAULT_FOLDER = resolve(import.meta.dirname, "../../../../.tools/crds");

// Some definitions are megabytes of YAML, which take a second to read, and do not change meanwhile.
const read = new Map<string, readonly Manifest[]>();

/**
 * The custom resource definitions of a chart: the YAML files in the folder of its name, below
 * `SLIPWAY_CRDS` or where `make up` puts them.
 */
export function chartDefinitions(
  chart: string,
  folder: string = process.env["SLIPWAY_CRDS"] ?? DEFAULT_FOLDER,
): readonly Manifest[] {
  const ofChart = join(folder, chart);
  if (!existsSync(ofChart)) {
    throw new Error(
      `the custom resource definitions of the chart ${chart} are expected in ${ofChart}. ` +
        "`make up` puts them there, and SLIPWAY_CRDS names another folder.",
    );
  }
  const known = read.get(ofChart);
  if (known !== undefined) return known;
  const definitions = readdirSync(ofChart)
    .filter((file) => /\.ya?ml$/.test(file))
    .sort()
    .flatMap((file) => parseAllDocuments(readFileSync(join(ofChart, file), "utf8")))
    .map((document) => document.toJSON() as Json)
    .filter(isObject)
    .filter((object): object is Manifest => object["kind"] === "CustomResourceDefinition");
  read.set(ofChart, definitions);
  return definitions;
}
