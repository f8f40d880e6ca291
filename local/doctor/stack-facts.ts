import type { CheckedStack, PlaceholderUse, StackSettings } from "../../config/index.ts";

/** What the checks know of a stack before they ask anybody. */
export interface StackFacts {
  readonly stack: string;
  /** What messages call the stack file, such as `Pulumi.prod.yaml`. */
  readonly file: string;
  /** The cloud whose example was read in place of the project's own file. */
  readonly example?: string;
  readonly settings: StackSettings;
  readonly placeholders: readonly PlaceholderUse[];
  readonly concessions: CheckedStack["concessions"];
  /** `secretsprovider` of the stack file, such as `awskms://alias/slipway`. */
  readonly secretsProvider?: string;
  /** Whether the stack file says that a passphrase encrypts its secrets. */
  readonly usesPassphrase: boolean;
  /** Whether the environment holds the passphrase, or names a file that does. */
  readonly hasPassphrase: boolean;
}

/** Whether a key below `slipway:` still holds a placeholder. */
export function isPlaceholder({ placeholders }: StackFacts, key: string): boolean {
  return placeholders.some(({ path }) => path === key);
}
