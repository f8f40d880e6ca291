import type { Problem } from "../components/core/problem.ts";
import { NAMESPACE } from "./schema/stack.ts";
import type { StackSource } from "./stack-source.ts";
import { suggestion } from "./unknown-key.ts";

/** What stands before the colon of the engine's own keys. */
export const ENGINE_NAMESPACE = "pulumi";

/** The key that keeps everything off providers that nobody made. */
export const DEFAULT_PROVIDERS_KEY = `${ENGINE_NAMESPACE}:disable-default-providers`;

/** Keys that nothing reads. Their values are not shown: they may be misplaced secrets. */
function strayKeys({ values }: StackSource): Problem[] {
  const namespaces = [NAMESPACE, ENGINE_NAMESPACE];
  return Object.keys(values).flatMap((key): Problem[] => {
    const [namespace = "", ...name] = key.split(":");
    if (namespaces.includes(namespace)) return [];
    const meant = namespaces.find((known) => suggestion(namespace, [known]) !== undefined);
    return [
      {
        path: key,
        got: "a key of a namespace that nothing reads",
        expected: `one of ${namespaces.join(", ")}`,
        remedy:
          meant === undefined
            ? `Remove it: every provider is made from ${NAMESPACE}:cluster.`
            : `Did you mean "${[meant, ...name].join(":")}"?`,
      },
    ];
  });
}

function defaultProviders({ values }: StackSource): Problem[] {
  const disabled = values[DEFAULT_PROVIDERS_KEY];
  if (Array.isArray(disabled) && disabled.includes("*")) return [];
  return [
    {
      path: DEFAULT_PROVIDERS_KEY,
      ...(disabled === undefined ? {} : { got: "another value" }),
      expected: '["*"], because nothing may use the cluster or account that the shell points at',
      remedy: disabled === undefined ? "Add the key." : 'Write ["*"].',
    },
  ];
}

/** Problems of the keys that are not ours. */
export function checkOtherKeys(source: StackSource): Problem[] {
  return [...strayKeys(source), ...defaultProviders(source)];
}
