import type { Problem } from "../../core/problem.ts";
import type { AksSettings } from "../settings.ts";

/** Bounds of what a workspace keeps; less is not to be had, and is what is paid for anyway. */
const SHORTEST_DAYS = 30;
const LONGEST_DAYS = 730;

/** Problems of `logRetentionDays`. */
export function checkLogs({ logRetentionDays }: AksSettings): Problem[] {
  if (logRetentionDays <= LONGEST_DAYS) return [];
  return [
    {
      path: "logRetentionDays",
      got: String(logRetentionDays),
      expected: `at most ${LONGEST_DAYS}, which a Log Analytics workspace keeps`,
      remedy: `Write ${LONGEST_DAYS} or less, and export what has to be kept for longer.`,
    },
  ];
}

/** Days for which the workspace keeps what it gets. */
export const workspaceDays = ({ logRetentionDays }: Pick<AksSettings, "logRetentionDays">) =>
  Math.max(logRetentionDays, SHORTEST_DAYS);
