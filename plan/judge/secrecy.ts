import { Secret, type RecordedResource } from "../recording.ts";
import type { PlanProblem, Rule } from "./plan-problem.ts";
import { secretForms, TELLING_LENGTH } from "./secret-forms.ts";

/** Inputs that may be secret, by type. Any other secret input would blind every preview of it. */
const MAY_BE_SECRET: Readonly<Record<string, readonly string[]>> = {
  "kubernetes:core/v1:Secret": ["data", "stringData"],
  "pulumi:providers:kubernetes": ["kubeconfig"],
  "gcp:sql/user:User": ["password"],
  "gcp:secretmanager/secretVersion:SecretVersion": ["secretData"],
  "aws:secretsmanager/secretVersion:SecretVersion": ["secretString"],
  "aws:rds/instance:Instance": ["password"],
  "azure-native:dbforpostgresql:Server": ["administratorLoginPassword"],
};

/** Calls `visit` for every leaf and every Secret of a value, with its path. */
function walk(
  value: unknown,
  path: string,
  visit: (leaf: unknown, path: string, secret: boolean) => void,
  secret = false,
): void {
  if (value instanceof Secret) {
    visit(value, path, true);
    walk(value.value, path, visit, true);
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => {
      walk(item, `${path}[${index}]`, visit, secret);
    });
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      walk(item, path === "" ? key : `${path}.${key}`, visit, secret);
    }
  } else {
    visit(value, path, secret);
  }
}

/** A secret input outside the short list (design rule 2). */
export const secretInputs: Rule = ({ resources }) =>
  resources
    .filter(({ custom }) => custom)
    .flatMap(({ urn, type, inputs }): PlanProblem[] => {
      const allowed = MAY_BE_SECRET[type] ?? [];
      const found: string[] = [];
      for (const [key, value] of Object.entries(inputs)) {
        if (allowed.includes(key)) continue;
        walk(value, key, (leaf, path) => {
          if (leaf instanceof Secret) found.push(path);
        });
      }
      return found.map((path) => ({
        place: urn,
        problem: {
          path,
          got: "a secret",
          expected: "a plain value, or a reference to a Secret",
          remedy:
            "Put the value into a Secret and refer to it, or pass what is no secret through pulumi.unsecret.",
        },
      }));
    });

/**
 * Outputs that Google's provider marks secret although they repeat labels. A label that is one is marked
 * in the inputs.
 */
const NO_SECRETS = ["effectiveLabels", "pulumiLabels"];

const withoutLabels = (outputs: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(outputs).filter(([key]) => !NO_SECRETS.includes(key)));

/** What gives away a secret of the plan, in clear or encoded. */
function secretTexts(resources: readonly RecordedResource[]): string[] {
  const texts = new Set<string>();
  for (const { inputs, outputs } of resources) {
    walk([inputs, withoutLabels(outputs)], "", (leaf, _path, secret) => {
      if (secret && typeof leaf === "string" && leaf.length >= TELLING_LENGTH) texts.add(leaf);
    });
  }
  // The longer of two is there only where the shorter one in it is.
  const shortest: string[] = [];
  const forms = new Set([...texts].flatMap(secretForms));
  for (const form of [...forms].toSorted((a, b) => a.length - b.length)) {
    if (!shortest.some((known) => form.includes(known))) shortest.push(form);
  }
  return shortest;
}

/** A value that is secret in one place and in clear in another: it would be in state and preview. */
export const leakedSecrets: Rule = ({ resources }) => {
  const secrets = secretTexts(resources);
  return resources.flatMap(({ urn, custom, inputs, outputs }): PlanProblem[] => {
    const found = new Set<string>();
    const look = (leaf: unknown, path: string, secret: boolean) => {
      if (secret || typeof leaf !== "string") return;
      if (secrets.some((text) => leaf.includes(text))) found.add(path);
    };
    walk(inputs, "", look);
    // A component's outputs and the stack's are its own; those of the others echo their inputs.
    if (!custom) walk(outputs, "outputs", look);
    return [...found].map((path) => ({
      place: urn,
      problem: {
        path,
        expected: "no value that is a secret elsewhere",
        remedy: "Keep it an output marked secret from its first line to its last.",
      },
    }));
  });
};
