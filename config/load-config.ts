import * as pulumi from "@pulumi/pulumi";
import type { ExistingClusterArgs } from "../components/clusters/existing.ts";
import type { CloudSettings, ClusterSettings } from "../components/clusters/settings.ts";
import type { Guard } from "../components/core/guard.ts";
import type { AlertSecrets } from "../components/platform/alert-settings.ts";
import type { PlatformSettings } from "../components/platform/settings.ts";
import type {
  KaizenStudioSecrets,
  KaizenStudioSettings,
} from "../systems/kaizen-studio/settings.ts";
import { alertSecrets } from "./alert-secrets.ts";
import { checkStack } from "./check-stack.ts";
import { refuseProblems } from "./config-error.ts";
import { fakeKubeconfig, readKubeconfig } from "./kubeconfig.ts";
import { openingLine } from "./opening-line.ts";
import type { PlaceholderUse } from "./placeholders.ts";
import { KAIZEN_STUDIO_SECRET_KEYS, type SecretName } from "./schema/secrets.ts";
import { NAMESPACE } from "./schema/stack.ts";
import { stackFileName, type StackSource } from "./stack-source.ts";

/** Everything that index.ts hands to the components: the checked settings, with secrets as outputs. */
export interface StackConfig {
  readonly guard: Guard;
  readonly runbooksUrl: string;
  /** What a person still has to supply. */
  readonly placeholders: readonly PlaceholderUse[];
  readonly cluster: ({ readonly kind: "existing" } & ExistingClusterArgs) | CloudSettings;
  readonly platform: PlatformSettings & {
    readonly grafanaAdminPassword?: pulumi.Output<string>;
    readonly alertSecrets: AlertSecrets;
  };
  readonly systems: {
    readonly kaizenStudio?: KaizenStudioSettings & { readonly secrets: KaizenStudioSecrets };
  };
}

/** The engine hands maps and lists over as JSON text; everything else is text already. */
function decoded(value: string): unknown {
  if (!/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** The running stack's keys. The stack's name serves for nothing but naming its file in messages. */
function runningStack(): StackSource {
  const values = Object.entries(pulumi.runtime.allConfig());
  // Left out of the SDK's typings, yet the only way to see whether a key is encrypted.
  const { isConfigSecret } = pulumi.runtime as unknown as {
    isConfigSecret: (key: string) => boolean;
  };
  return {
    file: stackFileName(pulumi.getStack()),
    values: Object.fromEntries(values.map(([key, value]) => [key, decoded(value)])),
    secretKeys: values.map(([key]) => key).filter(isConfigSecret),
  };
}

function clusterArgs(
  cluster: ClusterSettings,
  kubeconfig: pulumi.Output<string> | undefined,
): StackConfig["cluster"] {
  if (cluster.kind !== "existing") return cluster;
  const { kubeconfigFile, ...settings } = cluster;
  if (kubeconfigFile === undefined) {
    const missing = fakeKubeconfig(settings.context, "kubeconfig-not-set");
    return { ...settings, kubeconfig: kubeconfig ?? pulumi.secret(missing) };
  }
  const content =
    readKubeconfig(kubeconfigFile) ?? fakeKubeconfig(settings.context, "kubeconfig-file-not-found");
  return { ...settings, kubeconfig: pulumi.secret(content) };
}

/**
 * Reads and checks the config of the running stack. Throws ConfigError, which lists every problem, before
 * any resource is registered; else says in one line what a person still has to supply.
 */
export function loadConfig(): StackConfig {
  const source = runningStack();
  const { config, ...checked } = checkStack(source);
  refuseProblems(source.file, checked.problems);
  if (config === undefined) throw new Error("A stack without problems has settings.");
  void pulumi.log.info(openingLine(source.file, { config, ...checked }));

  const secrets = new pulumi.Config(NAMESPACE);
  const secret = (name: SecretName) => secrets.getSecret(name);
  /** `{ [field]: output }`, or nothing when the key is absent and the secret is to be generated. */
  const optional = <Field extends string>(field: Field, name: SecretName) => {
    const output = secret(name);
    return (output === undefined ? {} : { [field]: output }) as Partial<
      Record<Field, pulumi.Output<string>>
    >;
  };
  const kaizenStudioSecrets: KaizenStudioSecrets = {
    azureClientSecret:
      secret(KAIZEN_STUDIO_SECRET_KEYS.azureClientSecret) ?? pulumi.secret("placeholder"),
    ...optional("postgresPassword", KAIZEN_STUDIO_SECRET_KEYS.postgresPassword),
    ...optional("redisPassword", KAIZEN_STUDIO_SECRET_KEYS.redisPassword),
    ...optional("jwtSecret", KAIZEN_STUDIO_SECRET_KEYS.jwtSecret),
    ...optional("encryptionKey", KAIZEN_STUDIO_SECRET_KEYS.encryptionKey),
  };
  return {
    guard: config.guard,
    runbooksUrl: config.runbooksUrl,
    placeholders: checked.placeholders,
    cluster: clusterArgs(config.cluster, secret("kubeconfig")),
    platform: {
      ...config.platform,
      ...optional("grafanaAdminPassword", "grafanaAdminPassword"),
      alertSecrets: alertSecrets(config.platform.monitoring.alerts, secret),
    },
    systems:
      config.systems.kaizenStudio === undefined
        ? {}
        : { kaizenStudio: { ...config.systems.kaizenStudio, secrets: kaizenStudioSecrets } },
  };
}
