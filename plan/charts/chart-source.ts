import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { asObject, type Json } from "../model/json.ts";

/** A chart's own values and schema, as they lie in a folder of charts. */
export interface ChartSource {
  readonly chart: string;
  /** What Chart.yaml says; charts that get their number when they are packaged say a zero. */
  readonly version: string;
  /** With those of the charts that it bundles, where their folders are there too. */
  readonly values: Json;
  /** The text of values.yaml, whose comments name further keys. */
  readonly text: string;
  /** The charts that it bundles, by the key of its values that is theirs. */
  readonly bundled: Readonly<Record<string, ChartSource>>;
  /** The chart's JSON Schema of its values; undefined where it has none. */
  readonly schema: Json | undefined;
  /** SHA-256 of values.yaml. */
  readonly digest: string;
}

/** Reads a chart's folder. Undefined when there is none. */
export function readChart(charts: string, chart: string): ChartSource | undefined {
  const folder = path.join(charts, chart);
  const file = path.join(folder, "values.yaml");
  if (!fs.existsSync(file)) return undefined;
  const text = fs.readFileSync(file, "utf8");
  const about = asObject(parse(fs.readFileSync(path.join(folder, "Chart.yaml"), "utf8")));
  const schemaFile = path.join(folder, "values.schema.json");
  const bundled = bundledCharts(about).flatMap(({ name, as }) => {
    const source = readChart(charts, name);
    return source === undefined ? [] : [{ as, source }];
  });
  return {
    chart,
    version: String(about["version"]),
    values: merged(
      Object.fromEntries(bundled.map(({ as, source }) => [as, source.values])),
      asObject(parse(text)),
    ),
    text,
    bundled: Object.fromEntries(bundled.map(({ as, source }) => [as, source])),
    schema: fs.existsSync(schemaFile)
      ? asObject(JSON.parse(fs.readFileSync(schemaFile, "utf8")))
      : undefined,
    digest: createHash("sha256").update(text).digest("hex"),
  };
}

/** Charts inside a chart: their folder's name, and the key of the parent's values that is theirs. */
function bundledCharts(about: Json): { readonly name: string; readonly as: string }[] {
  const { dependencies } = about;
  if (!Array.isArray(dependencies)) return [];
  return dependencies.map((item) => {
    const { name, alias } = asObject(item);
    return { name: String(name), as: String(alias ?? name) };
  });
}

/** Values as Helm merges them: maps key by key, everything else replaced. */
export function merged(under: Json, over: Json): Json {
  const entries = Object.entries(over).map(([key, value]) => {
    const below = under[key];
    return [key, isMap(below) && isMap(value) ? merged(below, value) : value] as const;
  });
  return { ...under, ...Object.fromEntries(entries) };
}

export function isMap(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a version in Chart.yaml is one that the packaging replaces. */
export function isPlaceholder(version: string): boolean {
  return /^v?0\.0\.0(-latest)?$/.test(version);
}
