import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { GeneratedSecrets } from "../../../components/workloads/index.ts";
import { byName, maskSecrets, reveal, type Recording } from "../../../plan/recording.ts";
import { dependencyNames, outline, recordOn } from "../../support/recorded-program.ts";
import { secretsArgs } from "../../support/workload-fixtures.ts";

function recordSecrets(given: string, preview = false): Promise<Recording> {
  return recordOn(
    ({ providers, earlier }) => {
      const options = { providers, dependsOn: [earlier] };
      const secrets = new GeneratedSecrets("secrets", secretsArgs(given), options);
      // Registered as outputs, the checksums show whether they are secret.
      class Probe extends pulumi.ComponentResource {
        constructor() {
          super("slipway:test:Probe", "probe", { ...secrets.source.checksums }, {});
        }
      }
      new Probe();
    },
    { preview },
  );
}

const decoded = (recording: Recording) => {
  const data = reveal(byName(recording, "secrets-secret").inputs["data"]) as Record<string, string>;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, Buffer.from(value, "base64").toString()]),
  );
};

describe("GeneratedSecrets", () => {
  it("generates what is to be generated and nothing else, and makes one Secret", async () => {
    const recording = await recordSecrets("given-by-config");
    assert.deepEqual(outline(recording), [
      "GeneratedSecrets secrets",
      "PrivateKey secrets-private",
      "Probe probe",
      "RandomBytes secrets-key",
      "RandomPassword secrets-checksum-salt",
      "RandomPassword secrets-password",
      "Secret secrets-secret",
    ]);
    assert.deepEqual(byName(recording, "secrets-password").inputs, { length: 32, special: false });
    assert.deepEqual(byName(recording, "secrets-key").inputs, { length: 32 });
    const pair = { algorithm: "RSA", rsaBits: 2048 };
    assert.deepEqual(byName(recording, "secrets-private").inputs, pair);
  });

  it("gives the Secret a literal name, and waits for what it needs", async () => {
    const secret = byName(await recordSecrets("given-by-config"), "secrets-secret");
    assert.deepEqual(secret.inputs["metadata"], {
      name: "studio-secrets",
      namespace: "studio",
      labels: {
        "app.kubernetes.io/name": "kaizen-studio",
        "app.kubernetes.io/component": "config",
        "app.kubernetes.io/managed-by": "slipway",
      },
    });
    assert.deepEqual(dependencyNames(secret), [
      "secrets-key",
      "secrets-password",
      "secrets-private",
      "test-earlier",
    ]);
  });

  it("holds every key, all of them secret, and URLs made of the others", async () => {
    const recording = await recordSecrets("p@ss/word");
    const { data } = byName(recording, "secrets-secret").inputs;
    const keys = ["password", "key", "private", "public", "given", "url"];
    assert.deepEqual(maskSecrets(data), Object.fromEntries(keys.map((key) => [key, "[secret]"])));
    assert.equal(decoded(recording)["given"], "p@ss/word");
    assert.equal(decoded(recording)["url"], "redis://:p%40ss%2Fword@redis:6379/0");
  });

  it("has a checksum of each key in clear, which changes with what the key is made of", async () => {
    const checksums = [];
    for (const given of ["one", "one", "other"]) {
      checksums.push(byName(await recordSecrets(given), "probe").inputs);
    }
    const [one = assert.fail(), again, other = assert.fail()] = checksums;
    const keys = ["password", "key", "private", "public", "given", "url"];
    assert.deepEqual(Object.keys(one).toSorted(), keys.toSorted());
    for (const sum of Object.values(one)) assert.match(String(sum), /^[0-9a-f]{64}$/);
    assert.deepEqual(again, one);
    const changed = keys.filter((key) => one[key] !== other[key]);
    assert.deepEqual(changed, ["given", "url"]);
  });

  it("never shows its entries to the engine", async () => {
    const component = byName(await recordSecrets("given-by-config"), "secrets");
    assert.deepEqual(component.inputs["entries"], {
      password: { from: "password", length: 32 },
      key: { from: "bytes", length: 32, encoding: "base64" },
      private: { from: "private-key", bits: 2048 },
      public: { from: "public-key", of: "private" },
      given: { from: "value" },
      url: { from: "url", template: "redis://:{given}@redis:6379/0" },
    });
  });

  it("draws anew what is rotated, and nothing else", async () => {
    const recording = await recordOn(({ providers }) => {
      const rotation = "2";
      const entries = {
        password: { from: "password", length: 32, rotation },
        key: { from: "bytes", length: 32, encoding: "base64", rotation },
        kept: { from: "bytes", length: 32, encoding: "base64" },
        private: { from: "private-key", bits: 2048, rotation },
        public: { from: "public-key", of: "private" },
      } as const;
      const args = { ...secretsArgs("given-by-config"), entries };
      return new GeneratedSecrets("secrets", args, { providers });
    });
    const keepers = { rotation: "2" };
    assert.deepEqual(byName(recording, "secrets-password").inputs["keepers"], keepers);
    assert.deepEqual(byName(recording, "secrets-key").inputs["keepers"], keepers);
    assert.deepEqual(byName(recording, "secrets-kept").inputs, { length: 32 });
    // A key pair takes no keepers, so another one has another name.
    const pairs = outline(recording).filter((line) => line.startsWith("PrivateKey"));
    assert.deepEqual(pairs, ["PrivateKey secrets-private-2"]);
  });

  it("refuses bad entries without telling a value", async () => {
    const entries = { "not a key": { from: "value", value: pulumi.secret("hidden") } } as const;
    await assert.rejects(
      recordOn(({ providers }) => {
        const args = { ...secretsArgs("given-by-config"), entries };
        return new GeneratedSecrets("secrets", args, { providers });
      }),
      {
        message:
          'Invalid arguments:\n1. entries.not a key: got "not a key", expected a key of a Secret. ' +
          "Use letters, digits, dots, dashes and underscores.",
      },
    );
  });
});
