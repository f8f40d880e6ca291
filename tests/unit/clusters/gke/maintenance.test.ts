import assert from "node:assert/strict";
import fc from "fast-check";
import {
  checkAvailability,
  maintenanceHours,
} from "../../../../components/clusters/gke/maintenance-availability.ts";
import { maintenancePolicy } from "../../../../components/clusters/gke/maintenance.ts";
import { WEEKDAYS, type MaintenanceSettings } from "../../../../components/clusters/settings.ts";
import { describeProblem } from "../../../../components/core/problem.ts";

const settings = (more: Partial<MaintenanceSettings>): MaintenanceSettings => ({
  days: ["Saturday", "Sunday"],
  start: "02:00",
  hours: 8,
  exclusions: [],
  ...more,
});
const messages = (more: Partial<MaintenanceSettings>) =>
  checkAvailability(settings(more)).map(describeProblem);
const exclusion = (from: string, until: string, name = "sale") => ({ name, from, until });

const HOUR = 60 * 60 * 1000;
const SPAN_HOURS = 32 * 24;

/** The same, hour by hour: which hours are open, and what runs of four and more come to in 32 days. */
function countedHours({ days, start, hours, exclusions }: MaintenanceSettings): number {
  const begin = Date.parse("2026-06-01T00:00:00Z");
  const first = Number(start.slice(0, 2));
  const open = Array.from({ length: 24 * 150 }, (_, hour) => {
    const time = begin + hour * HOUR;
    const excluded = exclusions.some(
      ({ from, until }) => time >= Date.parse(from) && time < Date.parse(until),
    );
    return (
      !excluded &&
      days.some((day) => {
        const since = (hour - first - WEEKDAYS.indexOf(day) * 24 + 168 * 2) % 168;
        return since < hours;
      })
    );
  });
  const sums = Array.from({ length: open.length - SPAN_HOURS }, (_, from) => {
    const runs = open
      .slice(from, from + SPAN_HOURS)
      .map((isOpen) => (isOpen ? "o" : " "))
      .join("")
      .split(/ +/);
    return runs.reduce((sum, { length }) => (length >= 4 ? sum + length : sum), 0);
  });
  return Math.min(...sums);
}

describe("maintenancePolicy", () => {
  it("writes times as GKE gives them back, from the first day in the order of the week", () => {
    const { recurringWindow, maintenanceExclusions } = maintenancePolicy(
      settings({
        days: ["Sunday", "Friday", "Sunday"],
        start: "22:30",
        hours: 6,
        exclusions: [exclusion("2026-11-27T01:00:00+02:00", "2026-11-28T00:00:00.000Z")],
      }),
    );
    assert.deepEqual(recurringWindow, {
      startTime: "2026-01-09T22:30:00Z",
      endTime: "2026-01-10T04:30:00Z",
      recurrence: "FREQ=WEEKLY;BYDAY=FR,SU",
    });
    assert.ok(Array.isArray(maintenanceExclusions));
    assert.deepEqual(maintenanceExclusions[1], {
      exclusionName: "sale",
      startTime: "2026-11-26T23:00:00Z",
      endTime: "2026-11-28T00:00:00Z",
      exclusionOptions: { scope: "NO_UPGRADES" },
    });
  });
});

describe("maintenanceHours", () => {
  const table: [string, Partial<MaintenanceSettings>, number][] = [
    ["two nights a week", {}, 64],
    ["one long day a week", { days: ["Sunday"], hours: 12 }, 48],
    ["one night a week", { days: ["Sunday"] }, 32],
    ["all the time", { days: [...WEEKDAYS], hours: 24 }, 768],
  ];
  for (const [title, more, least] of table) {
    it(`is at least what GKE finds with ${title}`, () => {
      const hours = maintenanceHours(settings(more));
      assert.ok(hours >= least, `${hours}`);
      assert.equal(hours, countedHours(settings(more)));
    });
  }

  it("is what counting hour by hour comes to, whatever is excluded", () => {
    const hour = fc.integer({ min: 40 * 24, max: 80 * 24 });
    const excluded = fc
      .record({ from: hour, length: fc.integer({ min: 1, max: 24 * 30 }) })
      .map(({ from, length }) => {
        const begin = Date.parse("2026-06-01T00:00:00Z") + from * HOUR;
        const text = (time: number) => new Date(time).toISOString();
        return exclusion(text(begin), text(begin + length * HOUR));
      });
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }),
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 4, max: 24 }),
        fc.array(excluded, { maxLength: 2 }),
        (days, start, hours, exclusions) => {
          const chosen = settings({
            days,
            start: `${String(start).padStart(2, "0")}:00`,
            hours,
            exclusions,
          });
          const [found, counted] = [maintenanceHours(chosen), countedHours(chosen)];
          // Counting sees whole hours alone; a piece may fall short of four between two of them.
          assert.ok(found <= counted && counted - found <= 8, `${found} and ${counted}`);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("checkAvailability", () => {
  it("accepts two nights a week, with a sale of some days", () => {
    assert.deepEqual(messages({}), []);
    assert.deepEqual(
      messages({ exclusions: [exclusion("2026-11-27T00:00:00Z", "2026-12-01T00:00:00Z")] }),
      [],
    );
  });

  it("refuses windows in which GKE cannot do its work", () => {
    assert.deepEqual(messages({ days: ["Sunday"] }), [
      ": got 32 hours in some 32 days, expected at least 48, counting windows of 4 hours or more, " +
        "which GKE demands. Name more days, make the window longer, or shorten the exclusions.",
    ]);
  });

  it("refuses an exclusion that leaves too little before and after it", () => {
    const [problem, ...others] = messages({
      exclusions: [exclusion("2026-11-20T00:00:00Z", "2026-12-18T00:00:00Z")],
    });
    assert.deepEqual(others, []);
    assert.match(String(problem), /^: got \d+ hours in some 32 days, expected at least 48/);
  });

  it("refuses more exclusions than GKE takes, and the name of Slipway's own", () => {
    const days = ["01", "02", "03", "04"].map((day) =>
      exclusion(`2026-11-${day}T00:00:00Z`, `2026-11-${day}T01:00:00Z`, day),
    );
    assert.deepEqual(messages({ exclusions: days }), [
      "exclusions: got 4 in all, expected at most 3, which GKE takes. Remove those that are over.",
    ]);
    const own = exclusion(
      "2026-11-01T00:00:00Z",
      "2026-11-02T00:00:00Z",
      "minor-versions-are-raised-by-slipway",
    );
    assert.deepEqual(messages({ exclusions: [own] }), [
      'exclusions[0].name: got "minor-versions-are-raised-by-slipway", expected another name, ' +
        "because Slipway's own exclusion has this one. Give it another name.",
    ]);
  });

  it("leaves times that there are not to the check of all clouds", () => {
    assert.deepEqual(messages({ exclusions: [exclusion("x", "y")] }), []);
  });
});
