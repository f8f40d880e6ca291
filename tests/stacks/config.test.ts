import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { checkStack } from "../../config/check-stack.ts";
import { readStackFile, stackNames } from "../../config/stack-file.ts";

const root = path.resolve(import.meta.dirname, "../..");
const STACKS = ["dev", "local", "prod", "staging"];
const STUDIO = "slipway:systems.kaizenStudio";

/** Paths of all leaves in the order of the file. */
function leaves(value: unknown, at: string): [path: string, value: unknown][] {
  if (typeof value !== "object" || value === null) return [[at, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${at}.${key}`));
}

const fileLeaves = (stack: string) =>
  Object.entries(readStackFile(stack).values).flatMap(([key, value]) => leaves(value, key));

describe("the shipped stack files", () => {
  it("are those of local, dev, staging and prod", () => {
    assert.deepEqual(stackNames(), STACKS);
  });

  for (const stack of STACKS) {
    it(`${stack}: has no problem`, () => {
      assert.deepEqual(checkStack(readStackFile(stack), () => undefined).problems, []);
    });

    it(`${stack}: lets nothing use a default provider`, () => {
      assert.deepEqual(readStackFile(stack).values["pulumi:disable-default-providers"], ["*"]);
    });

    it(`${stack}: points editors at the schema in its first line`, () => {
      const [first] = fs.readFileSync(path.join(root, `Pulumi.${stack}.yaml`), "utf8").split("\n");
      assert.equal(first, "# yaml-language-server: $schema=config/stack-file.schema.json");
    });
  }

  for (const stack of ["dev", "staging"]) {
    it(`${stack}: writes the same keys in the same order as prod`, () => {
      const keys = (of: string) => fileLeaves(of).map(([at]) => at);
      assert.deepEqual(keys(stack), keys("prod"));
    });
  }

  it("local: writes the same keys in the same order as prod, but for the cluster", () => {
    const keys = (of: string) =>
      fileLeaves(of)
        .map(([at]) => at)
        .filter((at) => !at.startsWith("slipway:cluster."));
    assert.deepEqual(keys("local"), keys("prod"));
  });

  /** Keys that say the same in all these stacks. */
  const equalIn = (stacks: readonly string[]) => {
    const [first, ...others] = stacks.map((stack) => new Map(fileLeaves(stack)));
    return [...(first ?? [])]
      .filter(([at, value]) => others.every((of) => of.get(at) === value))
      .map(([at]) => at);
  };
  const isOfCluster = (at: string) => at.startsWith("slipway:cluster.");

  it("write no key that is equal everywhere and needs no person, because that is a default", () => {
    assert.deepEqual(
      equalIn(STACKS).filter((at) => !isOfCluster(at)),
      [
        "pulumi:disable-default-providers.0",
        "slipway:placeholders",
        "slipway:platform.certManager.acmeEmail",
        `${STUDIO}.azureClientId`,
        `${STUDIO}.backend.image`,
        `${STUDIO}.frontend.image`,
      ],
    );
  });

  it("write what is equal of three clusters only where each has to choose, and no default fits", () => {
    const equal = equalIn(["dev", "staging", "prod"]).filter(isOfCluster);
    const pool = (index: number) =>
      ["name", "role", "machineType", "diskGb"].map((key) => `nodePools.${index}.${key}`);
    assert.deepEqual(
      equal.map((at) => at.replace("slipway:cluster.", "")),
      [
        "kind",
        // A person's: what nobody else can know.
        "project",
        "region",
        "zones.0",
        "zones.1",
        "zones.2",
        // Raised in one stack before the others.
        "kubernetesVersion",
        "endpoint",
        "deployer",
        "admins.0",
        "viewers.0",
        ...pool(0),
        ...pool(1),
        "maintenance.days.0",
        "maintenance.days.1",
        "maintenance.start",
        "maintenance.hours",
      ],
    );
  });

  it("guard staging and prod strictly, local and dev not", () => {
    assert.deepEqual(
      STACKS.map((stack) => checkStack(readStackFile(stack)).config?.guard),
      ["relaxed", "relaxed", "strict", "strict"],
    );
  });

  const studio: Record<string, object> = {
    // K-06, K-10, D-63, K-09, K-11, D-57, K-07, E-32, D-55 and D-91.
    local: {
      backup: { keepDays: 7 },
      namespace: "kaizen-studio-local",
      host: "studio.localhost",
      issuer: "selfsigned",
      jwtAlgorithm: "HS256",
    },
    dev: {
      backup: { keepDays: 7 },
      namespace: "kaizen-studio-dev",
      host: "dev.yourdomain.com",
      issuer: "letsencrypt-staging",
      debug: true,
      jwtAlgorithm: "HS256",
      hpa: { minReplicas: 1, maxReplicas: 3, cpuUtilization: 70, memoryUtilization: 80 },
      replicas: 1,
    },
    staging: {
      backup: { keepDays: 14 },
      namespace: "kaizen-studio-staging",
      host: "staging.yourdomain.com",
      issuer: "letsencrypt-staging",
      debug: false,
      jwtAlgorithm: "HS256",
      hpa: { minReplicas: 2, maxReplicas: 5, cpuUtilization: 70, memoryUtilization: 80 },
      replicas: 2,
    },
    prod: {
      backup: { keepDays: 30 },
      namespace: "kaizen-studio",
      host: "studio.yourdomain.com",
      issuer: "letsencrypt-prod",
      debug: false,
      jwtAlgorithm: "RS256",
      hpa: { minReplicas: 3, maxReplicas: 20, cpuUtilization: 60, memoryUtilization: 70 },
      replicas: 2,
    },
  };
  for (const [stack, expected] of Object.entries(studio)) {
    it(`${stack}: gives Kaizen Studio the values of its guide`, () => {
      const settings = checkStack(readStackFile(stack)).config?.systems.kaizenStudio;
      assert.ok(settings !== undefined);
      const { backend, frontend, ...rest } = settings;
      assert.partialDeepStrictEqual(
        { ...rest, hpa: backend.hpa, replicas: frontend.replicas },
        expected,
      );
    });
  }
});
