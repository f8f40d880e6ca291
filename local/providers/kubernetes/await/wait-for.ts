import type { Json } from "../../property-values.ts";
import { listAt, shown, textAt } from "../json-access.ts";
import type { Manifest } from "../manifest.ts";
import type { Readiness } from "./readiness.ts";

/** The annotation that says what an object is waited for, in place of what is known of its kind. */
export const WAIT_FOR = "pulumi.com/waitFor";

export type WaitCondition =
  | { readonly type: "condition"; readonly name: string; readonly status: string }
  | { readonly type: "jsonpath"; readonly path: string; readonly value?: string };

/** `condition=X[=V]`, `jsonpath={...}[=V]`, or a JSON array of these. Throws on anything else. */
export function parseWaitFor(text: string): WaitCondition[] {
  if (!text.trimStart().startsWith("[")) return [parseOne(text)];
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new Error(`got ${text}, expected a JSON array of texts`);
  }
  if (!Array.isArray(parsed) || parsed.length === 0) {
    throw new Error(`got ${text}, expected at least one condition`);
  }
  return parsed.map((item) => parseOne(String(item)));
}

function parseOne(text: string): WaitCondition {
  const condition = /^condition=([^=]+)(?:=(.+))?$/.exec(text);
  if (condition !== null) {
    return { type: "condition", name: condition[1] ?? "", status: condition[2] ?? "True" };
  }
  const jsonpath = /^jsonpath=\{(.+?)\}(?:=(.*))?$/s.exec(text);
  if (jsonpath !== null) {
    const [, path = "", value] = jsonpath;
    return { type: "jsonpath", path, ...(value === undefined ? {} : { value }) };
  }
  throw new Error(`got ${text}, expected condition=NAME[=STATUS] or jsonpath={PATH}[=VALUE]`);
}

/** Whether an object meets all conditions. */
export async function waitForReadiness(
  conditions: readonly WaitCondition[],
  live: Manifest,
): Promise<Readiness> {
  const reasons: string[] = [];
  for (const condition of conditions) {
    const reason = await unmet(condition, live);
    if (reason !== undefined) reasons.push(reason);
  }
  return { ready: reasons.length === 0, reasons };
}

async function unmet(condition: WaitCondition, live: Manifest): Promise<string | undefined> {
  if (condition.type === "condition") {
    const found = listAt(live, "status", "conditions").find(
      (item) => item["type"] === condition.name,
    );
    if (found?.["status"] === condition.status) return undefined;
    const got = found === undefined ? "is absent" : `is ${shown(found["status"])}`;
    const message = textAt(found, "message") ?? "";
    return `condition ${condition.name} ${got}, expected ${condition.status}${message === "" ? "" : `: ${message}`}`;
  }
  const values = await select(condition.path, live);
  const met =
    condition.value === undefined
      ? values.length > 0
      : values.some((value) => shown(value) === condition.value);
  if (met) return undefined;
  const got = values.length === 0 ? "is absent" : `is ${values.map(shown).join(", ")}`;
  const expected = condition.value === undefined ? "" : `, expected ${condition.value}`;
  return `{${condition.path}} ${got}${expected}`;
}

async function select(path: string, live: Manifest): Promise<Json[]> {
  // Loaded where an annotation asks for it only.
  const { JSONPath } = await import("jsonpath-plus");
  const rooted = path.startsWith("$") ? path : `$${path.startsWith(".") ? "" : "."}${path}`;
  return JSONPath<Json[]>({ path: rooted, json: live, wrap: true, eval: "safe" });
}
