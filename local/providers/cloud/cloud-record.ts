import type { ProcessIdentity } from "../../control-plane/process-identity.ts";
import type { CloudAccount, ServedApi } from "../../../plan/recording/cloud-outputs/index.ts";
import type { JsonObject } from "../property-values.ts";

/** One resource of an account, as its file holds it. An edit of `inputs` by hand is drift. */
export interface CloudRecord {
  readonly type: string;
  readonly id: string;
  /** The logical name. */
  readonly name: string;
  /** Tells resources apart that share type and logical name. */
  readonly copy: number;
  /** How often it has been written. */
  readonly revision: number;
  /** Secrets as digests: a cloud does not give them back either. */
  readonly inputs: JsonObject;
  /** The settings of the provider that made it. */
  readonly account: CloudAccount;
  /** Keys of what cannot be deleted while this exists. */
  readonly needs: readonly string[];
  /** Of a cluster: where its API server is. */
  readonly served?: ServedApi;
  /** Who is making it; absent once it is made. */
  creating?: ProcessIdentity;
  /** It is deleted, and its name is not free again. */
  readonly reserved?: true;
}

/** What tells a record from all others of an account: ids alone do not, as a bucket's settings have its id. */
export const recordKey = ({ type, id }: Pick<CloudRecord, "type" | "id">): string =>
  `${type}::${type.startsWith("azure-native:") ? id.toLowerCase() : id}`;
