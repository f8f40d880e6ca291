import assert from "node:assert/strict";
import fc from "fast-check";
import { describeProblem } from "../../../components/core/problem.ts";
import {
  checkDashboard,
  dashboardJson,
  type DashboardPanel,
} from "../../../components/workloads/monitoring-dashboard.ts";

const PANEL: DashboardPanel = {
  title: "Requests",
  unit: "reqps",
  queries: [{ expr: 'rate(a{namespace="studio"}[5m])', legend: "{{pod}}" }],
};

const parsed = (panels: readonly DashboardPanel[], namespace = "studio") =>
  JSON.parse(dashboardJson({ title: "Studio", panels }, namespace)) as {
    readonly uid: string;
    readonly editable: boolean;
    readonly panels: readonly {
      readonly id: number;
      readonly gridPos: { readonly x: number; readonly y: number; w: number; h: number };
      readonly targets: readonly { readonly refId: string; readonly expr: string }[];
    }[];
  };

describe("checkDashboard", () => {
  const messages = (...panels: DashboardPanel[]) =>
    checkDashboard({ title: "Studio", panels }, "studio", "dashboard").map(describeProblem);

  it("accepts a dashboard", () => {
    assert.deepEqual(messages(PANEL), []);
  });

  it("refuses titles that are empty or come twice, and another namespace's series", () => {
    const elsewhere = { ...PANEL, title: "Else", queries: [{ expr: "up", legend: "" }] };
    assert.deepEqual(messages(PANEL, PANEL, { ...PANEL, title: "" }, elsewhere), [
      'dashboard.panels[1].title: got "Requests", expected each title once. Rename one of the two.',
      'dashboard.panels[2].title: got "", expected a title. Say what is to be seen.',
      'dashboard.panels[3].queries[0].expr: got up, expected namespace="studio" in every selector. Add it, or it speaks of other systems and environments too.',
    ]);
  });
});

describe("dashboardJson", () => {
  it("asks the data source that Grafana has, and cannot be edited there", () => {
    const dashboard = parsed([PANEL]);
    assert.equal(dashboard.editable, false);
    assert.equal(dashboard.uid, "studio");
    const [panel] = dashboard.panels;
    assert.deepEqual(panel?.targets, [
      {
        refId: "Q1",
        datasource: { type: "prometheus", uid: "prometheus" },
        expr: 'rate(a{namespace="studio"}[5m])',
        legendFormat: "{{pod}}",
        range: true,
        instant: false,
      },
    ]);
  });

  it("keeps the id within what Grafana takes", () => {
    const long = "n".repeat(63);
    assert.match(parsed([], long).uid, /^[0-9a-f]{40}$/);
    assert.notEqual(parsed([], long).uid, parsed([], `${long.slice(1)}m`).uid);
  });

  it("places any number of graphs without an overlap or a number twice", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), (count) => {
        const panels = Array.from({ length: count }, (_, index) => ({
          ...PANEL,
          title: `Graph ${index}`,
        }));
        const placed = parsed(panels).panels;
        assert.equal(new Set(placed.map(({ id }) => id)).size, count);
        const cells = placed.flatMap(({ gridPos: { x, y, w, h } }) =>
          Array.from({ length: w * h }, (_, at) => `${x + (at % w)} ${y + Math.floor(at / w)}`),
        );
        assert.equal(new Set(cells).size, cells.length);
        assert.ok(placed.every(({ gridPos: { x, w } }) => x + w <= 24));
      }),
    );
  });

  it("is the same text every time", () => {
    const once = dashboardJson({ title: "Studio", panels: [PANEL, PANEL] }, "studio");
    assert.equal(dashboardJson({ title: "Studio", panels: [PANEL, PANEL] }, "studio"), once);
  });
});
