// stack-file.ts is not here on purpose: the running program gets its keys from the engine, and must not
// load a YAML parser. The plan and the preflight import it directly.
export { checkStack, type CheckedStack } from "./check-stack.ts";
export { ConfigError, describeProblems, refuseProblems } from "./config-error.ts";
export { loadConfig, type StackConfig } from "./load-config.ts";
export { openingLine } from "./opening-line.ts";
export type { PlaceholderUse } from "./placeholders.ts";
export type { StackSettings } from "./schema/stack.ts";
export type { StackSource } from "./stack-source.ts";
