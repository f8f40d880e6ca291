import { randomBytes } from "node:crypto";
import { hasUnknown, without, withoutSecrets, type PropertyMap } from "../property-values.ts";
import {
  InitializationError,
  type CreateRequest,
  type DeleteRequest,
  type Host,
  type Live,
  type ReadRequest,
  type UpdateRequest,
} from "../provider.ts";
import type { ApiResponse } from "./api-client.ts";
import { ApiError, hasReason, isAbsent, SignInError, UnreachableError } from "./api-error.ts";
import { applyObject, dryRunApply } from "./apply-object.ts";
import { currentReadiness, NotReadyError, waitUntilGone, waitUntilReady } from "./await/wait.ts";
import type { Cluster } from "./cluster.ts";
import { createObject, dryRunCreate } from "./create-object.ts";
import { importedInputs, liveInputs } from "./live-inputs.ts";
import { serveInstances } from "./serve-instances.ts";
import {
  annotationOf,
  describeObject,
  fieldManagerOf,
  manifestOf,
  objectId,
  parseId,
  stateOf,
  type Manifest,
} from "./manifest.ts";

const FIELD_MANAGER_ANNOTATION = "pulumi.com/patchFieldManager";
const PROPAGATION_ANNOTATION = "pulumi.com/deletionPropagationPolicy";
const PROPAGATION: Readonly<Record<string, string>> = {
  background: "Background",
  orphan: "Orphan",
};

export interface ObjectsContext {
  readonly cluster: Cluster;
  readonly host: Host;
  readonly signal: AbortSignal;
  readonly patchForce: boolean;
}

/** Creates, changes, reads and deletes plain objects: every kind but a Helm release. */
export class KubernetesObjects {
  private readonly context: ObjectsContext;
  // Nothing answers twice as slowly as nothing: one preview does not try again for every object.
  private unreachable = false;

  constructor(context: ObjectsContext) {
    this.context = context;
  }

  async create(request: CreateRequest): Promise<Live> {
    const { inputs } = request;
    if (request.preview) {
      return { id: "", state: await this.preview(request.urn, inputs, dryRunCreate) };
    }
    const { cluster, host } = this.context;
    const object = manifestOf(inputs);
    const manager = annotationOf(object, FIELD_MANAGER_ANNOTATION) ?? newFieldManager();
    const created = await this.explained("created", object, inputs, () =>
      createObject(object, cluster, (attempt, reason) => {
        host.status(request.urn, `Retry ${attempt}: ${withoutSecrets(reason, inputs)}`);
      }),
    );
    this.passOnWarnings(request.urn, created);
    return this.settled(created.body as Manifest, inputs, manager, request);
  }

  async update(request: UpdateRequest): Promise<PropertyMap> {
    const { newInputs, oldState } = request;
    const { cluster, patchForce } = this.context;
    const recorded = fieldManagerOf(oldState);
    const options = (object: Manifest) => ({
      manager: annotationOf(object, FIELD_MANAGER_ANNOTATION) ?? recorded ?? newFieldManager(),
      force: patchForce,
    });
    if (request.preview) {
      return this.preview(request.urn, newInputs, async (object) =>
        dryRunApply(await cluster.placed(object), cluster, options(object)),
      );
    }
    const object = manifestOf(newInputs);
    const { manager, force } = options(object);
    const applied = await this.explained("updated", object, newInputs, async () =>
      applyObject(await cluster.placed(object), cluster, { manager, force }),
    );
    this.passOnWarnings(request.urn, applied);
    return (await this.settled(applied.body as Manifest, newInputs, manager, request)).state;
  }

  async read(request: ReadRequest): Promise<(Live & { inputs: PropertyMap }) | undefined> {
    const { cluster } = this.context;
    const reference = { ...kindOf(request), ...parseId(request.id) };
    let live: Manifest | undefined;
    try {
      live = await cluster.find(reference);
    } catch (error) {
      // Its kind is served no longer, so neither is the object.
      if (!isAbsent(error)) throw error;
    }
    if (live === undefined) return undefined;
    const imported = Object.keys(request.inputs).length === 0;
    const inputs = imported ? importedInputs(live) : liveInputs(live, request.inputs);
    const manager = fieldManagerOf(request.state) ?? newFieldManager();
    const found = { id: request.id, state: stateOf(live, inputs, manager), inputs };
    const readiness = await currentReadiness(live, cluster);
    if (readiness.ready) return found;
    const message = `${describeObject(live)} is not ready: ${readiness.reasons.join("; ")}`;
    throw new InitializationError(message, found, [message], inputs);
  }

  /** Deletes and waits until the object is gone: what follows may create it again. */
  async delete(request: DeleteRequest): Promise<void> {
    const { cluster, signal } = this.context;
    const reference = { ...kindOf(request), ...parseId(request.id) };
    try {
      const live = await cluster.find(reference);
      if (live === undefined) return;
      await serveInstances(live, cluster);
      const policy = annotationOf(live, PROPAGATION_ANNOTATION) ?? "";
      await cluster.send("DELETE", reference, {
        query: { propagationPolicy: PROPAGATION[policy] ?? "Foreground" },
      });
      await waitUntilGone(live, { cluster, signal, timeout: request.timeout });
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
  }

  /** The object as the API server would have it, or the inputs where it cannot tell. */
  private async preview(
    urn: string,
    inputs: PropertyMap,
    dryRun: (object: Manifest, cluster: Cluster) => Promise<Manifest>,
  ): Promise<PropertyMap> {
    if (hasUnknown(inputs) || this.unreachable) return inputs;
    const object = manifestOf(inputs);
    try {
      const answer = await dryRun(object, this.context.cluster);
      return stateOf(without(answer, "status"), inputs, "");
    } catch (error) {
      this.unreachable = error instanceof UnreachableError;
      if (error instanceof SignInError) {
        this.context.host.warn(urn, `This preview goes by the program alone: ${error.message}`);
      }
      if (isNoVerdict(error)) return inputs;
      throw this.failure("accepted in a dry run", object, inputs, error);
    }
  }

  private async settled(
    object: Manifest,
    inputs: PropertyMap,
    manager: string,
    request: { readonly timeout: number },
  ): Promise<Live> {
    const { cluster, signal } = this.context;
    try {
      const live = await waitUntilReady(object, { cluster, signal, timeout: request.timeout });
      return { id: objectId(live), state: stateOf(live, inputs, manager) };
    } catch (error) {
      // Whatever went wrong, the object exists by now and has to be recorded.
      const live = error instanceof NotReadyError ? error.live : object;
      const message = withoutSecrets(
        error instanceof Error ? error.message : String(error),
        inputs,
      );
      throw new InitializationError(
        message,
        { id: objectId(live), state: stateOf(live, inputs, manager) },
        [message],
      );
    }
  }

  private passOnWarnings(urn: string, response: ApiResponse): void {
    for (const warning of response.warnings) this.context.host.warn(urn, warning);
  }

  private async explained<Result>(
    what: string,
    object: Manifest,
    inputs: PropertyMap,
    action: () => Promise<Result>,
  ): Promise<Result> {
    try {
      return await action();
    } catch (error) {
      throw this.failure(what, object, inputs, error);
    }
  }

  private failure(what: string, object: Manifest, inputs: PropertyMap, error: unknown): Error {
    const message = error instanceof Error ? error.message : String(error);
    const text = `${describeObject(object)} was not ${what}: ${message}`;
    return new Error(withoutSecrets(text, inputs), { cause: error });
  }
}

/** Errors that say nothing about the object itself: a preview then goes by the inputs. */
function isNoVerdict(error: unknown): boolean {
  if (error instanceof UnreachableError || isAbsent(error)) return true;
  if (hasReason(error, "Forbidden") || hasReason(error, "AlreadyExists")) return true;
  return error instanceof ApiError && error.message.includes("does not support dry run");
}

/** Each resource applies under a name of its own, so that two of them are seen to conflict. */
function newFieldManager(): string {
  return `pulumi-kubernetes-${randomBytes(4).toString("hex")}`;
}

/** The kind by the recorded inputs, else by the type token, `kubernetes:GROUP/VERSION:KIND`. */
export function kindOf(request: { readonly type: string; readonly inputs: PropertyMap }): {
  apiVersion: string;
  kind: string;
} {
  const { apiVersion, kind } = request.inputs;
  if (typeof apiVersion === "string" && typeof kind === "string") return { apiVersion, kind };
  const [, version = "", tokenKind = ""] = request.type.split(":");
  return { apiVersion: version.replace(/^core\//, ""), kind: tokenKind };
}
