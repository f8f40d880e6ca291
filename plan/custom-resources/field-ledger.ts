import fs from "node:fs";
import path from "node:path";
import { asObject, objectAt, objectsAt, textAt, type Json } from "../model/json.ts";
import { knownFields, type KnownFields } from "./known-fields.ts";

/** The fields of custom resources by kind, such as `cert-manager.io/v1 ClusterIssuer`. */
export type FieldLedger = Readonly<Record<string, KnownFields>>;

/** Where the ledger is kept. */
export const FIELD_LEDGER_FILE = path.join(import.meta.dirname, "field-ledger.json");

export function readFieldLedger(file: string = FIELD_LEDGER_FILE): FieldLedger {
  return JSON.parse(fs.readFileSync(file, "utf8")) as FieldLedger;
}

/** The text of the file. */
export function fieldLedgerText(ledger: FieldLedger): string {
  return `${JSON.stringify(ledger, null, 2)}\n`;
}

/** Judged for all kinds alike, and by Kubernetes itself. */
const OF_EVERY_KIND = ["apiVersion", "kind", "metadata", "status"];

/** What a definition is about, but for that. */
export function ownFields(body: Json): Json {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !OF_EVERY_KIND.includes(name)));
}

/**
 * What definitions know of the fields that these objects set. Kinds without a definition are left out.
 * Bodies are whole objects, definitions CustomResourceDefinitions of `apiextensions.k8s.io/v1`.
 */
export function fieldLedger(bodies: readonly Json[], definitions: readonly Json[]): FieldLedger {
  const schemas = new Map(definitions.flatMap(schemasOf));
  const kinds = [...new Set(bodies.map(kindName))].toSorted();
  return Object.fromEntries(
    kinds.flatMap((kind): [string, KnownFields][] => {
      const schema = schemas.get(kind);
      if (schema === undefined) return [];
      const values = bodies.filter((body) => kindName(body) === kind).map(ownFields);
      const properties = ownFields(objectAt(schema, "properties"));
      const known = knownFields({ properties }, values);
      return known === true ? [] : [[kind, known]];
    }),
  );
}

/** A kind in one of its versions, such as `cert-manager.io/v1 ClusterIssuer`. */
export const kindName = (body: Json) =>
  `${textAt(body, "apiVersion") ?? ""} ${textAt(body, "kind") ?? ""}`;

function schemasOf(definition: Json): [string, Json][] {
  const spec = objectAt(definition, "spec");
  const kind = textAt(spec, "names", "kind") ?? "";
  return objectsAt(spec, "versions").map((version) => [
    `${textAt(spec, "group") ?? ""}/${textAt(version, "name") ?? ""} ${kind}`,
    asObject(objectAt(version, "schema", "openAPIV3Schema")),
  ]);
}
