import fs from "node:fs";
import path from "node:path";
import { LineCounter, parseDocument } from "yaml";
import type { Problem } from "../components/core/problem.ts";
import { ConfigError } from "./config-error.ts";
import { PROJECT_FOLDER } from "./kubeconfig.ts";
import { NAMESPACE, stackSchema } from "./schema/stack.ts";
import { SECRET_KEYS } from "./schema/secrets.ts";
import { ENCRYPTED, stackFileName, type StackSource } from "./stack-source.ts";
import { unknownKey } from "./unknown-key.ts";

/** The sections that Pulumi reads in a stack file. */
export const STACK_FILE_SECTIONS = [
  "config",
  "encryptionsalt",
  "secretsprovider",
  "encryptedkey",
  "environment",
] as const;

type Json = Readonly<Record<string, unknown>>;

function isMap(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is, or has inside it, what `pulumi config set --secret` writes. */
function isEncrypted(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isEncrypted);
  if (!isMap(value)) return false;
  const [key, ...others] = Object.keys(value);
  const isSecret = key === "secure" && others.length === 0 && typeof value["secure"] === "string";
  return isSecret || Object.values(value).some(isEncrypted);
}

/** The YAML as JSON. Throws ConfigError with line and column when it cannot be read. */
function parseYaml(text: string, file: string): unknown {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    customTags: ["timestamp"],
    merge: true,
  });
  if (document.errors.length > 0) {
    const problems = document.errors.map((error): Problem => {
      const { line, col } = lineCounter.linePos(error.pos[0]);
      return {
        path: `line ${line}, column ${col}`,
        got: `malformed YAML (${error.message})`,
        expected: "well-formed YAML",
        remedy: "Mend the file there or just above.",
      };
    });
    throw new ConfigError(file, problems);
  }
  return resolved(document, file);
}

/** The YAML as JSON, its aliases and merges resolved. Throws ConfigError where that cannot be done. */
function resolved(document: ReturnType<typeof parseDocument>, file: string): unknown {
  try {
    return withoutTimes(document.toJS());
  } catch (error) {
    throw new ConfigError(file, [
      {
        path: "config",
        got: `malformed YAML (${(error as Error).message})`,
        expected: "aliases that can be resolved",
        remedy: "Write the values out in place of the aliases.",
      },
    ]);
  }
}

/**
 * The engine reads a time without quotes as a time and hands it over in a form of its own. So do we, or
 * a plan would show what the engine refuses.
 */
function withoutTimes(value: unknown, around: readonly unknown[] = []): unknown {
  if (value instanceof Date) {
    return value
      .toISOString()
      .replace("T", " ")
      .replace(/(\.0+)?Z$/, " +0000 UTC");
  }
  if (around.includes(value)) throw new ReferenceError("A value holds itself");
  const inner = (item: unknown) => withoutTimes(item, [...around, value]);
  if (Array.isArray(value)) return value.map(inner);
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inner(item)]));
}

/** Problems of the keys that Pulumi itself would not take. */
function checkLayout(content: Json): Problem[] {
  const sections = Object.keys(content)
    .filter((key) => !(STACK_FILE_SECTIONS as readonly string[]).includes(key))
    .map((key) => unknownKey(key, key, STACK_FILE_SECTIONS));
  const known = [...Object.keys(stackSchema.shape), ...Object.keys(SECRET_KEYS)];
  const config = isMap(content["config"]) ? content["config"] : {};
  const bare = Object.keys(config)
    .filter((key) => !key.includes(":"))
    .map((key): Problem => {
      const meant = known.includes(key) ? `${NAMESPACE}:${key}` : undefined;
      return {
        path: `config.${key}`,
        got: "a key without a namespace",
        expected: `a key such as ${NAMESPACE}:guard`,
        remedy: meant === undefined ? "Add what it belongs to." : `Did you mean "${meant}"?`,
      };
    });
  return [...sections, ...bare];
}

/** The keys that the text of a stack file sets. Throws ConfigError when it is no stack file. */
export function parseStackText(text: string, file: string): StackSource {
  const content = parseYaml(text, file);
  const config = isMap(content) ? content["config"] : undefined;
  const remedy = "Copy that of another stack and change what differs.";
  if (content === null) {
    throw new ConfigError(file, [
      { path: "", got: "an empty file", expected: `a map with the key "config"`, remedy },
    ]);
  }
  const problems = isMap(content) ? checkLayout(content) : [];
  if (!isMap(config)) {
    problems.push({
      path: "config",
      expected: `a map of keys such as ${NAMESPACE}:guard`,
      remedy,
    });
  }
  if (!isMap(config) || problems.length > 0) throw new ConfigError(file, problems);

  const secretKeys = Object.keys(config).filter((key) => isEncrypted(config[key]));
  const values = Object.entries(config).map(([key, value]) => [
    key,
    secretKeys.includes(key) ? ENCRYPTED : value,
  ]);
  return { file, values: Object.fromEntries(values) as Json, secretKeys };
}

/** The stacks that have a file in the folder, in alphabetical order. */
export function stackNames(folder: string = PROJECT_FOLDER): string[] {
  return fs
    .readdirSync(folder)
    .flatMap((name) => /^Pulumi\.([\w.-]+)\.yaml$/.exec(name)?.[1] ?? [])
    .sort();
}

/** The keys that a stack's file sets. Throws ConfigError when there is no such stack or no sound file. */
export function readStackFile(stack: string, folder: string = PROJECT_FOLDER): StackSource {
  const file = stackFileName(stack);
  const stacks = stackNames(folder);
  if (!stacks.includes(stack)) {
    throw new ConfigError(file, [
      {
        path: "",
        got: "no such file",
        expected: `the file of one of the stacks ${stacks.join(", ")}`,
        remedy: "Name one of them, or copy the file of one to make a new stack.",
      },
    ]);
  }
  return parseStackText(fs.readFileSync(path.join(folder, file), "utf8"), file);
}

/** The keys as the engine hands them to a program: maps and lists as JSON, everything else as text. */
export function engineConfig({ values, secretKeys }: StackSource): {
  config: Record<string, string>;
  secretKeys: readonly string[];
} {
  const texts = Object.entries(values).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return { config: Object.fromEntries(texts) as Record<string, string>, secretKeys };
}
