import { underPath, type Problem } from "../core/problem.ts";
import type { MaintenanceSettings } from "./settings.ts";

type Exclusion = MaintenanceSettings["exclusions"][number];

/** Whether a time has a day and an hour that there are; a parser takes the 30th of February for March. */
function exists(time: string): boolean {
  const day = time.slice(0, "2026-02-28".length);
  const midnight = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight) || Number.isNaN(Date.parse(time))) return false;
  return new Date(midnight).toISOString().startsWith(day);
}

function checkTimes({ from, until }: Exclusion): Problem[] {
  const strangers = Object.entries({ from, until })
    .filter(([, time]) => !exists(time))
    .map(([path, time]) => ({
      path,
      got: time,
      expected: "a time that there is",
      remedy: "Correct the day or the hour.",
    }));
  if (strangers.length > 0 || Date.parse(until) > Date.parse(from)) return strangers;
  const expected = `a time after from (${from})`;
  return [{ path: "until", got: until, expected, remedy: "Swap the two, or mend one." }];
}

/** Problems of `maintenance` that its types cannot say. */
export function checkMaintenance({ exclusions }: MaintenanceSettings): Problem[] {
  return exclusions.flatMap((exclusion, index) => {
    const { name } = exclusion;
    const isFirst = exclusions.findIndex((other) => other.name === name) === index;
    const expected = "a name that no other exclusion has";
    const got = JSON.stringify(name);
    return underPath(`exclusions[${index}]`, [
      ...(isFirst ? [] : [{ path: "name", got, expected, remedy: "Give it another name." }]),
      ...checkTimes(exclusion),
    ]);
  });
}
