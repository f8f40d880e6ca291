import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { ChartValues } from "../../../components/platform/chart-values.ts";
import { helmAddon, type HelmAddonArgs } from "../../../components/platform/helm-addon.ts";
import { byName, Unknown, type Recording } from "../../../plan/recording.ts";
import { dependencyNames, recordOn } from "../../support/recorded-program.ts";

const pin = {
  chart: "example",
  repository: "https://charts.example.com",
  version: "1.2.3",
  namespace: "example-system",
  releaseName: "demo",
};

/** Any component will do for a parent. */
class Parent extends pulumi.ComponentResource {
  constructor(opts: pulumi.ComponentResourceOptions) {
    super("slipway:test:Parent", "parent", {}, opts);
  }
}

function recordAddon(args: () => Partial<HelmAddonArgs> = () => ({})): Promise<Recording> {
  return recordOn(({ providers, earlier }) => {
    const parent = new Parent({ providers });
    helmAddon("addon", { pin, values: {}, ...args() }, { parent, dependsOn: [earlier] });
  });
}

const withValues = (values: () => ChartValues) => () => ({ values: values() });

describe("helmAddon", () => {
  it("makes one release: named, pinned, taken back when it fails", async () => {
    const recording = await recordAddon(withValues(() => ({ replicas: 2 })));
    const release = byName(recording, "addon");
    assert.equal(release.type, "kubernetes:helm.sh/v3:Release");
    assert.deepEqual(release.inputs, {
      // The SDK's own mark on every release.
      compat: "true",
      name: "demo",
      namespace: "example-system",
      createNamespace: false,
      chart: "example",
      version: "1.2.3",
      repositoryOpts: { repo: "https://charts.example.com" },
      values: { replicas: 2 },
      atomic: true,
      cleanupOnFail: true,
      timeout: 300,
      skipCrds: true,
      maxHistory: 5,
    });
    assert.equal(release.parent, byName(recording, "parent").urn);
    assert.deepEqual(dependencyNames(release), ["test-earlier"]);
  });

  it("takes another timeout, and a chart's own definitions, where an add-on asks for them", async () => {
    const recording = await recordAddon(() => ({ timeoutSeconds: 900, skipCrds: false }));
    const { timeout, skipCrds } = byName(recording, "addon").inputs;
    assert.deepEqual({ timeout, skipCrds }, { timeout: 900, skipCrds: false });
  });

  it("lets an output through that is no secret", async () => {
    const recording = await recordAddon(withValues(() => ({ note: pulumi.output("plain") })));
    assert.deepEqual(byName(recording, "addon").inputs["values"], { note: "plain" });
  });

  it("leaves the other values known in a preview where one is not", async () => {
    const recording = await recordOn(
      ({ providers, earlier }) => {
        const parent = new Parent({ providers });
        const { hex } = new random.RandomId("id", { byteLength: 4 }, { parent });
        const args = { pin, values: { note: hex, replicas: 2 } };
        helmAddon("addon", args, { parent, dependsOn: [earlier] });
      },
      { preview: true },
    );
    assert.deepEqual(byName(recording, "addon").inputs["values"], {
      note: new Unknown(),
      replicas: 2,
    });
  });

  const places: [string, () => ChartValues, string][] = [
    ["a secret", () => ({ password: pulumi.secret("hunter2") }), "password"],
    [
      "a secret below an object",
      () => ({ admin: { password: pulumi.secret("hunter2") } }),
      "admin.password",
    ],
    [
      "a secret in a list",
      () => ({ env: [{ value: "plain" }, { value: pulumi.secret("hunter2") }] }),
      "env[1].value",
    ],
  ];
  for (const [title, values, path] of places) {
    it(`refuses ${title}`, async () => {
      await assert.rejects(recordAddon(withValues(values)), {
        message:
          'error serializing property "values": Invalid arguments:\n' +
          `1. demo values.${path}: expected a value that is not secret, because Helm keeps values ` +
          "in clear. Create a Secret and give the chart its name (existingSecret or the like).",
      });
    });
  }
});
