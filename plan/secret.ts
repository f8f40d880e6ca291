/** A value that Pulumi keeps encrypted: in state, in previews, and masked in every file of a plan. */
export class Secret {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

/** A value that only an engine can know; met when a program is recorded as a preview. */
export class Unknown {
  readonly unknown = true;
}

/** What stands for a secret leaf in the files of a plan. */
export const MASK = "[secret]";

/** What stands for an unknown value in the files of a plan. */
export const UNKNOWN_MARK = "[unknown]";

/**
 * The same value with every leaf below a {@link Secret} replaced by `[secret]`. Keys and list lengths
 * stay: a reviewer has to see which keys a Secret holds, and that one of them went missing.
 */
export function maskSecrets(value: unknown): unknown {
  return mask(value, false);
}

function mask(value: unknown, hidden: boolean): unknown {
  if (value instanceof Secret) return mask(value.value, true);
  if (value instanceof Unknown) return UNKNOWN_MARK;
  if (Array.isArray(value)) return value.map((item) => mask(item, hidden));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, mask(item, hidden)]),
    );
  }
  return hidden && value !== null && value !== undefined ? MASK : value;
}

/** The same value with secrets in clear, for code that compares or hashes and prints nothing. */
export function reveal(value: unknown): unknown {
  if (value instanceof Secret) return reveal(value.value);
  if (Array.isArray(value)) return value.map(reveal);
  if (typeof value === "object" && value !== null && !(value instanceof Unknown)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, reveal(item)]));
  }
  return value;
}
