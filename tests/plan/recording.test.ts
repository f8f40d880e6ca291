import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import * as tls from "@pulumi/tls";
import { byName, byType, record, Secret, Unknown } from "../../plan/recording.ts";
import { Box, configMap, provider, stack } from "./fixtures.ts";

describe("record", () => {
  it("gives each resource the engine's URN, with the types of all parents", async () => {
    const recording = await record(
      () => {
        const only = provider();
        new Box(
          "outer",
          (outer) => {
            new Box("inner", (parent) => configMap("settings", { parent }), { parent: outer });
          },
          { provider: only },
          "slipway:test:Outer",
        );
      },
      { stack },
    );

    assert.deepEqual(
      recording.resources.map(({ urn }) => urn),
      [
        "urn:pulumi:test::slipway::pulumi:pulumi:Stack::slipway-test",
        "urn:pulumi:test::slipway::pulumi:providers:kubernetes::cluster",
        "urn:pulumi:test::slipway::slipway:test:Outer::outer",
        "urn:pulumi:test::slipway::slipway:test:Outer$slipway:systems:Box::inner",
        "urn:pulumi:test::slipway::slipway:test:Outer$slipway:systems:Box$kubernetes:core/v1:ConfigMap::settings",
      ],
    );
    assert.equal(byName(recording, "settings").parent, byName(recording, "inner").urn);
    assert.equal(byName(recording, "outer").parent, recording.resources[0]?.urn);
  });

  it("hands providers down through components", async () => {
    const recording = await record(
      () => {
        new Box(
          "outer",
          (parent) => new Box("inner", (p) => configMap("settings", { parent: p }), { parent }),
          {
            providers: [provider(), new random.Provider("random")],
          },
        );
      },
      { stack },
    );
    const urn = byName(recording, "cluster").urn;
    const settings = byName(recording, "settings");
    assert.equal(settings.providerUrn, urn);
    assert.equal(settings.provider, `${urn}::00000000-0000-0000-0000-000000000000`);
    assert.deepEqual(Object.keys(byName(recording, "inner").providers).toSorted(), [
      "kubernetes",
      "random",
    ]);
  });

  it("leaves the provider out where an engine would choose a default one", async () => {
    const recording = await record(() => configMap("settings", {}), { stack });
    assert.equal(byName(recording, "settings").provider, undefined);
    assert.equal(byName(recording, "settings").parent, recording.resources[0]?.urn);
  });

  it("lets children take over protect, retainOnDelete and deletedWith", async () => {
    const recording = await record(
      () => {
        const deletedWith = provider();
        new Box(
          "box",
          (parent) => {
            configMap("takes", { parent });
            configMap("refuses", { parent, protect: false, retainOnDelete: false });
          },
          { provider: deletedWith, protect: true, retainOnDelete: true, deletedWith },
        );
      },
      { stack },
    );
    const options = (name: string) => {
      const { protect, retainOnDelete, deletedWith } = byName(recording, name);
      return { protect, retainOnDelete, deletedWith };
    };
    const deletedWith = byName(recording, "cluster").urn;
    assert.deepEqual(options("takes"), { protect: true, retainOnDelete: true, deletedWith });
    assert.deepEqual(options("refuses"), { protect: false, retainOnDelete: false, deletedWith });
  });

  it("keeps the options that decide about updates and deletion", async () => {
    const recording = await record(
      () => {
        configMap("settings", {
          provider: provider(),
          ignoreChanges: ["data"],
          replaceOnChanges: ["metadata.name"],
          deleteBeforeReplace: true,
          customTimeouts: { create: "5m", delete: "1m" },
          aliases: [
            { name: "old" },
            "urn:pulumi:test::slipway::kubernetes:core/v1:ConfigMap::older",
          ],
          additionalSecretOutputs: ["data"],
        });
      },
      { stack },
    );
    const settings = byName(recording, "settings");
    assert.deepEqual(settings.ignoreChanges, ["data"]);
    assert.deepEqual(settings.replaceOnChanges, ["metadata.name"]);
    assert.equal(settings.deleteBeforeReplace, true);
    assert.deepEqual(settings.customTimeouts, { create: "5m", delete: "1m" });
    // The SDK adds the type that the ConfigMap had in older versions of the provider.
    assert.ok(settings.aliases.some((alias) => typeof alias === "object" && alias.name === "old"));
    assert.ok(
      settings.aliases.includes("urn:pulumi:test::slipway::kubernetes:core/v1:ConfigMap::older"),
    );
    assert.ok(settings.outputs["data"] instanceof Secret);
  });

  it("names dependencies of dependsOn, of components and of inputs", async () => {
    const recording = await record(
      () => {
        const only = provider();
        const first = configMap("first", { provider: only });
        const box = new Box("box", (parent) => configMap("inside", { parent }), { provider: only });
        configMap(
          "last",
          { provider: only, dependsOn: [box] },
          first.metadata.name.apply((name) => `after ${name}`),
        );
      },
      { stack },
    );
    const last = byName(recording, "last");
    const [first, inside] = [byName(recording, "first").urn, byName(recording, "inside").urn];
    assert.deepEqual(last.dependencies, [inside, first].toSorted());
    assert.deepEqual(last.propertyDependencies, { data: [first] });
    assert.deepEqual(last.inputs["data"], { key: "after first" });
  });

  it("marks secret inputs and generated secrets, and generates nothing", async () => {
    const recording = await record(
      () => {
        const only = { providers: [provider(), new random.Provider("random")] };
        new Box(
          "box",
          (parent) => {
            const password = new random.RandomPassword("password", { length: 20 }, { parent });
            const key = new random.RandomBytes("key", { length: 3 }, { parent });
            const stringData = { password: password.result, key: key.base64, user: "postgres" };
            new k8s.core.v1.Secret(
              "secret",
              { metadata: { namespace: "default" }, stringData },
              { parent },
            );
          },
          only,
        );
        return { open: "text", hidden: pulumi.secret("text") };
      },
      { stack },
    );
    assert.deepEqual(
      byName(recording, "secret").inputs["stringData"],
      new Secret({ password: "[generated]", key: "AAAA", user: "postgres" }),
    );
    assert.deepEqual(recording.outputs, { open: "text", hidden: new Secret("text") });
  });

  it("makes no key pair, and marks its private half", async () => {
    const recording = await record(
      () => {
        const only = { provider: new tls.Provider("tls") };
        const pair = new tls.PrivateKey("pair", { algorithm: "RSA" }, only);
        return { hidden: pair.privateKeyPemPkcs8, open: pair.publicKeyPem };
      },
      { stack },
    );
    assert.deepEqual(recording.outputs, { hidden: new Secret("[generated]"), open: "[generated]" });
  });

  it("gives an automatic name where the program gives none", async () => {
    let name: unknown;
    await record(
      () => {
        const made = new k8s.core.v1.ConfigMap("settings", {}, { provider: provider() });
        made.metadata.name.apply((value) => (name = value));
      },
      { stack },
    );
    assert.equal(name, "settings-xxxxxxxx");
  });

  it("leaves unknown in a preview what only an engine can know", async () => {
    const recording = await record(
      () => {
        const password = new random.RandomPassword(
          "password",
          { length: 20 },
          { provider: new random.Provider("random") },
        );
        configMap("settings", { provider: provider() }, password.result);
      },
      { stack, preview: true },
    );
    const data = byName(recording, "settings").inputs["data"] as { key: unknown };
    assert.ok(data.key instanceof Unknown);
  });

  it("keeps two resources with one URN, for the judge to refuse", async () => {
    const recording = await record(
      () => {
        const only = provider();
        configMap("twin", { provider: only });
        configMap("twin", { provider: only });
      },
      { stack },
    );
    assert.equal(byType(recording, "kubernetes:core/v1:ConfigMap").length, 2);
    assert.throws(() => byName(recording, "twin"), {
      message:
        "2 resources are called twin, expected one. There are: cluster, slipway-test, twin, twin.",
    });
  });

  it("captures what the program logs", async () => {
    const recording = await record(
      async () => {
        await pulumi.log.info("2 placeholders are in use.");
        await pulumi.log.warn("Careful.", new Box("box", () => undefined));
      },
      { stack },
    );
    assert.deepEqual(recording.diagnostics, [
      { severity: "info", message: "2 placeholders are in use." },
      { severity: "warning", message: "Careful.", urn: byName(recording, "box").urn },
    ]);
  });

  it("starts every recording with a clean config and stack", async () => {
    const read = () => {
      const config = new pulumi.Config("slipway");
      return { guard: config.get("guard") ?? "none", stack: pulumi.getStack() };
    };
    const config = { "slipway:guard": "strict", "slipway:password": "hunter2" };
    const [first, second] = await Promise.all([
      record(
        () => ({ ...read(), secret: new pulumi.Config("slipway").requireSecret("password") }),
        {
          stack: "one",
          config,
          secretKeys: ["slipway:password"],
        },
      ),
      record(read, { stack: "two", project: "other" }),
    ]);
    assert.deepEqual(first.outputs, {
      guard: "strict",
      stack: "one",
      secret: new Secret("hunter2"),
    });
    assert.deepEqual(second.outputs, { guard: "none", stack: "two" });
    assert.deepEqual(
      second.resources.map(({ urn }) => urn),
      ["urn:pulumi:two::other::pulumi:pulumi:Stack::other-two"],
    );
  });
});
