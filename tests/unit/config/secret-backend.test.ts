import assert from "node:assert/strict";
import { checkStack } from "../../../config/check-stack.ts";
import { sealedStudio } from "../../support/sealed-studio.ts";
import { changed, CLOUDS, edited, message, onOwnCluster, shipped } from "./stack-sources.ts";

const PLATFORM = "slipway:platform";
const STUDIO = "slipway:systems.kaizenStudio";
const EXTERNAL = {
  [`${PLATFORM}.secretBackend`]: "external",
  [`${PLATFORM}.externalSecrets`]: { enabled: true },
};
const { sealedSecrets } = sealedStudio("HS256");
const SEALED = {
  [`${PLATFORM}.secretBackend`]: "sealed",
  [`${PLATFORM}.sealedSecrets`]: { enabled: true },
  [`${STUDIO}.sealedSecrets`]: sealedSecrets,
  [`${STUDIO}.jwtAlgorithm`]: "HS256",
};
const NO_STORE =
  `${PLATFORM}.secretBackend: got "external", expected "native", because the cluster has no store of ` +
  "secrets that a stack can write to. Leave this out, or let people seal them.";

describe("a stack file and its backend of secrets (E-51)", () => {
  it("may be external where the cluster's cloud keeps secrets, and nowhere else", () => {
    for (const cloud of CLOUDS) {
      const expected = cloud === "aks" ? `Pulumi.prod.yaml: ${NO_STORE}` : undefined;
      assert.equal(message(edited("prod", EXTERNAL, cloud)), expected, cloud);
    }
    assert.ok(message(onOwnCluster("prod", EXTERNAL))?.includes(NO_STORE));
  });

  it("may be sealed on any cluster", () => {
    for (const cloud of CLOUDS) {
      assert.equal(message(edited("prod", SEALED, cloud)), undefined, cloud);
    }
  });

  it("asks a person for no secret that is sealed", () => {
    const missing = (source: ReturnType<typeof shipped>) =>
      checkStack(source).placeholders.some(({ path }) => path.includes("AzureClientSecret"));
    assert.ok(missing(shipped("prod")));
    assert.ok(!missing(edited("prod", SEALED)));
  });

  it("names a secret of config that is left beside sealed ones", () => {
    const key = "slipway:kaizenStudioAzureClientSecret";
    const source = changed(shipped("prod"), SEALED);
    const both = {
      ...source,
      values: { ...source.values, [key]: "[encrypted]" },
      secretKeys: [...source.secretKeys, key],
    };
    assert.equal(
      message(both),
      `Pulumi.prod.yaml: ${STUDIO}.sealedSecrets: got ${key} beside them, expected sealed values alone, ` +
        "because slipway:platform.secretBackend is sealed. Seal it, then run: pulumi config rm " +
        key,
    );
  });

  it("shows nothing of what is not sealed", () => {
    const values = {
      ...sealedSecrets["kaizen-studio-secrets"],
      "redis-password": "hunter2hunter2",
    };
    const at = { [`${STUDIO}.sealedSecrets`]: { "kaizen-studio-secrets": values } };
    const text = message(edited("prod", { ...SEALED, ...at })) ?? "";
    assert.match(
      text,
      /sealedSecrets\.kaizen-studio-secrets\.redis-password: got text that is not/,
    );
    assert.ok(!text.includes("hunter2"));
  });

  it("says which word is meant", () => {
    assert.equal(
      message(edited("prod", { [`${PLATFORM}.secretBackend`]: "extrenal" })),
      `Pulumi.prod.yaml: ${PLATFORM}.secretBackend: got "extrenal", expected one of "native", "external", ` +
        '"sealed". Did you mean "external"?',
    );
  });
});
