import assert from "node:assert/strict";
import type { PlanEntry } from "../support/comparable-state.ts";
import { planOfChangedStack, type ShippedStack } from "../support/plan-of-changed-stack.ts";
import { sealedStudio } from "../support/sealed-studio.ts";

const EXTERNAL = { secretBackend: "external", externalSecrets: { enabled: true } };
const SEALED = { secretBackend: "sealed", sealedSecrets: { enabled: true } };
const STUDIO = ["slipway:systems", "kaizenStudio"];

const nameOf = (urn: string) => urn.split("::").at(-1) ?? "";

type Values = Readonly<Record<string, unknown>>;

describe("the plan of a stack with another backend for secrets", function () {
  this.timeout(120_000);
  const planOf = (place: ShippedStack, platform: Values, studio: Values = {}) => {
    const under = (section: readonly string[], values: Values) =>
      Object.entries(values).map(([key, value]) => [[...section, key], value] as const);
    return planOfChangedStack(place, [
      ...under(["slipway:platform"], platform),
      ...under(STUDIO, studio),
    ]);
  };

  const typesOf = (entries: readonly PlanEntry[], name: RegExp) =>
    entries.filter(({ urn }) => name.test(nameOf(urn))).map(({ type }) => type);
  const secretsOf = (entries: readonly PlanEntry[]) =>
    typesOf(entries, /^kaizen-studio-(secrets|postgres-connection)-secret$/);
  const EXTERNAL_SECRET = "kubernetes:external-secrets.io/v1:ExternalSecret";

  for (const [cloud, place, stored] of [
    ["gke", { stack: "prod" }, "gcp:secretmanager"],
    ["eks", { stack: "prod", example: "eks" }, "aws:secretsmanager"],
  ] as const) {
    it(`${cloud}: writes what it generates into the cloud's store and reads it from there`, async () => {
      const entries = await planOf(place, EXTERNAL);
      assert.deepEqual(secretsOf(entries), [EXTERNAL_SECRET]);
      assert.deepEqual(typesOf(entries, /^cluster-secret-kaizen-studio/).toSorted(), [
        `${stored}/secret:Secret`,
        `${stored}/secretVersion:SecretVersion`,
      ]);
      const [version] = entries.filter(({ type }) => type.endsWith(":SecretVersion"));
      const { secretData, secretString } = version?.inputs ?? {};
      assert.equal(secretData ?? secretString, "[secret]");
    });
  }

  it("gke, with a database of the cloud: its connection is read from there too", async () => {
    const entries = await planOf({ stack: "prod" }, EXTERNAL, {
      postgres: {
        mode: "managed",
        storage: "100Gi",
        resources: {
          requests: { cpu: "1", memory: "4Gi" },
          limits: { cpu: "2", memory: "8Gi" },
        },
      },
    });
    assert.deepEqual(secretsOf(entries), [EXTERNAL_SECRET, EXTERNAL_SECRET]);
    assert.ok(entries.some(({ type }) => type === "gcp:sql/user:User"));
  });

  it("local: applies what people sealed, and generates nothing for the system", async () => {
    const entries = await planOf({ stack: "local" }, SEALED, sealedStudio("HS256"));
    assert.deepEqual(secretsOf(entries), ["kubernetes:bitnami.com/v1alpha1:SealedSecret"]);
    const generated = entries.filter(
      ({ type, urn }) => /^(random|tls):/.test(type) && nameOf(urn).startsWith("kaizen-studio"),
    );
    assert.deepEqual(generated, []);
  });

  it("is refused where something is missing, all of it at once", async () => {
    await assert.rejects(
      planOf({ stack: "local" }, { secretBackend: "external" }, sealedStudio("HS256")),
      (error: Error & { stderr: string }) => {
        for (const part of [
          /slipway:platform\.secretBackend: got "external", expected "native", because externalSecrets is off/,
          /slipway:platform\.secretBackend: got "external", expected "native", because the cluster has no store/,
          /slipway:systems\.kaizenStudio\.sealedSecrets: got sealed values, expected none, because slipway:platform\.secretBackend is external/,
        ]) {
          assert.match(error.stderr, part);
        }
        return true;
      },
    );
  });
});
