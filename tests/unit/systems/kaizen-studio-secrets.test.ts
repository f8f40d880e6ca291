import assert from "node:assert/strict";
import { describeProblem } from "../../../components/core/problem.ts";
import { checkSecrets } from "../../../systems/kaizen-studio/check-secrets.ts";
import type { GivenSecrets } from "../../../systems/kaizen-studio/life.ts";
import type { KaizenStudioSettings } from "../../../systems/kaizen-studio/settings.ts";
import { sealedText } from "../../support/secret-backends.ts";
import { sealedStudio } from "../../support/sealed-studio.ts";
import { kaizenSettings } from "../../support/workload-fixtures.ts";

const messages = (
  backend: "native" | "external" | "sealed",
  change: Partial<KaizenStudioSettings> = {},
  given: GivenSecrets = [],
) => checkSecrets({ ...kaizenSettings, ...change }, backend, given).map(describeProblem);

const BECAUSE = "because slipway:platform.secretBackend is sealed";
const MISSING =
  `expected a sealed value, ${BECAUSE}. ` + "Seal one: docs/runbooks/sealed-secrets.md says how.";

describe("checkSecrets of Kaizen Studio", () => {
  it("has nothing against secrets that are generated, or all sealed", () => {
    assert.deepEqual(messages("native"), []);
    assert.deepEqual(messages("external", {}, ["postgresPassword"]), []);
    assert.deepEqual(messages("sealed", sealedStudio("HS256")), []);
    assert.deepEqual(messages("sealed", sealedStudio("RS256")), []);
    assert.deepEqual(
      messages("sealed", { ...sealedStudio("HS256"), rotation: { jwtKey: "2" } }),
      [],
    );
  });

  it("names every secret that nobody sealed, at once", () => {
    const at = "sealedSecrets.kaizen-studio-secrets";
    assert.deepEqual(
      messages("sealed"),
      [
        "postgres-password",
        "redis-password",
        "jwt-secret",
        "encryption-key",
        "azure-client-secret",
      ].map((key) => `${at}.${key}: ${MISSING}`),
    );
    assert.ok(
      messages("sealed", { jwtAlgorithm: "RS256" }).includes(`${at}.jwt-public-key: ${MISSING}`),
    );
  });

  it("asks for nothing where all of it goes", () => {
    assert.deepEqual(messages("sealed", { state: "removed", deleteData: true }), []);
  });

  it("refuses a Secret that the system has not, with the one that is meant", () => {
    const { sealedSecrets } = sealedStudio("HS256");
    const more = { ...sealedSecrets, "kaizen-studio-secret": { a: sealedText("a") } };
    assert.deepEqual(messages("sealed", { sealedSecrets: more }), [
      "sealedSecrets.kaizen-studio-secret: got an unknown key, expected only kaizen-studio-secrets. Did " +
        'you mean "kaizen-studio-secrets"?',
    ]);
  });

  it("refuses what config gives beside sealed values", () => {
    assert.deepEqual(messages("sealed", sealedStudio("HS256"), ["postgresPassword"]), [
      "sealedSecrets: got slipway:kaizenStudioPostgresPassword beside them, expected sealed values alone, " +
        `${BECAUSE}. Seal it, then run: pulumi config rm slipway:kaizenStudioPostgresPassword`,
    ]);
  });

  it("refuses a database whose password somebody outside has to be told", () => {
    for (const mode of ["managed", "cnpg"] as const) {
      const postgres = { ...kaizenSettings.postgres, mode };
      assert.deepEqual(messages("sealed", { ...sealedStudio("HS256"), postgres }), [
        `postgres.mode: got "${mode}", expected "statefulset", ${BECAUSE} and the cluster alone knows the ` +
          "password. Leave it out, or take another backend.",
      ]);
    }
  });

  it("refuses sealed values that nobody would open", () => {
    assert.deepEqual(messages("native", sealedStudio("HS256")), [
      "sealedSecrets: got sealed values, expected none, because slipway:platform.secretBackend is native. " +
        "Remove them, or set slipway:platform.secretBackend to sealed.",
    ]);
  });
});
