import type * as k8s from "@pulumi/kubernetes";
import type { Problem } from "../core/problem.ts";
import type { ConfigSource } from "./config-source.ts";

type Volume = k8s.types.input.core.v1.Volume;
type VolumeMount = k8s.types.input.core.v1.VolumeMount;

/** What a directory of a container is filled from. */
export type MountSource =
  /** A PersistentVolumeClaim of the namespace. */
  | { readonly claim: string }
  /** A volume that each pod of a StatefulSet has of its own, by the name of its claim template. */
  | { readonly claimTemplate: string }
  /** A file for each key of a ConfigMap or Secret. */
  | { readonly source: ConfigSource }
  /** Memory, counted against the container's limit; gone with the pod. For secrets and shared memory. */
  | { readonly memory: string; readonly volume: string };

/** A directory of a container with something in it. */
export interface Mount {
  /** Absolute, below the root. */
  readonly path: string;
  readonly from: MountSource;
  /** One file of the source, where the directory around it must keep its own files. @default all */
  readonly key?: string;
}

/** Of files that come from a Secret or ConfigMap: owner and group may read, nobody may write. */
const FILE_MODE = 0o440;

/** The volume's name inside the pod; the same source is the same volume. */
function nameOf(from: MountSource): string {
  if ("claim" in from) return `claim-${from.claim}`;
  if ("claimTemplate" in from) return from.claimTemplate;
  if ("source" in from) return `${from.source.kind.toLowerCase()}-${from.source.name}`;
  return from.volume;
}

/** The pod's volumes for the mounts of all its containers, each once. */
export function volumesOf(mounts: readonly Mount[]): Volume[] {
  const byName = new Map(
    mounts
      .filter(({ from }) => !("claimTemplate" in from))
      .map(({ from }) => [nameOf(from), volumeOf(from)]),
  );
  return [...byName.values()];
}

function volumeOf(from: MountSource): Volume {
  const name = nameOf(from);
  if ("claim" in from) return { name, persistentVolumeClaim: { claimName: from.claim } };
  if ("source" in from) {
    const { source } = from;
    return source.kind === "Secret"
      ? { name, secret: { secretName: source.name, defaultMode: FILE_MODE } }
      : { name, configMap: { name: source.name, defaultMode: FILE_MODE } };
  }
  const sizeLimit = "memory" in from ? from.memory : "0";
  return { name, emptyDir: { medium: "Memory", sizeLimit } };
}

/** Where a container sees a volume. What comes from a source is read-only whatever it says. */
export function mountSpec({ path, from, key }: Mount): VolumeMount {
  return {
    name: nameOf(from),
    mountPath: path,
    ...(key === undefined ? {} : { subPath: key }),
    ...("source" in from ? { readOnly: true } : {}),
  };
}

/** Scratch space of one container, one volume for each path; empty whenever the pod starts. */
export function scratchVolumes(paths: readonly string[], prefix = ""): Volume[] {
  return paths.map((path) => ({ name: `${prefix}${scratchName(path)}`, emptyDir: {} }));
}

/** Where the container sees its scratch space. */
export function scratchMounts(paths: readonly string[], prefix = ""): VolumeMount[] {
  return paths.map((path) => ({ name: `${prefix}${scratchName(path)}`, mountPath: path }));
}

function scratchName(path: string): string {
  return `writable${path.toLowerCase().replace(/[^a-z0-9]+/g, "-")}`;
}

const DIRECTORY = /^(\/[a-z0-9._-]+)+$/i;

/** Problems of directories that a pod may write to. */
export function checkWritablePaths(paths: readonly string[], path: string): Problem[] {
  const volumes = paths.map(scratchName);
  return paths.flatMap((directory, index) => {
    const got = JSON.stringify(directory);
    const at = `${path}[${index}]`;
    if (!DIRECTORY.test(directory)) return [notADirectory(at, got)];
    const first = directory === "/tmp" ? "/tmp" : paths[volumes.indexOf(scratchName(directory))];
    if (directory !== "/tmp" && volumes.indexOf(scratchName(directory)) === index) return [];
    const expected = `a directory whose volume is not taken by ${String(first)}`;
    return [{ path: at, got, expected, remedy: "Leave one of the two out." }];
  });
}

/** Problems of mounts: paths that are none, paths taken twice, keys that the source does not have. */
export function checkMounts(
  mounts: readonly Mount[],
  writablePaths: readonly string[],
  path: string,
): Problem[] {
  const taken = ["/tmp", ...writablePaths];
  return mounts.flatMap((mount, index) => {
    const at = `${path}[${index}]`;
    const got = JSON.stringify(mount.path);
    if (!DIRECTORY.test(mount.path)) return [notADirectory(`${at}.path`, got)];
    const before = [...taken, ...mounts.slice(0, index).map((other) => other.path)];
    if (before.includes(mount.path)) {
      const expected = "a directory that nothing else is mounted on";
      return [{ path: `${at}.path`, got, expected, remedy: "Leave one of the two out." }];
    }
    if (mount.key === undefined || !("source" in mount.from)) return [];
    const { kind, name, keys } = mount.from.source;
    if (keys.includes(mount.key)) return [];
    const expected = `a key of ${kind} ${name}`;
    const remedy = `It has ${keys.join(", ")}.`;
    return [{ path: `${at}.key`, got: JSON.stringify(mount.key), expected, remedy }];
  });
}

function notADirectory(path: string, got: string): Problem {
  const expected = "an absolute directory below the root";
  return { path, got, expected, remedy: "Write it as /var/cache or the like." };
}
