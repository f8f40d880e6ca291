export { engine, type Engine, type EngineOptions, type EngineResult } from "./engine.ts";
export type { ExportedState } from "./engine.ts";
export { changesIn, stepsIn, type EngineEvent, type StepMetadata } from "./engine-event.ts";
export type { Plugins } from "./engine-folder.ts";
