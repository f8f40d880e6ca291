import fs from "node:fs";

/** A resource as the state lists it; only the fields that are read here. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: {
    readonly name?: unknown;
    readonly namespace?: unknown;
    readonly metadata?: { readonly name?: unknown; readonly namespace?: unknown };
  };
}

/** What was under way when the engine was killed. */
export interface PendingOperation {
  readonly type: string;
  readonly resource: StateResource;
}

/** The part of an exported state that an interrupted run is settled in. */
export interface Deployment {
  readonly resources?: readonly StateResource[];
  readonly pending_operations?: readonly PendingOperation[];
}

/** A Helm release by its own name. */
export interface ReleaseName {
  readonly namespace: string;
  readonly name: string;
}

const RELEASE = "kubernetes:helm.sh/v3:Release";

/** The operations that a state file of the backend says were under way. */
export function pendingIn(file: string): readonly PendingOperation[] {
  const { checkpoint } = JSON.parse(fs.readFileSync(file, "utf8")) as {
    checkpoint?: { latest?: Deployment };
  };
  return checkpoint?.latest?.pending_operations ?? [];
}

/** The ID that an object would have, if it was created: `namespace/name`, or the name alone. */
function likelyId({ type, inputs }: StateResource): string | undefined {
  if (!type.startsWith("kubernetes:")) return undefined;
  const { name, namespace } = inputs?.metadata ?? {};
  if (typeof name !== "string") return undefined;
  return typeof namespace === "string" ? `${namespace}/${name}` : name;
}

/**
 * The state with the objects in it whose creation was under way. Whether they exist only the cluster
 * knows: a refresh keeps those that do, which to create again would fail, and drops the others. Helm
 * releases are left out, because half an installation is none; so is what exists in the state only.
 *
 * `pulumi refresh --import-pending-creates` is meant for this, but drops what it was told to import.
 */
export function withPendingCreates(deployment: Deployment): Deployment {
  const { resources = [], pending_operations: pending = [] } = deployment;
  const known = new Set(resources.map(({ urn }) => urn));
  const adopted = pending.flatMap(({ type, resource }) => {
    const id = likelyId(resource);
    // A replacement under way has its predecessor in the state, and one URN can stand there but once.
    if (type !== "creating" || id === undefined || known.has(resource.urn)) return [];
    return [{ ...resource, id }];
  });
  const others = pending.filter(({ type }) => type !== "creating");
  return { ...deployment, resources: [...resources, ...adopted], pending_operations: others };
}

/** The Helm releases that something was being done to. */
export function interruptedReleases(pending: readonly PendingOperation[]): ReleaseName[] {
  return pending.flatMap(({ resource: { type, inputs } }) => {
    const { name, namespace } = inputs ?? {};
    const isRelease = type === RELEASE && typeof name === "string" && typeof namespace === "string";
    return isRelease ? [{ name, namespace }] : [];
  });
}
