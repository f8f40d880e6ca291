import { EngineLog, type Diagnostic } from "./recording/engine-log.ts";
import type { RecordedResource } from "./recording/recorded-resource.ts";
import { RecordingMonitor } from "./recording/recording-monitor.ts";
import { runInStack } from "./recording/sdk-runtime.ts";
import { collectRejections } from "./recording/rejections.ts";

export type { Diagnostic } from "./recording/engine-log.ts";
export type { RecordedAlias, RecordedResource } from "./recording/recorded-resource.ts";
export { maskSecrets, reveal, Secret, Unknown } from "./secret.ts";

export interface RecordOptions {
  readonly stack: string;
  /** @default slipway */
  readonly project?: string;
  /** Full keys (`slipway:guard`) and the text that Pulumi would hand over: JSON for what is not a string. */
  readonly config?: Readonly<Record<string, string>>;
  /** Which of the keys are secret. */
  readonly secretKeys?: readonly string[];
  /** Leaves unknown what an engine could not know before it creates anything. @default false */
  readonly preview?: boolean;
}

/** What a program registered, logged and gave out. */
export interface Recording {
  /** The stack first, the rest in order of registration. Two with one URN are both here. */
  readonly resources: readonly RecordedResource[];
  /** Outputs of the stack, secrets as instances of Secret. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What the program logged, debug lines left out. */
  readonly diagnostics: readonly Diagnostic[];
}

// Rejections that nobody handles are a matter of the whole process, so only one program runs at a time.
let previous: Promise<unknown> = Promise.resolve();

/**
 * Runs a program in this process with no engine and no provider, and returns what it registered.
 * Rejects with the program's own error. Each call starts from a clean store of config and stack.
 *
 * A module is evaluated once per process: a program that is a module can be recorded only once.
 */
export function record(program: () => unknown, options: RecordOptions): Promise<Recording> {
  const run = previous.then(() => recordAlone(program, options));
  previous = run.catch(() => undefined);
  return run;
}

async function recordAlone(program: () => unknown, options: RecordOptions): Promise<Recording> {
  const { project = "slipway", stack, preview = false } = options;
  const monitor = new RecordingMonitor({ project, stack }, preview);
  const engine = new EngineLog();
  const config = { ...options.config };
  const secretKeys = [...(options.secretKeys ?? [])];
  await collectRejections(() =>
    runInStack(program, { project, stack, preview, config, secretKeys }, { monitor, engine }),
  );
  const failure = engine.diagnostics.find((diagnostic) => diagnostic.severity === "error");
  if (failure !== undefined) throw new Error(failure.message);
  return {
    resources: monitor.resources,
    outputs: monitor.stackOutputs,
    diagnostics: engine.diagnostics,
  };
}

/** The recorded resources of one type token, in order of registration. */
export function byType(recording: Recording, type: string): RecordedResource[] {
  return recording.resources.filter((resource) => resource.type === type);
}

/** The one recorded resource with this logical name (and type, where several share the name). */
export function byName(recording: Recording, name: string, type?: string): RecordedResource {
  const found = recording.resources.filter(
    (resource) => resource.name === name && (type === undefined || resource.type === type),
  );
  const [only] = found;
  if (only === undefined || found.length > 1) {
    const names = recording.resources.map((resource) => resource.name).toSorted();
    throw new Error(
      `${found.length} resources are called ${name}${type === undefined ? "" : ` of type ${type}`}, ` +
        `expected one. There are: ${names.join(", ")}.`,
    );
  }
  return only;
}
