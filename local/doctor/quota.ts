import { ok, problem, remark, type Verdict } from "./finding.ts";

export interface Quota {
  /** What a cloud allows; negative where it sets no limit. */
  readonly limit: number;
  /** What is in use; undefined where the program does not tell. */
  readonly used?: number;
}

export interface Need {
  /** Most that the stack takes. */
  readonly amount: number;
  /** What of, such as `CPUs`. */
  readonly of: string;
}

/**
 * Whether a quota holds what a stack takes at most. What a cluster that exists takes already is among
 * what is in use, and nobody tells how much of it, so that tightness is then no problem yet.
 */
export function judgeQuota(
  need: Need,
  { limit, used }: Quota,
  clusterExists: boolean,
  fixFor: (limit: number) => string,
): Verdict {
  const { amount, of } = need;
  const inUse = used === undefined ? "" : `, ${used} in use`;
  if (limit < 0) return ok(`up to ${amount} ${of} needed, without a limit`);
  const facts = `up to ${amount} ${of} needed, ${limit} allowed${inUse}`;
  if (amount > limit) return problem(facts, fixFor(amount + (clusterExists ? 0 : (used ?? 0))));
  if (amount <= limit - (used ?? 0)) return ok(facts);
  const fix = fixFor(amount + (used ?? 0));
  return clusterExists
    ? remark(`${facts}, the cluster's own among these`, fix)
    : problem(facts, fix);
}
