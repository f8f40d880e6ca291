import * as pulumi from "@pulumi/pulumi";
import { configChecksum } from "../core/config-checksum.ts";
import type { ConfigSource, SourceKey } from "./config-source.ts";
import type { Mount } from "./volume.ts";

/** As much of a container as says what it reads. */
interface Reader {
  readonly envFrom?: readonly ConfigSource[];
  readonly env?: Readonly<Record<string, string | SourceKey>>;
  readonly mounts?: readonly Mount[];
}

/** What a pod reads of one source. */
export interface SourceRead {
  readonly source: ConfigSource;
  /** In alphabetical order. */
  readonly keys: readonly string[];
}

/** Kind and name of a source, as part of a name. */
export function sourceId(source: ConfigSource): string {
  return `${source.kind.toLowerCase()}-${source.name}`;
}

/** What containers read, one entry for each source, in the order of first use. */
export function readsOf(...containers: readonly Reader[]): SourceRead[] {
  const reads = new Map<string, SourceRead>();
  for (const { source, keys } of containers.flatMap(singleReads)) {
    const known = reads.get(sourceId(source))?.keys ?? [];
    const all = [...new Set([...known, ...keys])].toSorted();
    reads.set(sourceId(source), { source, keys: all });
  }
  return [...reads.values()];
}

function singleReads({ envFrom = [], env = {}, mounts = [] }: Reader): SourceRead[] {
  return [
    ...envFrom.map((source) => ({ source, keys: source.keys })),
    ...Object.values(env).flatMap((value) =>
      typeof value === "string" ? [] : [{ source: value.source, keys: [value.key] }],
    ),
    ...mounts.flatMap(({ from, key }) => {
      if (!("source" in from)) return [];
      return [{ source: from.source, keys: key === undefined ? from.source.keys : [key] }];
    }),
  ];
}

/** Changes when the value of a key does that is read; as a pod annotation it rolls the pods. */
export function readChecksum({ source, keys }: SourceRead): pulumi.Input<string> {
  const read = keys.map((key) => [key, source.checksums[key] ?? ""] as const);
  const known = read.flatMap(([key, sum]) => (typeof sum === "string" ? [[key, sum]] : []));
  // A text where it can be, so that a plan shows it before anything exists.
  if (known.length === read.length) {
    return configChecksum(Object.fromEntries(known) as Record<string, string>);
  }
  return pulumi.all(Object.fromEntries(read)).apply((sums) => configChecksum(sums));
}
