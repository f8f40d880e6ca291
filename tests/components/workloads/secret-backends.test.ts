import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { SecretBackend } from "../../../components/core/secret-backend.ts";
import { GeneratedSecrets, type SecretEntries } from "../../../components/workloads/index.ts";
import { planModel } from "../../../plan/model/plan-model.ts";
import { byName, Secret, type Recording } from "../../../plan/recording.ts";
import { dependencyNames, outline, recordOn } from "../../support/recorded-program.ts";
import { externalBackend, sealedBackend, sealedText } from "../../support/secret-backends.ts";
import { secretsArgs } from "../../support/workload-fixtures.ts";

const KINDS = ["native", "external", "sealed"] as const;
type Kind = (typeof KINDS)[number];

const TO_SEAL = ["password", "key", "private", "public", "given"] as const;
const SEALED = Object.fromEntries(TO_SEAL.map((key) => [key, sealedText(key)]));

interface Change {
  readonly given?: string;
  readonly sealed?: Readonly<Record<string, string>>;
  readonly entries?: SecretEntries;
  readonly protectData?: boolean;
}

interface Recorded {
  readonly recording: Recording;
  readonly secrets: GeneratedSecrets;
  readonly stored: string | undefined;
  readonly retained: boolean | undefined;
}

/** The same entries in one of the backends. */
async function recordSecrets(kind: Kind, change: Change = {}): Promise<Recorded> {
  let made: Omit<Recorded, "recording" | "stored"> | undefined;
  let value: pulumi.Output<string> | undefined;
  let stored: string | undefined;
  const recording = await recordOn(({ providers, earlier }) => {
    const external = externalBackend(earlier);
    const backend: SecretBackend = {
      native: { kind: "native" } as const,
      external,
      sealed: sealedBackend(earlier),
    }[kind];
    const { entries, ...args } = secretsArgs(change.given ?? "from-config");
    const { sealed = SEALED, protectData } = change;
    const secrets = new GeneratedSecrets(
      "secrets",
      {
        ...args,
        backend,
        sealed: kind === "sealed" ? sealed : {},
        entries: change.entries ?? { ...entries, plain: { from: "value", value: "no-secret" } },
        ...(protectData === undefined ? {} : { protectData }),
      },
      { providers },
    );
    const request = external.written.get("studio-studio-secrets");
    value = request?.value;
    value?.apply((text) => (stored = text));
    // Registered as outputs, the checksums show whether they are secret.
    class Probe extends pulumi.ComponentResource {
      constructor() {
        super("slipway:test:Probe", "probe", { ...secrets.source.checksums, value }, {});
      }
    }
    new Probe();
    made = { secrets, retained: request?.retain };
  });
  return { recording, ...(made ?? assert.fail()), stored };
}

const checksums = ({ recording }: Recorded): Record<string, unknown> => {
  const { inputs } = byName(recording, "probe");
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => key !== "value"));
};

/** The keys of which the checksum differs. */
async function rolled(kind: Kind, one: Change, other: Change): Promise<string[]> {
  const before = checksums(await recordSecrets(kind, one));
  const after = checksums(await recordSecrets(kind, other));
  assert.deepEqual(Object.keys(before), Object.keys(after));
  return Object.keys(before).filter((key) => before[key] !== after[key]);
}

const ENTRIES = {
  password: { from: "password", length: 32 },
  private: { from: "private-key", bits: 2048 },
  public: { from: "public-key", of: "private" },
  user: { from: "value", value: "app" },
  url: { from: "url", template: "redis://{user}:{password}@redis:6379/0" },
} as const satisfies SecretEntries;

const rotated = (key: "password" | "private", rotation: string): SecretEntries => ({
  ...ENTRIES,
  [key]: { ...ENTRIES[key], rotation },
});

describe("GeneratedSecrets, by backend (E-51)", () => {
  it("makes a Secret of the same name and keys in each, which pods read alike", async () => {
    const found = await Promise.all(
      KINDS.map(async (kind) => {
        const { recording, secrets } = await recordSecrets(kind);
        const model = planModel(recording, {
          nodePools: [],
          storageClasses: { standard: "standard", fastSsd: "fast-ssd" },
        });
        const { name, keys } = secrets.source;
        assert.deepEqual(model.keysOf("Secret", "studio", "studio-secrets"), keys.toSorted(), kind);
        return { kind: secrets.source.kind, name, keys };
      }),
    );
    const [native = assert.fail(), ...others] = found;
    for (const other of others) assert.deepEqual(other, native);
  });

  it("external: generates what native does, and keeps all of it as one JSON text that is secret", async () => {
    const native = await recordSecrets("native");
    const external = await recordSecrets("external");
    const generated = ({ recording }: Recorded) =>
      outline(recording).filter((line) => /^(Random|PrivateKey)/.test(line));
    assert.deepEqual(generated(external), generated(native));
    assert.ok(byName(external.recording, "probe").inputs["value"] instanceof Secret);
    const stored = JSON.parse(external.stored ?? "") as Record<string, string>;
    assert.deepEqual(Object.keys(stored).toSorted(), external.secrets.source.keys.toSorted());
    assert.equal(stored["given"], "from-config");
    assert.equal(stored["url"], "redis://:from-config@redis:6379/0");
    assert.equal(external.retained, false);
    assert.equal((await recordSecrets("external", { protectData: true })).retained, true);
  });

  it("external: reads them back when the object changes, after store and value, and shows none", async () => {
    const { recording } = await recordSecrets("external");
    const object = byName(recording, "secrets-secret");
    const { apiVersion, kind, metadata, spec } = object.inputs as {
      apiVersion: string;
      kind: string;
      metadata: { annotations: Record<string, unknown> };
      spec: { data: unknown[] };
    };
    assert.equal(`${apiVersion} ${kind}`, "external-secrets.io/v1 ExternalSecret");
    assert.match(String(metadata.annotations["checksum/values"]), /^[0-9a-f]{64}$/);
    const { data, ...rest } = spec;
    assert.deepEqual(rest, {
      refreshPolicy: "OnChange",
      secretStoreRef: { kind: "ClusterSecretStore", name: "test-store" },
      target: { name: "studio-secrets", creationPolicy: "Owner", deletionPolicy: "Retain" },
    });
    assert.deepEqual(data[0], {
      secretKey: "password",
      remoteRef: { key: "prefix-studio-studio-secrets", property: "password" },
    });
    assert.ok(dependencyNames(object).includes("test-earlier"));
    assert.ok(!JSON.stringify(object.inputs).includes("from-config"));
  });

  it("sealed: generates nothing, and holds sealed texts and what is no secret", async () => {
    const { recording, secrets } = await recordSecrets("sealed");
    assert.deepEqual(outline(recording), [
      "GeneratedSecrets secrets",
      "Probe probe",
      "SealedSecret secrets-secret",
    ]);
    const object = byName(recording, "secrets-secret");
    const labels = {
      "app.kubernetes.io/name": "kaizen-studio",
      "app.kubernetes.io/component": "config",
      "app.kubernetes.io/managed-by": "slipway",
    };
    assert.deepEqual(object.inputs, {
      apiVersion: "bitnami.com/v1alpha1",
      kind: "SealedSecret",
      metadata: { name: "studio-secrets", namespace: "studio", labels },
      spec: {
        encryptedData: SEALED,
        template: {
          type: "Opaque",
          metadata: { labels },
          data: {
            url: 'redis://:{{ index . "given" | urlquery | replace "+" "%20" }}@redis:6379/0',
            plain: "no-secret",
          },
        },
      },
    });
    assert.deepEqual(dependencyNames(object), ["test-earlier"]);
    assert.deepEqual(secrets.values, {});
  });

  it("sealed: puts what is no secret into a URL as it is, and keeps braces from Go", async () => {
    const entries: SecretEntries = {
      password: { from: "password", length: 32 },
      user: { from: "value", value: "a@b" },
      odd: { from: "value", value: "{{ .password }}" },
      url: { from: "url", template: "redis://{user}:{password}@redis" },
    };
    const sealed = { password: sealedText("password") };
    const { recording } = await recordSecrets("sealed", { entries, sealed });
    const { spec } = byName(recording, "secrets-secret").inputs as {
      spec: { template: { data: unknown } };
    };
    assert.deepEqual(spec.template.data, {
      user: "a@b",
      odd: '{{ "{{" }} .password }}',
      url: 'redis://a%40b:{{ index . "password" | urlquery | replace "+" "%20" }}@redis',
    });
  });

  it("external and sealed: roll by the word of the rotation, and nothing that does not read it", async () => {
    const sealed = Object.fromEntries(
      ["password", "private", "public"].map((key) => [key, sealedText(key)]),
    );
    for (const kind of ["external", "sealed"] as const) {
      const change = (entries: SecretEntries) => ({ entries, sealed });
      const none = change(ENTRIES);
      const [one, two] = [change(rotated("password", "1")), change(rotated("password", "2"))];
      assert.deepEqual(await rolled(kind, none, none), [], kind);
      assert.deepEqual(await rolled(kind, none, one), ["password", "url"], kind);
      assert.deepEqual(await rolled(kind, one, two), ["password", "url"], kind);
      const pair = change(rotated("private", "1"));
      assert.deepEqual(await rolled(kind, none, pair), ["private", "public"], kind);
    }
  });

  it("external: rolls by what config gives, which no word rotates", async () => {
    assert.deepEqual(await rolled("external", { given: "one" }, { given: "two" }), [
      "given",
      "url",
    ]);
  });

  it("sealed: rolls by the sealed text, and knows all of it before the first update", async () => {
    const sealed = { ...SEALED, given: sealedText("another") };
    assert.deepEqual(await rolled("sealed", {}, { sealed }), ["given", "url"]);
    const { secrets } = await recordSecrets("sealed");
    for (const sum of Object.values(secrets.source.checksums)) assert.equal(typeof sum, "string");
  });

  it("sealed: refuses what is missing, unknown, needless or in clear, and tells no value", async () => {
    const sealed = {
      ...Object.fromEntries(Object.entries(SEALED).filter(([key]) => key !== "password")),
      pasword: sealedText("x"),
      url: sealedText("x"),
      key: "hunter2hunter2",
    };
    await assert.rejects(recordSecrets("sealed", { sealed }), {
      message: [
        "Invalid arguments:",
        "1. sealed.password: expected a sealed value, because slipway:platform.secretBackend is sealed. " +
          "Seal one: docs/runbooks/sealed-secrets.md says how.",
        "2. sealed.key: got text that is not sealed, expected what kubeseal --raw prints, in one line. Seal " +
          "it, and take a value that was written here for known to others: docs/runbooks/sealed-secrets.md " +
          "says how.",
        "3. sealed.pasword: got an unknown key, expected one of password, key, private, public, given. Did " +
          'you mean "password"?',
        "4. sealed.url: got a key that need not be sealed, expected none, because it is made of the others " +
          "in the cluster. Remove it.",
      ].join("\n"),
    });
  });

  it("external: refuses a name that clouds do not take", async () => {
    await assert.rejects(
      recordOn(({ providers, earlier }) => {
        const args = { ...secretsArgs("x"), secretName: "a.b", backend: externalBackend(earlier) };
        return new GeneratedSecrets("secrets", args, { providers });
      }),
      /secretName: got "a\.b", expected small letters, digits and dashes, 150 at most/,
    );
  });
});
