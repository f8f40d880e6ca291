import assert from "node:assert/strict";
import { Topic } from "@pulumi/gcp/pubsub/topic.js";
import { Provider as Google } from "@pulumi/gcp/provider.js";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { problemsOf, type Shop } from "./shop.ts";

const SHOP = "urn:pulumi:test::slipway::slipway:systems:Box";

function settings(shop: Shop, data: Record<string, pulumi.Input<string>>) {
  return new k8s.core.v1.ConfigMap(
    "settings",
    { metadata: shop.metadata("settings"), data },
    shop.opts,
  );
}

/** A component that gives out what it is told to. */
class Exporter extends pulumi.ComponentResource {
  constructor(outputs: pulumi.Inputs, opts: pulumi.ComponentResourceOptions) {
    super("slipway:test:Exporter", "exporter", {}, opts);
    this.registerOutputs(outputs);
  }
}

describe("judge: secrecy", () => {
  it("passes secrets in a Secret and in a provider", async () => {
    const problems = await problemsOf((shop) => {
      const kubeconfig = pulumi.secret("apiVersion: v1");
      new k8s.Provider("other", { kubeconfig }, { parent: shop.parent });
      shop.secret("tokens", { token: "a token of some length" });
    });
    assert.deepEqual(problems, []);
  });

  it("refuses a secret input elsewhere", async () => {
    const problems = await problemsOf((shop) => {
      settings(shop, { open: "text", hidden: pulumi.secret("text") });
    });
    assert.deepEqual(problems, [
      `${SHOP}$kubernetes:core/v1:ConfigMap::settings: data.hidden: got a secret, expected a plain ` +
        "value, or a reference to a Secret. Put the value into a Secret and refer to it, or pass what " +
        "is no secret through pulumi.unsecret.",
    ]);
  });

  it("refuses a secret that lost its mark on the way, and never prints it", async () => {
    const problems = await problemsOf((shop) => {
      const provider = new random.Provider("random", {}, { parent: shop.parent });
      const password = new random.RandomPassword(
        "password",
        { length: 20 },
        { parent: shop.parent, provider },
      );
      const url = pulumi.interpolate`postgres://user:${password.result}@db`;
      settings(shop, { url: pulumi.unsecret(url) });
    });
    assert.deepEqual(problems, [
      `${SHOP}$kubernetes:core/v1:ConfigMap::settings: data.url: expected no value that is a secret ` +
        "elsewhere. Keep it an output marked secret from its first line to its last.",
    ]);
  });

  const labelled = (shop: Shop, label: pulumi.Input<string>) => {
    const provider = new Google("google", { project: "shop" }, { parent: shop.parent });
    const opts = { parent: shop.parent, provider };
    return new Topic("topic", { name: "notices", labels: { of: label } }, opts);
  };

  it("takes no label for a secret because Google's provider marks all of them", async () => {
    const problems = await problemsOf((shop) => {
      labelled(shop, "a-label-of-some-length");
      settings(shop, { text: "a-label-of-some-length" });
    });
    assert.deepEqual(problems, []);
  });

  it("refuses a label that is a secret of the program", async () => {
    const problems = await problemsOf((shop) => {
      labelled(shop, pulumi.secret("a-label-of-some-length"));
      settings(shop, { text: "a-label-of-some-length" });
    });
    const topic = `${SHOP}$gcp:pubsub/topic:Topic::topic`;
    assert.match(String(problems[0]), /: labels\.of: got a secret, expected a plain value/);
    assert.ok(String(problems[0]).startsWith(topic));
    assert.deepEqual(problems.slice(1), [
      `${SHOP}$kubernetes:core/v1:ConfigMap::settings: data.text: ${LEAK}`,
    ]);
  });

  const LEAK =
    "expected no value that is a secret elsewhere. " +
    "Keep it an output marked secret from its first line to its last.";
  const generated = (shop: Shop) => {
    const opts = { parent: shop.parent, provider: new random.Provider("random", {}, shop.opts) };
    const { result } = new random.RandomPassword("password", { length: 20 }, opts);
    return { password: result, bytes: new random.RandomBytes("bytes", { length: 32 }, opts) };
  };

  it("passes what a component and the stack give out as a secret, or of no secret", async () => {
    const problems = await problemsOf(
      (shop) => {
        new Exporter({ password: generated(shop).password, host: "db" }, shop.opts);
      },
      undefined,
      () => ({ token: pulumi.secret("a token of some length") }),
    );
    assert.deepEqual(problems, []);
  });

  it("refuses a secret in clear in the outputs of a component or of the stack", async () => {
    const exported: pulumi.Output<string>[] = [];
    const problems = await problemsOf(
      (shop) => {
        const password = pulumi.unsecret(generated(shop).password);
        exported.push(password);
        new Exporter({ nested: { password } }, shop.opts);
      },
      undefined,
      () => ({ password: exported[0] }),
    );
    assert.deepEqual(problems, [
      `urn:pulumi:test::slipway::pulumi:pulumi:Stack::slipway-test: outputs.password: ${LEAK}`,
      `${SHOP}$slipway:test:Exporter::exporter: outputs.nested.password: ${LEAK}`,
    ]);
  });

  it("refuses a secret in clear that was encoded, alone or within a longer text", async () => {
    const encode = (encoding: BufferEncoding, around: string) => (text: string) =>
      Buffer.from(around + text + around).toString(encoding);
    const problems = await problemsOf((shop) => {
      const { password, bytes } = generated(shop);
      const open = (secret: pulumi.Output<string>, transform: (text: string) => string) =>
        pulumi.unsecret(secret.apply(transform));
      settings(shop, {
        base64: open(password, encode("base64", "")),
        base64Within: open(password, encode("base64", "a")),
        base64url: open(password, encode("base64url", "ab")),
        hex: open(password, encode("hex", "")),
        percent: open(password, encodeURIComponent),
        zeroBase64url: open(bytes.hex, (hex) => Buffer.from(hex, "hex").toString("base64url")),
        zeroHex: open(bytes.base64, (text) => Buffer.from(text, "base64").toString("hex")),
        zeroPercent: open(bytes.base64, encodeURIComponent),
        zeroTwice: open(bytes.hex, encode("base64", "abc")),
        plain: "a text of some length",
      });
    });
    const keys = ["base64", "base64Within", "base64url", "hex", "percent"];
    assert.deepEqual(
      problems,
      [...keys, "zeroBase64url", "zeroHex", "zeroPercent", "zeroTwice"].map(
        (key) => `${SHOP}$kubernetes:core/v1:ConfigMap::settings: data.${key}: ${LEAK}`,
      ),
    );
  });
});
