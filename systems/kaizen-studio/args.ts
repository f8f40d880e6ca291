import type { StorageClasses } from "../../components/core/cluster-handle.ts";
import type { Guard } from "../../components/core/guard.ts";
import type { PlatformCapabilities } from "../../components/core/platform-capabilities.ts";
import type { KaizenStudioSecrets, KaizenStudioSettings } from "./settings.ts";

/** What Kaizen Studio is made from. */
export interface KaizenStudioArgs {
  readonly settings: KaizenStudioSettings;
  readonly secrets: KaizenStudioSecrets;
  readonly guard: Guard;
  readonly capabilities: PlatformCapabilities;
  /** The data stores are on the fast one. */
  readonly storageClasses: StorageClasses;
}
