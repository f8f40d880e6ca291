import type { Problem } from "../core/problem.ts";

/** One wish to have a backup back. */
export interface RestoreRequest {
  /** Name of a file on the volume or in the store, or `latest`. */
  readonly file: string;
  /**
   * Any text that no earlier request had, by custom a time such as `2026-03-01T10:00`. The same text
   * restores once, however often the program runs; a new one restores again.
   */
  readonly requestedAt: string;
}

/** Problems of a request for a backup of PostgreSQL or Redis. */
export function checkRestore(
  { file, requestedAt }: RestoreRequest,
  kind: "postgres" | "redis",
  path: string,
): Problem[] {
  const endings = kind === "postgres" ? [".dump", ".sql", ".sql.gz"] : [".rdb"];
  const known = file === "latest" || endings.some((ending) => file.endsWith(ending));
  const name: Problem = {
    path: `${path}.file`,
    got: JSON.stringify(file),
    expected: `latest, or the name of a file that ends in ${endings.join(", ")}`,
    remedy: "Leave out the folder; the log of the last backup names its file.",
  };
  const request: Problem = {
    path: `${path}.requestedAt`,
    got: JSON.stringify(requestedAt),
    expected: "at most 40 letters, digits, dots, colons and dashes",
    remedy: "Write the time of the request, such as 2026-03-01T10:00.",
  };
  return [
    ...(known && /^[\w][\w.-]*$/.test(file) ? [] : [name]),
    ...(/^[A-Za-z0-9][\w.:-]{0,39}$/.test(requestedAt) ? [] : [request]),
  ];
}
