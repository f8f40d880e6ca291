import type { Problem } from "../components/core/problem.ts";
import { ALERT_DEFAULTS, neededAlertSecrets } from "../components/platform/alert-settings.ts";
import { pathText, type ValuePath } from "./schema/path.ts";
import { NAMESPACE, type StackSettings } from "./schema/stack.ts";
import { ALERT_SECRET_KEYS, type SecretName } from "./schema/secrets.ts";

/** One thing that a person still has to supply before a real deployment. */
export interface PlaceholderUse {
  /** The key, such as `slipway:systems.kaizenStudio.host`. */
  readonly path: string;
  /** What stands there now; absent for a missing secret. */
  readonly value?: string;
  /** What to do, as a full sentence. */
  readonly remedy: string;
}

/** Texts that the shipped files use where nobody can know the real value. */
const KINDS: readonly { readonly pattern: RegExp; readonly remedy: string }[] = [
  {
    pattern: /^([a-z0-9-]+\.)*(yourdomain\.com|example\.(com|org|net))$|^([a-z0-9-]+\.)+local$/,
    remedy: "Write a host of your own.",
  },
  {
    pattern: /^https:\/\/[^/]+\/your-org\//,
    remedy: "Write where your copy of docs/runbooks is read.",
  },
  { pattern: /^your-registry([.:/])/, remedy: "Write the registry that holds your images." },
  { pattern: /^your-project(-\d)?$/, remedy: "Write the id of your project." },
  { pattern: /@your-project\./, remedy: "Write a principal of your project." },
  {
    pattern:
      /^(user|group|serviceAccount|domain):(.*@)?([a-z0-9-]+\.)*(yourdomain\.com|example\.(com|org|net))$/,
    remedy: "Write a principal of your own.",
  },
  {
    // Addresses that are set aside for documentation (RFC 5737): nobody comes from there.
    pattern: /^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+\/\d+$/,
    remedy: "Write the ranges that deployments and people come from.",
  },
  { pattern: /^0{12}$/, remedy: "Write the number of your account." },
  { pattern: /^arn:aws:iam::0{12}:/, remedy: "Write a role or user of your account." },
  {
    pattern: /@([a-z0-9-]+\.)*(yourdomain\.com|example\.(com|org|net))$/,
    remedy: "Write an address that somebody reads.",
  },
  {
    pattern: /^0{8}(-0{4}){3}-0{12}$/,
    remedy: "Write the id that your cloud or sign-in provider gave.",
  },
];

/** The placeholders among the leaves of JSON, in their order. */
export function placeholderLeaves(value: unknown, path: ValuePath = []): PlaceholderUse[] {
  if (typeof value === "string") {
    const kind = KINDS.find(({ pattern }) => pattern.test(value));
    return kind === undefined ? [] : [{ path: pathText(path), value, remedy: kind.remedy }];
  }
  if (typeof value !== "object" || value === null) return [];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, inner]) => placeholderLeaves(inner, [...path, key]));
}

/** The secrets that a person must supply for what the stack deploys, and how. */
function neededSecrets(settings: Pick<StackSettings, "cluster" | "platform" | "systems">) {
  const needed: { readonly name: SecretName; readonly input: string }[] = [];
  const { cluster, platform } = settings;
  if (cluster.kind === "existing" && cluster.kubeconfigFile === undefined) {
    needed.push({ name: "kubeconfig", input: " < FILE" });
  }
  // What people seal is checked with the rest of the stack file.
  if (settings.systems.kaizenStudio !== undefined && platform.secretBackend !== "sealed") {
    needed.push({ name: "kaizenStudioAzureClientSecret", input: "" });
  }
  const { enabled, alerts = ALERT_DEFAULTS } = settings.platform.monitoring;
  for (const name of enabled ? neededAlertSecrets(alerts) : []) {
    needed.push({ name: ALERT_SECRET_KEYS[name], input: "" });
  }
  return needed;
}

/** All that a person still has to supply: placeholders that are written, then secrets that are missing. */
export function findPlaceholders(
  settings: Pick<StackSettings, "runbooksUrl" | "cluster" | "platform" | "systems">,
  isSet: (secret: SecretName) => boolean,
): PlaceholderUse[] {
  const { runbooksUrl, cluster, platform, systems } = settings;
  const written = placeholderLeaves({
    cluster,
    platform,
    systems,
    // Nobody is sent to the runbooks of systems that there are not.
    ...(Object.keys(systems).length === 0 ? {} : { runbooksUrl }),
  });
  const missing = neededSecrets(settings).filter(({ name }) => !isSet(name));
  return [
    ...written.map((use) => ({ ...use, path: `${NAMESPACE}:${use.path}` })),
    ...missing.map(({ name, input }) => ({
      path: `${NAMESPACE}:${name}`,
      remedy: `Run: pulumi config set --secret ${NAMESPACE}:${name}${input}`,
    })),
  ];
}

/** The problem that a placeholder is where `slipway:placeholders` refuses them. */
export function placeholderProblem({ path, value, remedy }: PlaceholderUse): Problem {
  const because = `because ${NAMESPACE}:placeholders is refused`;
  if (value === undefined) {
    return { path, expected: `a secret that only a person can supply, ${because}`, remedy };
  }
  return { path, got: JSON.stringify(value), expected: `a value of your own, ${because}`, remedy };
}
