import { lastSegment, type Cloud } from "../../../plan/recording/cloud-outputs/index.ts";
import { recordKey, type CloudRecord } from "./cloud-record.ts";

/** What a cloud refuses, by its own codes. */
export type Refusal = "notFound" | "exists" | "inUse" | "quota" | "protected" | "invalid";

const CODES: Readonly<Record<Cloud, Readonly<Record<Refusal, string>>>> = {
  gcp: {
    notFound: "googleapi: Error 404: notFound",
    exists: "googleapi: Error 409: alreadyExists",
    inUse: "googleapi: Error 400: resourceInUseByAnotherResource",
    quota: "googleapi: Error 403: quotaExceeded",
    protected: "deletion_protection",
    invalid: "googleapi: Error 400: invalid",
  },
  aws: {
    notFound: "ResourceNotFoundException",
    exists: "ResourceAlreadyExists",
    inUse: "DependencyViolation",
    quota: "LimitExceeded",
    protected: "InvalidRequestException",
    invalid: "InvalidParameterValue",
  },
  "azure-native": {
    notFound: 'Code="ResourceNotFound"',
    exists: 'Code="Conflict"',
    inUse: 'Code="InUse"',
    quota: 'Code="QuotaExceeded"',
    protected: 'Code="DeletionProtected"',
    invalid: 'Code="InvalidRequest"',
  },
};

/** A request that the cloud refuses. */
export class CloudError extends Error {
  readonly refusal: Refusal;
  constructor(cloud: Cloud, refusal: Refusal, message: string) {
    super(`${CODES[cloud][refusal]}: ${message}`);
    this.refusal = refusal;
  }
}

/** `Subnet subnet-0ab`: what a record is called in a message. */
export function called({ type, id }: Pick<CloudRecord, "type" | "id">): string {
  const kind = lastSegment(type.slice(type.lastIndexOf(":") + 1));
  return `${kind} ${id}`;
}

/** Nothing may be deleted while something else stands on it. */
export function refuseWhileNeeded(
  cloud: Cloud,
  record: CloudRecord,
  others: readonly CloudRecord[],
): void {
  const key = recordKey(record);
  const users = others.filter(({ needs }) => needs.includes(key));
  if (users.length === 0) return;
  const list = users.map(called).join(", ");
  throw new CloudError(
    cloud,
    "inUse",
    `${called(record)} is still used by ${list}. Delete ${users.length === 1 ? "it" : "them"} first.`,
  );
}
