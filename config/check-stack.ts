import type { z } from "zod";
import { checkCluster } from "../components/clusters/check-cluster.ts";
import type { ClusterKind } from "../components/clusters/settings.ts";
import type { Guard } from "../components/core/guard.ts";
import { describeProblem, underPath, type Problem } from "../components/core/problem.ts";
import { checkLogLifetime } from "../components/platform/check-logging.ts";
import { checkPlatform } from "../components/platform/check.ts";
import { checkBackendStore } from "../components/platform/secret-backend.ts";
import { checkDatabase, checkExposure, checkKaizenStudio } from "../systems/kaizen-studio/check.ts";
import { checkSecrets } from "../systems/kaizen-studio/check-secrets.ts";
import type { KaizenStudioSecrets } from "../systems/kaizen-studio/settings.ts";
import { readKubeconfig, UnreadableKubeconfig } from "./kubeconfig.ts";
import { meantKind } from "./meant-kind.ts";
import { checkNamespaces } from "./namespaces.ts";
import { checkOtherKeys } from "./other-keys.ts";
import { findPlaceholders, placeholderProblem, type PlaceholderUse } from "./placeholders.ts";
import { pathText } from "./schema/path.ts";
import { KAIZEN_STUDIO_SECRET_KEYS, SECRET_KEYS } from "./schema/secrets.ts";
import { NAMESPACE, STACK_SCHEMAS, type StackSettings } from "./schema/stack.ts";
import { checkSecretKeys } from "./secret-keys.ts";
import { shapeProblems } from "./shape-problems.ts";
import { ENCRYPTED, type StackSource } from "./stack-source.ts";
import { mendedCopies } from "./stand-in.ts";

/** What came of checking one stack. */
export interface CheckedStack {
  /** The settings with defaults filled in; absent when there are problems. */
  readonly config?: StackSettings;
  readonly problems: readonly Problem[];
  /** What a person still has to supply, where that is allowed. */
  readonly placeholders: readonly PlaceholderUse[];
  /** What guard relaxed allows here and strict would refuse. */
  readonly concessions: readonly Problem[];
}

/** Reads a file that the stack names; undefined when there is none. */
type ContentOf = (file: string) => string | undefined;

/** Clusters whose handle has `writeSecret`. */
const KEEPS_SECRETS: readonly ClusterKind[] = ["gke", "eks"];

/** Every rule about meaning, over settings whose shape is sound. */
function checkMeaning(settings: StackSettings, guard: Guard, source: StackSource): Problem[] {
  const { cluster, platform, systems } = settings;
  const { kaizenStudio } = systems;
  return [
    ...underPath("cluster", checkCluster(cluster, guard)),
    ...underPath("platform", [
      ...checkPlatform(platform, guard),
      ...checkBackendStore(platform, KEEPS_SECRETS.includes(cluster.kind)),
      ...(cluster.kind === "existing"
        ? []
        : checkLogLifetime(platform.logging, cluster.logRetentionDays)),
    ]),
    ...underPath("systems", [
      ...(kaizenStudio === undefined
        ? []
        : underPath("kaizenStudio", [
            ...checkKaizenStudio(kaizenStudio, guard, givenSecrets(source)),
            ...checkSecrets(kaizenStudio, platform.secretBackend, givenSecrets(source)),
            ...checkDatabase(kaizenStudio, {
              runsPostgres: cluster.kind !== "existing",
              operatesPostgres: platform.postgresOperator.enabled,
            }),
            ...checkExposure(kaizenStudio, guard, {
              letsHttpIn: platform.ingressNginx.enabled || platform.routes !== "ingress",
              issuesCertificates: platform.certManager.enabled,
            }),
          ])),
      ...checkNamespaces({ ...systems }),
    ]),
  ].map((problem) => ({ ...problem, path: `${NAMESPACE}:${problem.path}` }));
}

/** Which secrets of Kaizen Studio the stack gives, by their names in the system's settings. */
function givenSecrets({ values }: StackSource): (keyof KaizenStudioSecrets)[] {
  const names = Object.entries(KAIZEN_STUDIO_SECRET_KEYS) as [keyof KaizenStudioSecrets, string][];
  return names
    .filter(([, key]) => Object.hasOwn(values, `${NAMESPACE}:${key}`))
    .map(([name]) => name);
}

/** The problems that stand in all lists. */
function inAll([first = [], ...others]: readonly (readonly Problem[])[]): Problem[] {
  const texts = others.map((problems) => new Set(problems.map(describeProblem)));
  return first.filter((problem) => texts.every((of) => of.has(describeProblem(problem))));
}

/** The keys below `slipway:` that are no secrets, without the namespace. */
function plainValues({ values, secretKeys }: StackSource): Record<string, unknown> {
  const plain = Object.entries(values).flatMap(([key, value]): [string, unknown][] => {
    const name = key.slice(NAMESPACE.length + 1);
    if (!key.startsWith(`${NAMESPACE}:`) || Object.hasOwn(SECRET_KEYS, name)) return [];
    return [[name, secretKeys.includes(key) ? ENCRYPTED : value]];
  });
  return Object.fromEntries(plain);
}

/** Problems of a kubeconfig beside a cluster that is made here. */
function checkNoKubeconfig(kind: string, { values }: StackSource): Problem[] {
  const path = `${NAMESPACE}:kubeconfig`;
  if (!Object.hasOwn(values, path)) return [];
  return [
    {
      path,
      expected: `no kubeconfig, because ${NAMESPACE}:cluster.kind is ${kind} and the cluster gives its own`,
      remedy: `Run: pulumi config rm ${path}`,
    },
  ];
}

/** Problems of where the kubeconfig comes from. */
function checkKubeconfig(
  settings: StackSettings,
  source: StackSource,
  contentOf: ContentOf,
): Problem[] {
  const { cluster } = settings;
  if (cluster.kind !== "existing") return checkNoKubeconfig(cluster.kind, source);
  const file = cluster.kubeconfigFile;
  if (file === undefined) return [];
  const path = `${NAMESPACE}:cluster.kubeconfigFile`;
  const got = JSON.stringify(file);
  if (Object.hasOwn(source.values, `${NAMESPACE}:kubeconfig`)) {
    return [
      {
        path,
        got,
        expected: `no file, because ${NAMESPACE}:kubeconfig is set`,
        remedy: "Remove one of the two.",
      },
    ];
  }
  try {
    if (contentOf(file) !== undefined || settings.placeholders === "allowed") return [];
  } catch (error) {
    if (!(error instanceof UnreadableKubeconfig)) throw error;
    const expected = `a file that can be read, and ${error.message}`;
    return [{ path, got, expected, remedy: "Name a kubeconfig that you may read." }];
  }
  return [
    {
      path,
      got,
      expected: `a file that exists, because ${NAMESPACE}:placeholders is refused`,
      remedy: `Create it, or set ${NAMESPACE}:kubeconfig in its place.`,
    },
  ];
}

/** Every problem of settings whose shape is sound. */
function checkSound(settings: StackSettings, source: StackSource, contentOf: ContentOf): Problem[] {
  return [
    ...checkMeaning(settings, settings.guard, source),
    ...checkKubeconfig(settings, source, contentOf),
    ...(settings.placeholders === "allowed"
      ? []
      : placeholdersOf(settings, source).map(placeholderProblem)),
  ];
}

function placeholdersOf(settings: StackSettings, source: StackSource): PlaceholderUse[] {
  return findPlaceholders(settings, (name) => Object.hasOwn(source.values, `${NAMESPACE}:${name}`));
}

/** Every problem of settings whose shape is unsound: of shape, and what can be told beside it. */
function checkUnsound(
  stackSchema: z.ZodType<StackSettings>,
  issues: readonly z.core.$ZodIssue[],
  raw: unknown,
  source: StackSource,
  contentOf: ContentOf,
): Problem[] {
  const prefix = `${NAMESPACE}:`;
  const shape = shapeProblems(stackSchema, raw, issues, prefix, Object.keys(SECRET_KEYS));
  const copies = mendedCopies(stackSchema, raw, shape.unknownKeys, shape.broken);
  // A problem that is the same whichever sound value stands in for a broken one is a real one.
  const real = inAll(copies.map((copy) => checkSound(stackSchema.parse(copy), source, contentOf)));
  const broken = shape.broken.map((path) => prefix + pathText(path));
  // Neither of what is broken, nor of a whole that it is a part of.
  const besides = real.filter(
    ({ path }) => !broken.some((at) => isAtOrBelow(path, at) || isAtOrBelow(at, path)),
  );
  return [...shape.problems, ...besides];
}

/** Whether a path is another one, or leads on from it. */
function isAtOrBelow(path: string, above: string): boolean {
  return path.startsWith(above) && /^($|[.[])/.test(path.slice(above.length));
}

/**
 * Checks everything about a stack at once. Pure but for `contentOf`, which reads the kubeconfig file that
 * the stack names, so that it can be called without Pulumi running.
 */
export function checkStack(
  source: StackSource,
  contentOf: ContentOf = readKubeconfig,
): CheckedStack {
  const raw = plainValues(source);
  const stackSchema: z.ZodType<StackSettings> = STACK_SCHEMAS[meantKind(raw["cluster"])];
  const parsed = stackSchema.safeParse(raw);
  const problems = [
    ...(parsed.success
      ? checkSound(parsed.data, source, contentOf)
      : checkUnsound(stackSchema, parsed.error.issues, raw, source, contentOf)),
    ...checkSecretKeys(source),
    ...checkOtherKeys(source),
  ];
  if (!parsed.success) return { problems, placeholders: [], concessions: [] };

  const config: StackSettings = parsed.data;
  const placeholders = placeholdersOf(config, source);
  if (problems.length > 0) return { problems, placeholders, concessions: [] };

  return { config, problems, placeholders, concessions: checkMeaning(config, "strict", source) };
}
