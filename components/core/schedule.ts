import type { Problem } from "./problem.ts";

/** Problems of when something is to run. */
export function checkSchedule(schedule: string, path: string): Problem[] {
  if (/^([-\d*,/A-Za-z]+ ){4}[-\d*,/A-Za-z]+$/.test(schedule)) return [];
  const expected = 'five fields such as "0 2 * * *"';
  const remedy = "Write minute, hour, day of month, month and day of week.";
  return [{ path, got: JSON.stringify(schedule), expected, remedy }];
}
