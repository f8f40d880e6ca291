import assert from "node:assert/strict";
import { maintenanceWindow } from "../../../../components/clusters/aks/maintenance.ts";
import { aksSettings } from "../../../support/aks-fixtures.ts";

const excluding = (from: string, until: string) =>
  maintenanceWindow(
    { ...aksSettings.maintenance, exclusions: [{ name: "sale", from, until }] },
    "Saturday",
  ).notAllowedDates;

describe("maintenanceWindow", () => {
  it("is weekly, at the hour and for as long as the settings say", () => {
    const maintenance = { ...aksSettings.maintenance, exclusions: [] };
    assert.deepEqual(maintenanceWindow(maintenance, "Sunday"), {
      notAllowedDates: [],
      schedule: { weekly: { intervalWeeks: 1, dayOfWeek: "Sunday" } },
      startTime: "02:00",
      durationHours: 8,
      utcOffset: "+00:00",
    });
  });

  const table: [string, string, string, string, string][] = [
    [
      "whole days that are touched",
      "2026-11-27T08:00:00Z",
      "2026-11-30T12:00:00Z",
      "2026-11-27",
      "2026-11-30",
    ],
    [
      "not the day that begins at the end",
      "2026-11-27T00:00:00Z",
      "2026-12-01T00:00:00Z",
      "2026-11-27",
      "2026-11-30",
    ],
    [
      "days of UTC",
      "2026-11-27T01:00:00+02:00",
      "2026-11-27T23:00:00-02:00",
      "2026-11-26",
      "2026-11-28",
    ],
  ];
  for (const [title, from, until, start, end] of table) {
    it(`excludes ${title}`, () => {
      assert.deepEqual(excluding(from, until), [{ start, end }]);
    });
  }
});
