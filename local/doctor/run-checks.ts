import { verdictsOf, type Asking, type Check } from "./check.ts";
import { SECTIONS, type Finding } from "./finding.ts";

/** Called when a check is done, with what is still under way. */
export type Progress = (done: number, waiting: readonly string[]) => void;

/** Runs all checks at once and gives what they find, in the order of the report. */
export async function runChecks(
  checks: readonly Check[],
  asking: Asking,
  progress: Progress = () => undefined,
): Promise<Finding[]> {
  const open = new Set(checks);
  const found = await Promise.all(
    checks.map(async (check): Promise<Finding[]> => {
      const verdicts = await verdictsOf(check, asking);
      open.delete(check);
      progress(
        checks.length - open.size,
        [...open].map(({ title }) => title),
      );
      const { section, title } = check;
      return verdicts.map((verdict) => ({ ...verdict, section, check: title }));
    }),
  );
  const findings = found.flat();
  return SECTIONS.flatMap((section) => findings.filter((finding) => finding.section === section));
}
