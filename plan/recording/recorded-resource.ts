/** One registration of a program, with everything that decides what an engine does with it. */
export interface RecordedResource {
  readonly urn: string;
  /** The type token, without those of the parents. */
  readonly type: string;
  /** The logical name. */
  readonly name: string;
  /** False for components and for the stack. */
  readonly custom: boolean;
  /** URN of the parent; absent for the stack only. */
  readonly parent?: string;
  /** Explicit provider as `URN::id`, the engine's form; absent where the engine would choose a default. */
  readonly provider?: string;
  /** {@link RecordedResource.provider} without the id. */
  readonly providerUrn?: string;
  /** A component's providers by package, in the form of {@link RecordedResource.provider}. */
  readonly providers: Readonly<Record<string, string>>;
  /** URNs of all that must be there first: `dependsOn` and resources that inputs come from. */
  readonly dependencies: readonly string[];
  /** URNs that a top-level input comes from, by input. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** What the program gave, secrets as instances of Secret. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Inputs, the automatic name, and stand-ins for what a provider computes. */
  outputs: Readonly<Record<string, unknown>>;
  /** True when set here or on a parent. */
  readonly protect: boolean;
  /** True when set here or on a parent. */
  readonly retainOnDelete: boolean;
  /** URN of the resource whose deletion deletes this one too; set here or on a parent. */
  readonly deletedWith?: string;
  readonly deleteBeforeReplace?: boolean;
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly customTimeouts: Readonly<Partial<Record<"create" | "update" | "delete", string>>>;
  readonly aliases: readonly (string | RecordedAlias)[];
  readonly import?: string;
  /** Version of the provider that the SDK of the resource asks for. */
  readonly version?: string;
}

/** An alias by its parts; a part that is absent is the resource's own. */
export interface RecordedAlias {
  readonly name?: string;
  readonly type?: string;
  readonly stack?: string;
  readonly project?: string;
  readonly parentUrn?: string;
  readonly noParent?: boolean;
}
