import type { PropertyMap } from "./property-values.ts";

/** One reason why inputs are refused, at a property path such as `metadata.name`. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

export interface ResourceRequest {
  readonly urn: string;
  /** The type token, such as `kubernetes:apps/v1:Deployment`. */
  readonly type: string;
  /** The logical name. */
  readonly name: string;
}

/** What `pulumi:autonaming` asks for; absent when the stack does not configure it. */
export interface Autonaming {
  readonly mode: "propose" | "enforce" | "disable";
  readonly proposedName: string;
}

export interface CheckRequest extends ResourceRequest {
  /** Inputs of the existing resource; empty for a new one and for a replacement. */
  readonly oldInputs: PropertyMap;
  readonly newInputs: PropertyMap;
  readonly randomSeed: Uint8Array;
  readonly autonaming?: Autonaming;
}

export interface CheckResult {
  readonly inputs: PropertyMap;
  readonly failures: readonly CheckFailure[];
}

export interface DiffRequest extends ResourceRequest {
  readonly id: string;
  readonly oldInputs: PropertyMap;
  readonly newInputs: PropertyMap;
  readonly ignoreChanges: readonly string[];
}

export type DiffKind = "add" | "delete" | "update";

export interface PropertyDiff {
  readonly kind: DiffKind;
  readonly replace: boolean;
}

export interface DiffResult {
  /** Changed properties by path. Empty means no change. Undefined means it cannot be told yet. */
  readonly changed: ReadonlyMap<string, PropertyDiff> | undefined;
  readonly deleteBeforeReplace: boolean;
}

interface OperationRequest extends ResourceRequest {
  /** Seconds from the resource's `customTimeouts`; 0 when it has none. */
  readonly timeout: number;
}

export interface CreateRequest extends OperationRequest {
  readonly inputs: PropertyMap;
  readonly preview: boolean;
}

export interface UpdateRequest extends OperationRequest {
  readonly id: string;
  readonly oldState: PropertyMap;
  readonly oldInputs: PropertyMap;
  readonly newInputs: PropertyMap;
  readonly preview: boolean;
}

export interface ReadRequest extends ResourceRequest {
  readonly id: string;
  /** Empty when a resource is imported or read by its id alone. */
  readonly state: PropertyMap;
  readonly inputs: PropertyMap;
}

export interface DeleteRequest extends OperationRequest {
  readonly id: string;
  readonly state: PropertyMap;
  readonly inputs: PropertyMap;
}

/** A resource as it is now. */
export interface Live {
  readonly id: string;
  readonly state: PropertyMap;
}

/** What a provider plugin does, without its protocol. Each method may throw; the message is shown. */
export interface Provider {
  /** Version of the real plugin that this one stands in for. */
  readonly version: string;
  checkConfig(request: CheckRequest): Promise<CheckResult>;
  diffConfig(request: DiffRequest): Promise<DiffResult>;
  configure(config: PropertyMap): Promise<void>;
  check(request: CheckRequest): Promise<CheckResult>;
  diff(request: DiffRequest): Promise<DiffResult>;
  create(request: CreateRequest): Promise<Live>;
  update(request: UpdateRequest): Promise<PropertyMap>;
  /** Undefined when the resource is gone. */
  read(request: ReadRequest): Promise<(Live & { readonly inputs: PropertyMap }) | undefined>;
  delete(request: DeleteRequest): Promise<void>;
  invoke(token: string, args: PropertyMap): Promise<PropertyMap>;
  /** Ends what is being waited for. */
  cancel(): void;
}

/** Where a provider says something to whoever runs the engine. */
export interface Host {
  warn(urn: string, message: string): void;
  /** A passing remark beside the resource's line, overwritten by the next. */
  status(urn: string, message: string): void;
}

/**
 * The resource exists but did not become what it should. The engine records it with these reasons, and
 * the next run tries to update it, instead of creating it a second time.
 */
export class InitializationError extends Error {
  readonly id: string;
  readonly state: PropertyMap;
  readonly inputs: PropertyMap | undefined;
  /** What the engine shows, in place of the message. */
  readonly reasons: readonly string[];
  constructor(message: string, live: Live, reasons: readonly string[], inputs?: PropertyMap) {
    super(message);
    this.id = live.id;
    this.state = live.state;
    this.inputs = inputs;
    this.reasons = reasons;
  }
}
