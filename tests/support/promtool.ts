import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { stringify } from "yaml";

/** Series by name and labels, each with its values a minute apart in promtool's shorthand. */
export type Series = Readonly<Record<string, string>>;

/** An alert that has to fire, with what it says. */
export interface ExpectedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** What one alert has to do, given series, at a time such as `10m`. */
export interface AlertTest {
  readonly alert: string;
  readonly series: Series;
  readonly at: string;
  readonly fires: readonly ExpectedAlert[];
}

/** What promtool finds wrong; empty where all is well. */
type Findings = string;

/** Whether Prometheus would load the rules, which are the spec of a PrometheusRule. */
export function checkRules(promtool: string, rules: object): Findings {
  return withFiles({ "rules.yaml": rules }, (folder) =>
    findings(promtool, ["check", "rules", path.join(folder, "rules.yaml")]),
  );
}

/** Whether an alert fires as it should. */
export function testRule(promtool: string, rules: object, test: AlertTest): Findings {
  const { alert, series, at, fires } = test;
  const file = {
    rule_files: ["rules.yaml"],
    evaluation_interval: "1m",
    tests: [
      {
        interval: "1m",
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
        alert_rule_test: [
          {
            eval_time: at,
            alertname: alert,
            exp_alerts: fires.map(({ labels, annotations }) => ({
              exp_labels: labels,
              exp_annotations: annotations,
            })),
          },
        ],
      },
    ],
  };
  return withFiles({ "rules.yaml": rules, "test.yaml": file }, (folder) =>
    findings(promtool, ["test", "rules", path.join(folder, "test.yaml")]),
  );
}

/** Whether Prometheus could read what a scrape was answered with. */
export function checkMetrics(promtool: string, answer: string): Findings {
  return findings(promtool, ["check", "metrics"], answer);
}

function findings(promtool: string, args: readonly string[], input = ""): Findings {
  const { status, stdout, stderr, error } = spawnSync(promtool, args, { encoding: "utf8", input });
  if (error !== undefined) throw error;
  if (status === 0) return "";
  return [stdout, stderr].join("\n").trim() || `promtool ended with ${String(status)}`;
}

function withFiles<T>(files: Readonly<Record<string, object>>, use: (folder: string) => T): T {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-promtool-"));
  try {
    for (const [name, content] of Object.entries(files)) {
      fs.writeFileSync(path.join(folder, name), stringify(content, { lineWidth: 0 }));
    }
    return use(folder);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
