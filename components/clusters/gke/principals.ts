import type { Problem } from "../../core/problem.ts";
import type { GkeSettings } from "../settings.ts";

/** Kinds of members of a policy that are somebody; `allUsers` and a whole `domain:` are none. */
const FORM = /^(?:(?:user|group|serviceAccount):[^\s:@]+@[^\s:@]+|principal(?:Set)?:\/\/\S+)$/;

/** Who may do what in the cluster. Nobody stands in both lists, and nobody twice in one. */
export interface Principals {
  /** The deployer and the admins. */
  readonly admins: readonly string[];
  readonly viewers: readonly string[];
}

/** See {@link Principals}. */
export function principals({ deployer, admins, viewers }: GkeSettings): Principals {
  const all = [...new Set([deployer, ...admins])];
  return { admins: all, viewers: [...new Set(viewers)].filter((member) => !all.includes(member)) };
}

/** Problems of `deployer`, `admins` and `viewers`. */
export function checkPrincipals({ deployer, admins, viewers }: GkeSettings): Problem[] {
  const written = [
    { path: "deployer", text: deployer },
    ...admins.map((text, index) => ({ path: `admins[${index}]`, text })),
    ...viewers.map((text, index) => ({ path: `viewers[${index}]`, text })),
  ];
  return written
    .filter(({ text }) => !FORM.test(text))
    .map(({ path, text }) => ({
      path,
      got: JSON.stringify(text),
      expected:
        "user:, group: or serviceAccount: and an address, or principal:// or principalSet:// and what follows",
      remedy: "Write it as gcloud projects add-iam-policy-binding takes it.",
    }));
}
