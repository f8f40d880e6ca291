import type { Problem } from "../components/core/problem.ts";
import { SECRET_KEYS } from "./schema/secrets.ts";
import { NAMESPACE } from "./schema/stack.ts";
import type { StackSource } from "./stack-source.ts";

/** Problems of secrets that are not encrypted. What they hold is not shown. */
export function checkSecretKeys({ values, secretKeys }: StackSource): Problem[] {
  const encrypted = new Set(secretKeys);
  const known = Object.keys(SECRET_KEYS).map((name) => `${NAMESPACE}:${name}`);
  return known
    .filter((key) => Object.hasOwn(values, key) && !encrypted.has(key))
    .map((key) => ({
      path: key,
      got: "a value in clear",
      expected: "an encrypted one",
      remedy: `Run: pulumi config set --secret ${key}, and take the old value for known to others.`,
    }));
}
