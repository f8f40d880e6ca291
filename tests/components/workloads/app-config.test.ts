import assert from "node:assert/strict";
import { AppConfig, type ConfigSource } from "../../../components/workloads/index.ts";
import { keyChecksums } from "../../../components/core/config-checksum.ts";
import { byName } from "../../../plan/recording.ts";
import { dependencyNames, outline, recordOn } from "../../support/recorded-program.ts";
import { appConfigArgs } from "../../support/workload-fixtures.ts";

describe("AppConfig", () => {
  it("makes one ConfigMap with a literal name, after what it is told to wait for", async () => {
    const recording = await recordOn(
      ({ providers, earlier }) =>
        new AppConfig("config", appConfigArgs, { providers, dependsOn: [earlier] }),
    );
    assert.deepEqual(outline(recording), ["AppConfig config", "ConfigMap config-configmap"]);
    const configMap = byName(recording, "config-configmap");
    assert.deepEqual(dependencyNames(configMap), ["test-earlier"]);
    assert.deepEqual(configMap.inputs, {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: {
        name: "studio-config",
        namespace: "studio",
        labels: {
          "app.kubernetes.io/name": "kaizen-studio",
          "app.kubernetes.io/component": "config",
          "app.kubernetes.io/managed-by": "slipway",
        },
      },
      data: { LOG_LEVEL: "INFO" },
    });
  });

  it("knows the checksum of its data before anything exists", async () => {
    const sources: ConfigSource[] = [];
    await recordOn(({ providers }) => {
      sources.push(new AppConfig("config", appConfigArgs, { providers }).source);
    });
    const { checksums, keys, kind, name } = sources[0] ?? assert.fail();
    assert.deepEqual(checksums, keyChecksums({ LOG_LEVEL: "INFO" }));
    assert.deepEqual(
      { keys, kind, name },
      {
        keys: ["LOG_LEVEL"],
        kind: "ConfigMap",
        name: "studio-config",
      },
    );
  });

  it("refuses a key that Kubernetes would leave out of the environment", async () => {
    const data = { "log-level": "INFO" };
    await assert.rejects(
      recordOn(
        ({ providers }) => new AppConfig("config", { ...appConfigArgs, data }, { providers }),
      ),
      {
        message:
          'Invalid arguments:\n1. data.log-level: got "log-level", expected the name of an ' +
          "environment variable. Use letters, digits and underscores, and no digit first.",
      },
    );
  });
});
