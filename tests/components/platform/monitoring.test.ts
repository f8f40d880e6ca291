import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ALERT_DEFAULTS } from "../../../components/platform/alert-settings.ts";
import { Monitoring, MonitoringCrds } from "../../../components/platform/index.ts";
import { byName, byType, reveal, Secret, type Recording } from "../../../plan/recording.ts";
import { platformCluster, SURROUNDINGS } from "../../support/platform-cluster.ts";
import { dependencyNames, outline, recordOn } from "../../support/recorded-program.ts";

const ARGS = {
  replicas: 1,
  retentionDays: 15,
  prometheusStorage: "50Gi",
  storageClasses: { standard: "standard", fastSsd: "fast-ssd" },
  scrapable: platformCluster().scrapable,
  certificates: true,
  alerts: ALERT_DEFAULTS,
  alertSecrets: {},
};

const recordMonitoring = (password?: string): Promise<Recording> =>
  recordOn(({ providers, earlier }) => {
    const given = password === undefined ? {} : { grafanaAdminPassword: pulumi.secret(password) };
    new Monitoring("mon", { ...ARGS, ...given }, { providers, dependsOn: [earlier] });
  });

type Values = Record<string, Record<string, unknown>>;
const grafanaValues = (recording: Recording) =>
  (byName(recording, "mon-release").inputs["values"] as Values)["grafana"] ?? {};

describe("MonitoringCrds", () => {
  it("makes the namespace, privileged for node-exporter, and the definitions in it", async () => {
    const recording = await recordOn(
      ({ providers }) =>
        new MonitoringCrds(
          "crds",
          { surroundings: SURROUNDINGS, servesCustomMetrics: false },
          { providers },
        ),
    );
    assert.deepEqual(outline(recording), [
      "AddOnNamespace crds-home",
      "LimitRange crds-home-limits",
      "MonitoringCrds crds",
      "Namespace crds-home-namespace",
      "NetworkPolicy crds-home-traffic",
      "Release crds-release",
    ]);
    const { metadata } = byName(recording, "crds-home-namespace").inputs as {
      metadata: { name: string; labels: Record<string, string> };
    };
    assert.equal(metadata.name, "monitoring");
    assert.equal(metadata.labels["pod-security.kubernetes.io/enforce"], "privileged");
    const release = byName(recording, "crds-release");
    assert.deepEqual(dependencyNames(release), [
      "crds-home-limits",
      "crds-home-namespace",
      "crds-home-traffic",
    ]);
    assert.equal(release.inputs["chart"], "prometheus-operator-crds");
  });
});

describe("traffic of monitoring", () => {
  it("goes out to the services that are told of alerts, on their ports and no others", async () => {
    const recording = await recordOn(
      ({ providers }) =>
        new MonitoringCrds(
          "crds",
          { surroundings: SURROUNDINGS, servesCustomMetrics: false, alertPorts: [443, 587] },
          { providers },
        ),
    );
    const { spec } = byName(recording, "crds-home-traffic").inputs;
    const { egress } = spec as { egress: { to: object[]; ports?: { port: number }[] }[] };
    const anywhere = egress.filter(({ to }) => JSON.stringify(to).includes('"0.0.0.0/0"'));
    const ports = anywhere.map((rule) => rule.ports?.map(({ port }) => port));
    assert.deepEqual(ports, [
      // The API server of a cluster that does not say where it is.
      [443, 6443],
      [443, 587],
    ]);
  });
});

describe("Monitoring", () => {
  it("makes credentials, the release and the Services under their short names", async () => {
    assert.deepEqual(outline(await recordMonitoring()).toSorted(), [
      "GrafanaAdmin mon-grafana-admin",
      "Monitoring mon",
      "RandomPassword mon-grafana-admin-checksum-salt",
      "RandomPassword mon-grafana-admin-password",
      "Release mon-release",
      "Secret mon-alertmanager-config",
      "Secret mon-grafana-admin-secret",
      "Service mon-alias-grafana",
      "Service mon-alias-prometheus",
    ]);
  });

  it("creates credentials, release and Services in this order", async () => {
    const recording = await recordMonitoring("given");
    const depends = (name: string) => dependencyNames(byName(recording, name));
    assert.deepEqual(depends("mon-grafana-admin-secret"), ["test-earlier"]);
    assert.deepEqual(depends("mon-alertmanager-config"), ["test-earlier"]);
    assert.deepEqual(depends("mon-release"), [
      "mon-alertmanager-config",
      "mon-grafana-admin-checksum-salt",
      "mon-grafana-admin-secret",
      "test-earlier",
    ]);
    for (const alias of ["prometheus", "grafana"]) {
      assert.deepEqual(depends(`mon-alias-${alias}`), ["mon-release", "test-earlier"]);
    }
  });

  it("takes a given password, and then generates none", async () => {
    const recording = await recordMonitoring("hunter2");
    assert.ok(!outline(recording).includes("RandomPassword mon-grafana-admin-password"));
    const { data } = byName(recording, "mon-grafana-admin-secret").inputs;
    assert.ok(data instanceof Secret);
    assert.deepEqual(reveal(data), {
      "admin-user": btoa("admin"),
      "admin-password": btoa("hunter2"),
    });
  });

  it("hands Grafana the name and the keys of the Secret, and never its content (D-77)", async () => {
    const recording = await recordMonitoring("hunter2");
    const { inputs: secret } = byName(recording, "mon-grafana-admin-secret");
    const { name, namespace } = secret["metadata"] as { name: string; namespace: string };
    const admin = grafanaValues(recording)["admin"] as Record<string, string>;
    assert.equal(admin["existingSecret"], name);
    assert.equal(namespace, byName(recording, "mon-release").inputs["namespace"]);
    const keys = Object.keys(reveal(secret["data"]) as object).toSorted();
    assert.deepEqual(keys, [admin["passwordKey"], admin["userKey"]]);
    for (const { inputs } of byType(recording, "kubernetes:helm.sh/v3:Release")) {
      assert.doesNotMatch(JSON.stringify(inputs), /hunter2|aHVudGVyMg/);
    }
  });

  it("hands Alertmanager a Secret with its configuration, and the chart nothing but the name", async () => {
    const recording = await recordOn(({ providers }) => {
      const args = {
        ...ARGS,
        alerts: { ...ALERT_DEFAULTS, slack: "critical" as const },
        alertSecrets: { slackUrl: pulumi.secret("https://slack.invalid/hunter2") },
      };
      new Monitoring("mon", args, { providers });
    });
    const { metadata, data } = byName(recording, "mon-alertmanager-config").inputs;
    const { name, namespace } = metadata as { name: string; namespace: string };
    const { inputs: release } = byName(recording, "mon-release");
    const { alertmanager } = release["values"] as { alertmanager: { alertmanagerSpec: object } };
    const { useExistingSecret, configSecret } = alertmanager.alertmanagerSpec as Record<
      string,
      unknown
    >;
    assert.deepEqual(
      { useExistingSecret, configSecret, namespace },
      { useExistingSecret: true, configSecret: name, namespace: release["namespace"] },
    );
    assert.doesNotMatch(JSON.stringify(release), /hunter2/);
    assert.ok(data instanceof Secret);
    const { "alertmanager.yaml": text = "", ...others } = reveal(data) as Record<string, string>;
    assert.deepEqual(others, {});
    const config = JSON.parse(atob(text)) as { receivers: { name: string }[] };
    assert.deepEqual(
      config.receivers.map((receiver) => receiver.name),
      ["null", "slack"],
    );
    assert.match(atob(text), /"api_url": "https:\/\/slack\.invalid\/hunter2"/);
  });

  it("rolls Grafana when its password changes, and for nothing else", async () => {
    const checksums = await Promise.all(
      ["one", "one", "two"].map(async (password) => {
        const annotations = grafanaValues(await recordMonitoring(password))["podAnnotations"];
        return (annotations as Record<string, unknown>)["checksum/grafana-admin"];
      }),
    );
    assert.match(String(checksums[0]), /^[0-9a-f]{64}$/);
    assert.equal(checksums[0], checksums[1]);
    assert.notEqual(checksums[0], checksums[2]);
  });

  for (const [alias, port, selector] of [
    [
      "prometheus",
      9090,
      {
        "app.kubernetes.io/name": "prometheus",
        "operator.prometheus.io/name": "prometheus-kube-prometheus-prometheus",
      },
    ],
    [
      "grafana",
      3000,
      { "app.kubernetes.io/name": "grafana", "app.kubernetes.io/instance": "prometheus" },
    ],
  ] as const) {
    it(`${alias}:${port} selects the pods themselves (D-21, B-57)`, async () => {
      const { metadata, spec } = byName(await recordMonitoring(), `mon-alias-${alias}`).inputs;
      const { name, namespace, annotations } = metadata as Record<string, unknown>;
      assert.deepEqual(
        { name, namespace, annotations },
        {
          name: alias,
          namespace: "monitoring",
          annotations: { "pulumi.com/skipAwait": "true" },
        },
      );
      assert.deepEqual(spec, { selector, ports: [{ name: "http", port, targetPort: port }] });
    });
  }
});
