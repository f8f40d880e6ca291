/** That an input of a type says what the resource stands on. */
export interface Reference {
  /** The input, such as `vpcConfig.subnetIds[]`; `[]` for each of a list. */
  readonly path: string;
  /** The types one of which it has to be. */
  readonly types: readonly string[];
  /** Whether what it says cannot be deleted as long as this is there. */
  readonly holds: boolean;
}

export type References = Readonly<Record<string, readonly Reference[]>>;

/**
 * The references of one package's types. A line reads `path > type, type`: the input names one of these,
 * which is then held; with `>>` it has to exist at first, but can be deleted any time.
 */
export function references(
  provider: string,
  lines: Readonly<Record<string, readonly string[]>>,
): References {
  return Object.fromEntries(
    Object.entries(lines).map(([type, rows]) => [
      `${provider}:${type}`,
      rows.map((row) => {
        const [, path = "", arrow = "", types = ""] = /^(\S+) (>>?) (.+)$/.exec(row) ?? [];
        return {
          path,
          types: types.split(", ").map((name) => `${provider}:${name}`),
          holds: arrow === ">",
        };
      }),
    ]),
  );
}
