import path from "node:path";
import type { Cloud } from "../cluster-hook-types.ts";
import { jsonFiles, readJson } from "../json-file.ts";

/** A resource that a program made in the account, as the plugin of its cloud wrote it down. */
export interface AccountResource {
  /** The type token, such as `aws:eks/accessEntry:AccessEntry`. */
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Where its provider put it. */
  readonly account?: { readonly accountId?: string; readonly partition?: string };
}

interface ResourceFile extends AccountResource {
  /** A name that is not free, although nothing has it any more. */
  readonly reserved?: boolean;
  /** Somebody is still at work on it. */
  readonly creating?: unknown;
}

/** The resources of one cloud in an account: each is a file in the cloud's folder. */
export function accountResources(account: string, cloud: Cloud): AccountResource[] {
  return jsonFiles(path.join(path.resolve(account), cloud)).flatMap((file) => {
    const resource = readJson(file) as ResourceFile | undefined;
    const exists = resource?.reserved !== true && resource?.creating === undefined;
    return resource !== undefined && exists ? [resource] : [];
  });
}
