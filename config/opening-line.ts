import type { CheckedStack } from "./check-stack.ts";

/** `1 thing`, `2 things`. */
function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}

/** The first line of every plan and `up`: what the stack lets pass, and what is still to be supplied. */
export function openingLine(
  file: string,
  { config, placeholders, concessions }: Required<CheckedStack>,
): string {
  const paths = (uses: readonly { readonly path: string }[]) =>
    [...new Set(uses.map(({ path }) => path))].join(", ");
  const guard =
    concessions.length === 0
      ? `guard ${config.guard}`
      : `guard ${config.guard} allows ${count(concessions.length, "setting")} that strict refuses: ` +
        paths(concessions);
  const open =
    placeholders.length === 0
      ? "no placeholders"
      : `${count(placeholders.length, "placeholder")} to replace before a real deployment: ` +
        paths(placeholders);
  return `${file}: ${guard}; ${open}.`;
}
