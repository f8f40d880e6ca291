import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { checkStack } from "../../config/check-stack.ts";
import { describeProblems } from "../../config/config-error.ts";
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

    it(`${stack}: writes the same keys in the same order as the others`, () => {
      // Only the local stack reads its kubeconfig from a file; the others keep it as a secret.
      const keys = (of: string) =>
        fileLeaves(of)
          .map(([at]) => at)
          .filter((at) => at !== "slipway:cluster.kubeconfigFile");
      assert.deepEqual(keys(stack), keys("prod"));
    });
  }

  it("write no key that is equal everywhere and needs no person, because that is a default", () => {
    const values = STACKS.map((stack) => new Map(fileLeaves(stack)));
    const equal = [...(values[0] ?? [])]
      .filter(([at, value]) => values.every((of) => of.get(at) === value))
      .map(([at]) => at);
    assert.deepEqual(equal, [
      "pulumi:disable-default-providers.0",
      "slipway:placeholders",
      "slipway:cluster.kind",
      "slipway:cluster.nodePools.0.name",
      "slipway:cluster.nodePools.0.cpu",
      "slipway:cluster.nodePools.0.memory",
      "slipway:platform.certManager.acmeEmail",
      `${STUDIO}.azureClientId`,
      `${STUDIO}.backend.image`,
      `${STUDIO}.frontend.image`,
    ]);
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

describe("the shipped stack files with placeholders refused", () => {
  const because = "because slipway:placeholders is refused";
  const own = (at: string, value: string, remedy: string) =>
    `${at}: got "${value}", expected a value of your own, ${because}. ${remedy}`;
  const secret = (name: string, input = "") =>
    `slipway:${name}: expected a secret that only a person can supply, ${because}. ` +
    `Run: pulumi config set --secret slipway:${name}${input}`;
  const email = own(
    "slipway:platform.certManager.acmeEmail",
    "admin@example.com",
    "Write an address that somebody reads.",
  );
  const host = (value: string) => own(`${STUDIO}.host`, value, "Write a host of your own.");
  const registry = "Write the registry that holds your images.";
  const clientAndImages = [
    own(
      `${STUDIO}.azureClientId`,
      "00000000-0000-0000-0000-000000000000",
      "Write the id that your sign-in provider gave.",
    ),
    own(`${STUDIO}.backend.image`, "your-registry/kaizen-studio-backend:v1.0.0", registry),
    own(`${STUDIO}.frontend.image`, "your-registry/kaizen-studio-web:v1.0.0", registry),
    own(
      "slipway:runbooksUrl",
      "https://github.com/your-org/slipway/blob/main/docs/runbooks",
      "Write where your copy of docs/runbooks is read.",
    ),
  ];
  const missing = [secret("kubeconfig", " < FILE"), secret("kaizenStudioAzureClientSecret")];
  const lists: Record<string, string[]> = {
    local: [
      `slipway:cluster.kubeconfigFile: got ".local/kubeconfig", expected a file that exists, ${because}. ` +
        "Create it, or set slipway:kubeconfig in its place.",
      email,
      ...clientAndImages,
      secret("kaizenStudioAzureClientSecret"),
    ],
    dev: [email, host("dev.yourdomain.com"), ...clientAndImages, ...missing],
    staging: [email, host("staging.yourdomain.com"), ...clientAndImages, ...missing],
    prod: [email, host("studio.yourdomain.com"), ...clientAndImages, ...missing],
  };

  for (const [stack, problems] of Object.entries(lists)) {
    it(`${stack}: is refused with exactly these problems`, () => {
      const source = readStackFile(stack);
      const values = { ...source.values, "slipway:placeholders": "refused" };
      const checked = checkStack({ ...source, values }, () => undefined);
      assert.equal(
        describeProblems(source.file, checked.problems),
        [
          `Pulumi.${stack}.yaml has ${problems.length} problems:`,
          ...problems.map((problem, index) => `${index + 1}. ${problem}`),
        ].join("\n"),
      );
    });
  }

  it("local: is content with the file once it is there", () => {
    const source = readStackFile("local");
    const values = { ...source.values, "slipway:placeholders": "refused" };
    const { problems } = checkStack({ ...source, values }, () => "apiVersion: v1");
    assert.ok(!problems.some(({ path: at }) => at === "slipway:cluster.kubeconfigFile"));
  });
});
