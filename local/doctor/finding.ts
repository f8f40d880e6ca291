/** What came of one check. `says` is one line; `fix` is what to type, or to do, to mend it. */
export type Verdict =
  | { readonly is: "ok"; readonly says: string }
  /** Worth knowing, and no reason to stop. */
  | { readonly is: "remark"; readonly says: string; readonly fix?: string }
  | { readonly is: "problem"; readonly says: string; readonly fix: string }
  /** Nobody could be asked. It is no reason to stop either: the doctor works offline. */
  | { readonly is: "not checked"; readonly says: string };

/** The sections of the report, in their order. */
export const SECTIONS = [
  "Tools",
  "Sign-in",
  "Place",
  "Quotas",
  "Cluster",
  "State and secrets",
  "Stack file",
] as const;
export type Section = (typeof SECTIONS)[number];

/** A verdict and what it is about. */
export type Finding = Verdict & { readonly section: Section; readonly check: string };

export const ok = (says: string): Verdict => ({ is: "ok", says });
export const problem = (says: string, fix: string): Verdict => ({ is: "problem", says, fix });
export const remark = (says: string, fix?: string): Verdict => ({
  is: "remark",
  says,
  ...(fix === undefined ? {} : { fix }),
});
export const notChecked = (why: string): Verdict => ({ is: "not checked", says: `because ${why}` });
