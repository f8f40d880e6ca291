import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { textAt, type Json } from "../model/json.ts";
import { merged, type ChartSource } from "./chart-source.ts";
import { findPath, leafPaths } from "./value-paths.ts";

/** Values that somebody gives a chart. */
export interface GivenValues {
  /** The release, for messages. */
  readonly place: string;
  readonly chart: string;
  readonly version: string;
  readonly values: Json;
}

/** What came of comparing values with the chart that they are for. */
export interface CheckedValues {
  readonly problems: readonly string[];
  /** Paths that the chart knows, as the ledger keeps them. */
  readonly covers: readonly string[];
  /** Those of them that only a comment of the chart names. */
  readonly commented: readonly string[];
}

/** Compares values with a chart's own: every key exists there, and its schema is content. */
export function checkValues(given: GivenValues, source: ChartSource): CheckedValues {
  const findings = leafPaths(given.values).map((keys) => findPath(source, keys));
  const known = findings.filter((finding) => finding.known);
  const unknown = findings.flatMap((finding) =>
    finding.known ? [] : [unknownKey(given, finding.unknown, finding.nearest)],
  );
  const covers = (by: "values" | "comment") =>
    [...new Set(known.filter((finding) => finding.by === by).map((f) => f.covers))].toSorted();
  return {
    problems: [...new Set(unknown), ...schemaProblems(given, source)],
    covers: covers("values"),
    commented: covers("comment"),
  };
}

function unknownKey(given: GivenValues, path: string, nearest: string | undefined): string {
  const remedy =
    nearest === undefined
      ? "Look it up in the chart's values.yaml, or take it out."
      : `Did you mean ${nearest}?`;
  return (
    `${given.place}: ${path}: got a key that ${given.chart} ${given.version} does not have, ` +
    `expected one of its own. ${remedy}`
  );
}

/** What the chart's schema says of the values as Helm would merge them. */
function schemaProblems(given: GivenValues, { schema, values }: ChartSource): string[] {
  if (schema === undefined) return [];
  const options = { allErrors: true, strict: false, validateFormats: false } as const;
  const is2020 = textAt(schema, "$schema")?.includes("2020-12") === true;
  // Draft 6 and older say nothing that draft 7 reads otherwise; some charts name no draft at all.
  const rest = Object.fromEntries(Object.entries(schema).filter(([key]) => key !== "$schema"));
  const ajv = is2020 ? new Ajv2020(options) : new Ajv(options);
  if (ajv.validate(rest, merged(values, given.values))) return [];
  return (ajv.errors ?? []).map(
    ({ instancePath, message = "is not valid" }) =>
      `${given.place}: ${instancePath.replaceAll("/", ".").slice(1) || "values"}: ` +
      `the schema of ${given.chart} ${given.version} says it ${message}. Mend the value.`,
  );
}
