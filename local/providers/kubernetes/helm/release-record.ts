import { gunzipSync, gzipSync } from "node:zlib";
import type { JsonObject } from "../../property-values.ts";
import { textAt } from "../json-access.ts";
import type { Manifest } from "../manifest.ts";

export type ReleaseStatus =
  "pending-install" | "pending-upgrade" | "deployed" | "superseded" | "failed" | "uninstalling";

/** One revision of a release, as Helm 3 keeps it. */
export interface ReleaseRecord {
  readonly name: string;
  readonly namespace: string;
  readonly version: number;
  readonly info: {
    readonly first_deployed: string;
    readonly last_deployed: string;
    readonly deleted: "";
    readonly description: string;
    readonly status: ReleaseStatus;
  };
  readonly chart: {
    readonly metadata: {
      readonly name: string;
      readonly version: string;
      readonly apiVersion: "v2";
    };
    readonly lock: null;
    readonly templates: readonly never[];
    readonly values: JsonObject;
    readonly schema: null;
    readonly files: null;
  };
  /** The values that were given. */
  readonly config: JsonObject;
  /** The objects of the release, as YAML documents. */
  readonly manifest: string;
}

/** Name of the Secret of a revision. */
export function recordName(record: { readonly name: string; readonly version: number }): string {
  return `sh.helm.release.v1.${record.name}.v${record.version}`;
}

/** The Secret that holds a revision, which `helm list` and the real plugin can read. */
export function recordSecret(record: ReleaseRecord): Manifest {
  return {
    apiVersion: "v1",
    kind: "Secret",
    type: "helm.sh/release.v1",
    metadata: {
      name: recordName(record),
      namespace: record.namespace,
      labels: {
        name: record.name,
        owner: "helm",
        status: record.info.status,
        version: String(record.version),
      },
    },
    data: { release: encodeRecord(record) },
  };
}

/** Helm packs the record and writes it as base64; a Secret's data is base64 of that once more. */
export function encodeRecord(record: ReleaseRecord): string {
  const packed = gzipSync(JSON.stringify(record)).toString("base64");
  return Buffer.from(packed).toString("base64");
}

export function decodeRecord(secret: JsonObject): ReleaseRecord {
  const data = textAt(secret, "data", "release") ?? "";
  const packed = Buffer.from(Buffer.from(data, "base64").toString("utf8"), "base64");
  return JSON.parse(gunzipSync(packed).toString("utf8")) as ReleaseRecord;
}

/** The same revision with another status. */
export function withStatus(
  record: ReleaseRecord,
  status: ReleaseStatus,
  description: string,
): ReleaseRecord {
  return { ...record, info: { ...record.info, status, description } };
}
