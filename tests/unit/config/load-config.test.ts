import assert from "node:assert/strict";
import { neededAlertSecrets } from "../../../components/platform/alert-settings.ts";
import { checkStack } from "../../../config/check-stack.ts";
import { loadConfig, type StackConfig } from "../../../config/load-config.ts";
import { engineConfig, stackNames } from "../../../config/stack-file.ts";
import type { StackSource } from "../../../config/stack-source.ts";
import { record, Secret } from "../../../plan/recording.ts";
import { edited, message, onOwnCluster } from "./stack-sources.ts";

/** Loads the config of a stack as `pulumi up` does, with some secrets set. */
async function load(stack: string, source: StackSource, secrets: Record<string, string> = {}) {
  const { config, secretKeys } = engineConfig(source);
  const recording = await record(() => ({ ...loadConfig() }), {
    stack,
    config: { ...config, ...secrets },
    secretKeys: [...secretKeys, ...Object.keys(secrets)],
  });
  return { config: recording.outputs, log: recording.diagnostics };
}

/** The server of the kubeconfig that came out. */
function server(config: Readonly<Record<string, unknown>>): unknown {
  const { kubeconfig } = config["cluster"] as { kubeconfig: Secret };
  assert.ok(kubeconfig instanceof Secret);
  const content = JSON.parse(String(kubeconfig.value)) as {
    clusters: { cluster: { server: string } }[];
  };
  return content.clusters[0]?.cluster.server;
}

describe("loadConfig", () => {
  for (const stack of stackNames()) {
    it(`gives the ${stack} stack what its file says`, async () => {
      const source = edited(stack, {});
      const { config } = await load(stack, source);
      const expected = checkStack(source).config;
      assert.ok(expected !== undefined);
      if (expected.cluster.kind === "existing") {
        const { kubeconfigFile, ...settings } = expected.cluster;
        const { kubeconfig, ...cluster } = config["cluster"] as Record<string, unknown>;
        assert.equal(kubeconfigFile, ".local/kubeconfig");
        assert.ok(kubeconfig instanceof Secret);
        assert.deepEqual(cluster, settings);
      } else {
        assert.deepEqual(config["cluster"], expected.cluster);
      }
      const { alertSecrets, ...platform } = config["platform"] as Record<string, object>;
      assert.deepEqual(platform, expected.platform);
      const { alerts } = expected.platform.monitoring;
      assert.ok(alerts !== undefined && alertSecrets !== undefined);
      assert.deepEqual(Object.keys(alertSecrets).toSorted(), neededAlertSecrets(alerts).toSorted());
      assert.equal(config["guard"], expected.guard);
      const { kaizenStudio } = config["systems"] as { kaizenStudio: Record<string, unknown> };
      const { secrets, ...studio } = kaizenStudio;
      assert.deepEqual(studio, expected.systems.kaizenStudio);
      assert.deepEqual(secrets, { azureClientSecret: new Secret("placeholder") });
    });
  }

  it("says first what a person still has to supply", async () => {
    const { log } = await load("prod", edited("prod", {}));
    assert.deepEqual(
      log.map(({ severity, message: text }) => [severity, text.split("; ")[0]]),
      [["info", "Pulumi.prod.yaml: guard strict"]],
    );
  });

  it("hands secrets over as secrets and leaves out those to be generated", async () => {
    const jwtAlgorithm = "slipway:systems.kaizenStudio.jwtAlgorithm";
    const source = onOwnCluster("prod", { [jwtAlgorithm]: "HS256" });
    const { config } = await load("prod", source, {
      "slipway:kubeconfig": '{"clusters":[{"cluster":{"server":"https://real"}}]}',
      "slipway:grafanaAdminPassword": "g",
      "slipway:kaizenStudioAzureClientSecret": "a",
      "slipway:kaizenStudioJwtSecret": "j",
      "slipway:alertSlackUrl": "s",
      "slipway:alertPagerDutyKey": "p",
      "slipway:alertDeadMansSwitchUrl": "d",
    });
    const { platform, systems, placeholders } = config as unknown as StackConfig;
    assert.deepEqual(platform.grafanaAdminPassword, new Secret("g"));
    assert.deepEqual(systems.kaizenStudio?.secrets, {
      azureClientSecret: new Secret("a"),
      jwtSecret: new Secret("j"),
    });
    assert.deepEqual(platform.alertSecrets, {
      slackUrl: new Secret("s"),
      pagerDutyKey: new Secret("p"),
      deadMansSwitchUrl: new Secret("d"),
    });
    assert.equal(server(config), "https://real");
    assert.deepEqual(
      placeholders.filter(({ value }) => value === undefined),
      [],
    );
  });

  it("fills a missing way to a receiver of alerts with one that leads nowhere", async () => {
    const { config } = await load("prod", onOwnCluster("prod"));
    const { platform } = config as unknown as StackConfig;
    assert.deepEqual(platform.alertSecrets, {
      slackUrl: new Secret("https://placeholder.invalid/slack"),
      pagerDutyKey: new Secret("placeholder"),
      deadMansSwitchUrl: new Secret("https://placeholder.invalid/dead-mans-switch"),
    });
  });

  it("fills a missing kubeconfig with one that leads nowhere", async () => {
    const { config } = await load("prod", onOwnCluster("prod"));
    assert.equal(server(config), "https://kubeconfig-not-set.invalid:443");
  });

  it("fills a missing kubeconfig file with one that leads nowhere", async () => {
    const source = edited("local", { "slipway:cluster.kubeconfigFile": "out/no-such-file" });
    const { config } = await load("local", source);
    assert.equal(server(config), "https://kubeconfig-file-not-found.invalid:443");
  });

  it("throws the one error that lists every problem", async () => {
    const source = edited("prod", {
      "slipway:systems.kaizenStudio.backend.hpa.maxReplicas": 2,
      "slipway:systems.kaizenStudio.frontend.replicas": "two",
      "slipway:systems.kaizenStudio.debug": "maybe",
    });
    await assert.rejects(load("prod", source), { message: message(source) ?? "" });
  });

  it("refuses a secret that is not encrypted without showing it", async () => {
    const source = edited("prod", { "slipway:grafanaAdminPassword": "hunter2" });
    await assert.rejects(load("prod", source), {
      message:
        "Pulumi.prod.yaml: slipway:grafanaAdminPassword: got a value in clear, expected an encrypted " +
        "one. Run: pulumi config set --secret slipway:grafanaAdminPassword, and take the old value " +
        "for known to others.",
    });
  });

  it("takes text that only looks like JSON for text", async () => {
    const source = edited("prod", { "slipway:platform": "{not json" });
    await assert.rejects(load("prod", source), {
      message:
        'Pulumi.prod.yaml: slipway:platform: got "{not json", expected a map of keys. ' +
        "Write its keys indented below it.",
    });
  });
});
