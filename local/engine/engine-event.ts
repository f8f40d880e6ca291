import fs from "node:fs";

/** What the engine says of one resource; only the fields that are read here. */
export interface StepMetadata {
  /** `create`, `update`, `replace`, `delete`, `same`, `refresh` and so on. */
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly diffs?: readonly string[];
  readonly detailedDiff?: Readonly<Record<string, { readonly diffKind: string }>>;
}

/** One line of the engine's event log. */
export interface EngineEvent {
  readonly sequence: number;
  readonly timestamp: number;
  readonly resourcePreEvent?: { readonly metadata: StepMetadata };
  readonly resOutputsEvent?: { readonly metadata: StepMetadata };
  readonly resOpFailedEvent?: { readonly metadata: StepMetadata };
  readonly diagnosticEvent?: {
    readonly urn?: string;
    readonly message: string;
    readonly severity: string;
  };
  readonly summaryEvent?: {
    readonly durationSeconds: number;
    readonly resourceChanges: Readonly<Record<string, number>>;
  };
}

/** The events in a log that the engine wrote; a last line that was cut off by a kill is left out. */
export function readEvents(file: string): EngineEvent[] {
  if (!fs.existsSync(file)) return [];
  const lines = fs.readFileSync(file, "utf8").split("\n");
  const complete = lines.slice(0, -1).filter((line) => line !== "");
  return complete.map((line) => JSON.parse(line) as EngineEvent);
}

/** How many resources each operation was done to: `{ create: 12 }`; `same` is left out. */
export function changesIn(events: readonly EngineEvent[]): Record<string, number> {
  const changes = events.findLast((event) => event.summaryEvent)?.summaryEvent?.resourceChanges;
  const counted = Object.entries(changes ?? {}).filter(([op]) => op !== "same");
  return Object.fromEntries(counted);
}

/** What the engine did or would do to each resource that does not stay the same. */
export function stepsIn(events: readonly EngineEvent[]): StepMetadata[] {
  return events
    .flatMap((event) => event.resourcePreEvent?.metadata ?? [])
    .filter(({ op }) => op !== "same");
}
