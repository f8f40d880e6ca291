import path from "node:path";
import type { RequestOptions } from "node:https";
import { KubeConfig } from "@kubernetes/client-node";
import type { ClusterSettings } from "../../../components/clusters/settings.ts";
import { kubeconfigPath, PROJECT_FOLDER, readKubeconfig } from "../../../config/kubeconfig.ts";
import { unanswered } from "../answer.ts";
import { settled, type Asking, type Check } from "../check.ts";
import { askVersion, judgeLogin, readToken, type LoginAttempt } from "../cluster-login.ts";
import type { CommandLine } from "../command-runner.ts";
import { notChecked, ok, problem, type Verdict } from "../finding.ts";
import type { StackFacts } from "../stack-facts.ts";

type Existing = Extract<ClusterSettings, { kind: "existing" }>;

/** A kubeconfig's cluster and user, of the context that the stack names. */
export interface NamedContext {
  readonly config: KubeConfig;
  readonly server: string;
  /** The program that signs the user in, where there is one. */
  readonly plugin?: CommandLine;
}

interface ExecSettings {
  readonly command?: string;
  readonly args?: readonly string[] | null;
  readonly env?: readonly { readonly name: string; readonly value: string }[] | null;
}

/** The context of a kubeconfig, or the problem that it has none of that name. */
export function readContext(text: string, file: string, context: string): NamedContext | Verdict {
  const config = new KubeConfig();
  try {
    config.loadFromString(text);
  } catch {
    return problem(`${file} is no kubeconfig`, `kubectl --kubeconfig ${file} config view`);
  }
  config.setCurrentContext(context);
  const cluster = config.getCurrentCluster();
  if (cluster === null) {
    const known = config.getContexts().map(({ name }) => name);
    return problem(
      `${file} has no context ${context}; it has ${known.join(", ") || "none"}`,
      "Write one of these as slipway:cluster.context.",
    );
  }
  const { command, args, env } = (config.getCurrentUser()?.exec ?? {}) as ExecSettings;
  if (command === undefined) return { config, server: cluster.server };
  const variables = Object.fromEntries((env ?? []).map(({ name, value }) => [name, value]));
  return {
    config,
    server: cluster.server,
    plugin: {
      // As kubectl does: a path is relative to the file.
      file: /[\\/]/.test(command) ? path.resolve(path.dirname(file), command) : command,
      args: args ?? [],
      env: variables,
    },
  };
}

/** Signs in as the context's user. Tokens and keys go to the API server and nowhere else. */
async function attemptOf(
  { config, server, plugin }: NamedContext,
  { ask, timeout }: Asking,
): Promise<LoginAttempt | Verdict> {
  if (plugin !== undefined) {
    const answer = await ask(plugin);
    if (answer.is === "missing") {
      return problem(
        `the kubeconfig signs in by ${plugin.file}, which is not on PATH`,
        `Install ${plugin.file}; docs/doctor.md says where the usual ones come from.`,
      );
    }
    if (answer.is !== "answer") return unanswered(plugin, answer, timeout);
    const user = config.getCurrentUser();
    config.users = [{ name: user?.name ?? "", token: readToken(answer.text) }];
  }
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const authorization = (options.headers as Record<string, string> | undefined)?.["Authorization"];
  const text = (value: RequestOptions["ca"]) => (value === undefined ? undefined : String(value));
  const [ca, cert, key] = [text(options.ca), text(options.cert), text(options.key as string)];
  return {
    server,
    ...(authorization === undefined ? {} : { token: authorization.replace(/^Bearer /, "") }),
    ...(ca === undefined ? {} : { certificateAuthority: ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}

async function login(context: NamedContext, asking: Asking): Promise<Verdict> {
  const attempt = await attemptOf(context, asking);
  if ("is" in attempt) return attempt;
  const reply = await askVersion(attempt, asking.timeout, asking.signal);
  return judgeLogin(reply, {
    silent: `Start the cluster, or mend the address in the kubeconfig (${context.server}).`,
    refused: "Get a new kubeconfig from those who run the cluster.",
  });
}

/** What a cluster that somebody else made needs: a kubeconfig that gets in. */
export function existingChecks({ kubeconfigFile, context }: Existing, facts: StackFacts): Check[] {
  if (kubeconfigFile === undefined) {
    const why = "slipway:kubeconfig is a secret, and the doctor opens none";
    return [settled("Cluster", "login", notChecked(why))];
  }
  const file = kubeconfigPath(kubeconfigFile);
  const text = readKubeconfig(kubeconfigFile);
  if (text === undefined) {
    const missing = problem(
      `there is no ${kubeconfigFile}`,
      `pulumi config set --secret slipway:kubeconfig -s ${facts.stack} < FILE   # or name a file that exists`,
    );
    return [settled("Cluster", "kubeconfig", missing)];
  }
  const found = readContext(text, file, context);
  if ("is" in found) return [settled("Cluster", "kubeconfig", found)];
  const shown = path.relative(PROJECT_FOLDER, file);
  return [
    settled(
      "Cluster",
      "kubeconfig",
      ok(`context ${context} of ${shown.startsWith("..") ? file : shown}`),
    ),
    { section: "Cluster", title: "login", run: (asking) => login(found, asking) },
  ];
}
