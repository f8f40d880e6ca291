import * as pulumi from "@pulumi/pulumi";
import type { PlatformCapabilities } from "../../components/core/platform-capabilities.ts";
import type { Recording } from "../../plan/recording.ts";
import { KaizenStudio } from "../../systems/index.ts";
import type { KaizenStudioArgs } from "../../systems/kaizen-studio/args.ts";
import type {
  KaizenStudioSecrets,
  KaizenStudioSettings,
} from "../../systems/kaizen-studio/settings.ts";
import { fullCapabilities } from "./capabilities.ts";
import { recordOn } from "./recorded-program.ts";
import { kaizenSettings, RUNBOOKS, STORAGE_CLASSES } from "./workload-fixtures.ts";

/** How a recorded Kaizen Studio differs from the one of the fixtures: strict, all add-ons on. */
export interface Change {
  readonly settings?: Partial<KaizenStudioSettings>;
  readonly secrets?: Partial<KaizenStudioSecrets>;
  readonly guard?: "strict" | "relaxed";
  readonly capabilities?: PlatformCapabilities;
  /** Instead, where they hold resources of the recorded program. */
  readonly capabilitiesOf?: (ready: pulumi.Resource) => PlatformCapabilities;
  readonly args?: Partial<KaizenStudioArgs>;
  readonly argsOf?: (ready: pulumi.Resource) => Partial<KaizenStudioArgs>;
}

/** Call inside a recorded program only: makes outputs. */
const secretsOf = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, pulumi.secret(value)]),
  ) as Partial<KaizenStudioSecrets>;

/** Records Kaizen Studio; `given` are secrets that config gives. */
export function recordStudio(
  change: Change = {},
  given: Record<string, string> = {},
): Promise<Recording> {
  return recordOn(({ providers, earlier }) => {
    const { settings, guard = "strict", capabilitiesOf = fullCapabilities } = change;
    const args = {
      settings: { ...kaizenSettings, ...settings },
      secrets: { azureClientSecret: pulumi.secret("from-config"), ...secretsOf(given) },
      guard,
      capabilities: change.capabilities ?? capabilitiesOf(earlier),
      storageClasses: STORAGE_CLASSES,
      runbooks: RUNBOOKS,
      ...change.args,
      ...change.argsOf?.(earlier),
    };
    return new KaizenStudio("kaizen-studio", args, { providers });
  });
}
