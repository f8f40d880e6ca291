/** The keys of one stack, as the stack file or the engine gives them, before anything is checked. */
export interface StackSource {
  /** What messages call it, such as `Pulumi.prod.yaml`. */
  readonly file: string;
  /** Values by full key, such as `slipway:guard`. Those of secrets are never looked at. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Full keys whose values are encrypted in the stack file. */
  readonly secretKeys: readonly string[];
}

/** The name of a stack's file (Pulumi's rule). */
export function stackFileName(stack: string): string {
  return `Pulumi.${stack}.yaml`;
}

/** Stands for an encrypted value wherever values are checked: checks never see what is secret. */
export const ENCRYPTED = "[encrypted]";
