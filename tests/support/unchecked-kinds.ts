const BEGIN = "<!-- unchecked kinds: node tests/plan/unchecked-kinds/update.ts -->";
const END = "<!-- /unchecked kinds -->";

/** The part of the page that lists the kinds without a definition at hand. */
function place(page: string): { readonly begin: number; readonly end: number } {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`The page has no ${BEGIN} before a ${END}.`);
  return { begin: begin + BEGIN.length, end };
}

/** The kinds that a page lists, such as `cert-manager.io/v1 ClusterIssuer`. */
export function uncheckedKindsOf(page: string): string[] {
  const { begin, end } = place(page);
  return [...page.slice(begin, end).matchAll(/^- `(.+)`$/gm)].map(([, kind = ""]) => kind);
}

/** The page with another list. */
export function withUncheckedKinds(page: string, kinds: readonly string[]): string {
  const { begin, end } = place(page);
  const list = kinds.length === 0 ? "None." : kinds.map((kind) => `- \`${kind}\``).join("\n");
  return `${page.slice(0, begin)}\n\n${list}\n\n${page.slice(end)}`;
}
