import { ApiError } from "../api-error.ts";
import { referenceTo, type Cluster } from "../cluster.ts";
import type { Manifest } from "../manifest.ts";
import { decodeRecord, recordSecret, type ReleaseRecord } from "./release-record.ts";

const HELM = "helm";

/** The revisions of a release, kept as Secrets beside it. */
export class ReleaseStore {
  private readonly cluster: Cluster;

  constructor(cluster: Cluster) {
    this.cluster = cluster;
  }

  /** All revisions, the latest first. Empty when there is no such release. */
  async history(namespace: string, name: string): Promise<ReleaseRecord[]> {
    const secrets = await this.cluster.list("v1", "Secret", namespace, `owner=helm,name=${name}`);
    return secrets.map(decodeRecord).sort((a, b) => b.version - a.version);
  }

  async add(record: ReleaseRecord): Promise<void> {
    await this.cluster.create(recordSecret(record), { fieldManager: HELM });
  }

  async replace(record: ReleaseRecord): Promise<void> {
    const secret = recordSecret(record);
    await this.cluster.send("PUT", referenceTo(secret), {
      query: { fieldManager: HELM },
      body: secret,
    });
  }

  async remove(record: ReleaseRecord): Promise<void> {
    await removeIfPresent(this.cluster, recordSecret(record));
  }

  /** Drops the oldest revisions beyond a number, as Helm's history limit does; 0 keeps all. */
  async prune(history: readonly ReleaseRecord[], keep: number): Promise<void> {
    if (keep <= 0) return;
    for (const record of history.slice(keep)) await this.remove(record);
  }
}

/** Deletes an object; its absence is what was wanted. */
export async function removeIfPresent(cluster: Cluster, object: Manifest): Promise<void> {
  try {
    await cluster.send("DELETE", referenceTo(object));
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
  }
}
