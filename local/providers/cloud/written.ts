import type { Properties } from "../../../plan/recording/cloud-outputs/index.ts";
import type { CloudRecord } from "./cloud-record.ts";

/** A resource as it is written, with its inputs in clear. */
export interface Written {
  readonly account: string;
  readonly record: CloudRecord;
  readonly inputs: Properties;
  readonly others: readonly CloudRecord[];
}
