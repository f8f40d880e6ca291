import { isAlive, type ProcessIdentity } from "../../control-plane/process-identity.ts";
import { cloudAnswer, type CloudAccount } from "../../../plan/recording/cloud-outputs/index.ts";
import { toJson, type JsonObject, type PropertyMap } from "../property-values.ts";
import type { AccountStore } from "./account-store.ts";
import { failAsPlanned } from "./behaviour.ts";
import { called, CloudError, refuseWhileNeeded } from "./cloud-error.ts";
import { recordKey, type CloudRecord } from "./cloud-record.ts";
import {
  keepsName,
  refuseLocked,
  refuseProtected,
  refuseWithoutSnapshot,
} from "./deletion-rules.ts";
import { keptInputs } from "./kept-inputs.ts";
import { checkUpgrade } from "./kubernetes-version.ts";
import { contentsOf } from "./references/azure-containers.ts";
import { needsOf } from "./references/index.ts";
import { checkRangeNames, checkRanges } from "./subnet-ranges.ts";

export interface Registration {
  readonly type: string;
  /** The logical name. */
  readonly name: string;
  readonly inputs: PropertyMap;
  readonly account: CloudAccount;
  /** Who is making it, for what takes a while. */
  readonly creating?: ProcessIdentity;
}

/**
 * Types of which making one that is there is no error: grants are added to a policy, services turned on,
 * and settings of something else are written over.
 */
const WRITTEN_OVER =
  /^(gcp:.*IAMMember|gcp:.*IamMember|gcp:projects\/service:Service|gcp:projects\/serviceIdentity:ServiceIdentity|gcp:logging\/projectBucketConfig:ProjectBucketConfig|aws:ec2\/defaultSecurityGroup:DefaultSecurityGroup|aws:s3\/bucket\w+:Bucket\w+|aws:iam\/rolePolicyAttachment:RolePolicyAttachment|azure-native:storage:BlobServiceProperties|azure-native:storage:ManagementPolicy|azure-native:dbforpostgresql:Configuration|azure-native:network:NetworkWatcher)$/;

/** Enters a new resource, as far as its cloud takes it. Done while nobody else works on the account. */
export function register(store: AccountStore, wanted: Registration): CloudRecord {
  const { type, name, inputs, account, creating } = wanted;
  failAsPlanned(store, type);
  const plain = toJson(inputs) as JsonObject;
  const all = store.records();
  const taken = [...all, ...store.reserved()];
  const copies = taken.filter((record) => record.type === type && record.name === name);
  const copy = freeNumber(copies.map((record) => record.copy));
  const { id } = cloudAnswer({ type, name, inputs: plain, account, copy });
  const others = all.filter((record) => recordKey(record) !== recordKey({ type, id }));
  refuseTaken(
    store,
    taken.find((record) => recordKey(record) === recordKey({ type, id })),
  );
  const candidate = { type, id, inputs: plain, account };
  const needs = needsOf(candidate, others);
  checkRanges(candidate, others);
  checkRangeNames(candidate, others);
  const record: CloudRecord = {
    ...candidate,
    inputs: keptInputs(inputs),
    name,
    copy,
    revision: 1,
    needs,
    ...(creating === undefined ? {} : { creating }),
  };
  store.put(record);
  return record;
}

function freeNumber(taken: readonly number[]): number {
  let number = 0;
  while (taken.includes(number)) number++;
  return number;
}

function refuseTaken(store: AccountStore, existing: CloudRecord | undefined): void {
  if (existing === undefined || WRITTEN_OVER.test(existing.type)) return;
  // Whoever was making it was killed on the way.
  if (existing.creating !== undefined && !isAlive(existing.creating)) return;
  const why =
    existing.reserved === true
      ? "was deleted, and its name is not free again. Take another name, or bring it back by an import"
      : "is there already. Take another name, or import it";
  throw new CloudError(store.cloud, "exists", `${called(existing)} ${why}.`);
}

/** Writes a changed resource. Done while nobody else works on the account. */
export function rewrite(
  store: AccountStore,
  before: CloudRecord,
  inputs: PropertyMap,
): CloudRecord {
  const others = store.records().filter((record) => recordKey(record) !== recordKey(before));
  const candidate = { ...before, inputs: toJson(inputs) as JsonObject };
  const needs = needsOf(candidate, others);
  checkRanges(candidate, others);
  const revision = before.revision + 1;
  const after: CloudRecord = { ...before, inputs: keptInputs(inputs), revision, needs };
  checkUpgrade(store.cloud, before, after);
  store.put(after);
  return after;
}

/** All that goes when a resource is deleted, the resource last. Throws where its cloud would not delete it. */
export function deletable(store: AccountStore, record: CloudRecord): CloudRecord[] {
  const all = store.records();
  const going = [...contentsOf(record, all), record];
  const keys = new Set(going.map(recordKey));
  const staying = all.filter((other) => !keys.has(recordKey(other)));
  for (const one of going) {
    refuseProtected(store.cloud, one);
    refuseLocked(store.cloud, one, all);
    refuseWithoutSnapshot(store.cloud, one);
    refuseWhileNeeded(store.cloud, one, staying);
  }
  return going;
}

/** Takes a resource out of the account; of some the name stays. */
export function strike(store: AccountStore, record: CloudRecord): void {
  if (keepsName(record)) store.put({ ...record, needs: [], reserved: true });
  else store.remove(record);
}
