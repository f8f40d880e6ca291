import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { ALERT_DEFAULTS, type AlertSettings } from "../../components/platform/alert-settings.ts";
import { alertmanagerConfig } from "../../components/platform/alertmanager-config.ts";
import { provideDebianPrograms } from "../../local/tools/debian-packages.ts";
import { ALERT_SECRET_TEXTS, EVERY_RECEIVER, OPEN_EMAIL } from "../support/alert-samples.ts";

describe("Alertmanager's configuration, judged by amtool", () => {
  let amtool: string;
  let folder: string;

  before(async () => {
    ({ amtool } = await provideDebianPrograms([
      { program: "amtool", package: "prometheus-alertmanager" },
    ]));
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-amtool-"));
  });
  after(() => {
    fs.rmSync(folder, { recursive: true });
  });

  function run(...args: string[]): string {
    const { status, stdout, stderr, error } = spawnSync(amtool, args, { encoding: "utf8" });
    if (error !== undefined) throw error;
    assert.equal(status, 0, `${stdout}\n${stderr}`);
    return stdout;
  }

  /** The file of the settings' configuration. */
  function fileOf(alerts: AlertSettings): string {
    const file = path.join(folder, "alertmanager.yaml");
    fs.writeFileSync(file, JSON.stringify(alertmanagerConfig(alerts, ALERT_SECRET_TEXTS)));
    return file;
  }

  const table: [string, AlertSettings, number][] = [
    ["nobody", ALERT_DEFAULTS, 1],
    ["everybody", EVERY_RECEIVER, 6],
    ["an open mail server alone", { ...ALERT_DEFAULTS, email: OPEN_EMAIL }, 2],
  ];
  for (const [title, alerts, receivers] of table) {
    it(`is sound with ${title}`, () => {
      const output = run("check-config", fileOf(alerts));
      assert.match(output, new RegExp(` - ${receivers} receivers`));
      assert.match(output, / - 3 inhibit rules/);
    });
  }

  it("writes messages that say what is wrong, from templates that Alertmanager understands", () => {
    const texts: string[] = [];
    JSON.stringify(alertmanagerConfig(EVERY_RECEIVER, ALERT_SECRET_TEXTS), (_, value: unknown) => {
      if (typeof value === "string" && value.includes("{{")) texts.push(value);
      return value;
    });
    const templates = path.join(folder, "none.tmpl");
    fs.writeFileSync(templates, "");
    const data = path.join(folder, "data.json");
    const labels = { alertname: "BackendDown", namespace: "shop", severity: "critical" };
    const annotations = {
      summary: "No pod answers",
      description: "For 2m",
      runbook_url: "http://r",
    };
    const alerts = [{ status: "firing", labels, annotations }];
    fs.writeFileSync(data, JSON.stringify({ status: "firing", commonLabels: labels, alerts }));
    const rendered = [...new Set(texts)].map((text) =>
      run(
        "template",
        "render",
        `--template.glob=${templates}`,
        `--template.data=${data}`,
        `--template.text=${text}`,
      ).trim(),
    );
    assert.deepEqual(rendered, [
      "[FIRING] BackendDown in shop",
      "*No pod answers*\nFor 2m\nRunbook: http://r",
      "danger",
      "critical",
    ]);
  });

  const routes: [string, readonly string[], string][] = [
    ["a critical alert", ["severity=critical"], "slack,pagerduty,webhook,email"],
    ["a warning", ["severity=warning"], "slack,webhook,email"],
    ["news", ["severity=info"], "webhook,email"],
    ["an alert of no severity", ["team=shop"], "slack,webhook,email"],
    ["what always fires", ["alertname=Watchdog", "severity=none"], "dead-mans-switch"],
    ["what only silences", ["alertname=InfoInhibitor", "severity=none"], "null"],
    ["an alert that is no news", ["alertname=Other", "severity=none"], "null"],
  ];
  for (const [title, labels, receivers] of routes) {
    it(`routes ${title} to ${receivers}`, () => {
      const file = fileOf(EVERY_RECEIVER);
      const output = run("config", "routes", "test", `--config.file=${file}`, ...labels);
      assert.equal(output.trim(), receivers);
    });
  }
});
