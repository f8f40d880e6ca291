import type { Problem } from "../../core/problem.ts";
import type { GkeSettings } from "../settings.ts";

/** Longest time for which Cloud Logging keeps anything. */
const LONGEST_DAYS = 3650;

/** Problems of `logRetentionDays`. */
export function checkLogs({ logRetentionDays }: GkeSettings): Problem[] {
  if (logRetentionDays <= LONGEST_DAYS) return [];
  return [
    {
      path: "logRetentionDays",
      got: String(logRetentionDays),
      expected: `at most ${LONGEST_DAYS}, which Cloud Logging keeps`,
      remedy: `Write ${LONGEST_DAYS} or less.`,
    },
  ];
}
