import assert from "node:assert/strict";
import { stepsIn, type EngineResult } from "../../local/engine/index.ts";
import { startCloudStack, type CloudStack } from "../support/cloud-stack.ts";

const STUDIO = ["slipway:systems", "kaizenStudio"];
const STORED = "cluster-secret-kaizen-studio-kaizen-studio-secrets";

/** What an operation that went well was done to, but for components, by name. */
function touched(result: EngineResult): string[] {
  assert.equal(result.exitCode, 0, `${result.stdout}\n${result.stderr}`);
  return stepsIn(result.events)
    .filter(({ op, type }) => op !== "same" && !/^(slipway:|pulumi:pulumi:)/.test(type))
    .map(({ op, urn }) => `${op} ${urn.split("::").at(-1) ?? ""}`)
    .toSorted();
}

const CLOUDS = [
  {
    kind: "gke",
    example: undefined,
    stored:
      "gcp:secretmanager/secret:Secret projects/your-project/secrets/atlasia-prod-kaizen-studio-kaizen-studio-secrets",
  },
  {
    kind: "eks",
    example: "eks",
    stored:
      "aws:secretsmanager/secret:Secret arn:aws:secretsmanager:us-east-1:000000000000:secret:atlasia-prod/kaizen-studio-kaizen-studio-secrets-",
  },
] as const;

// Each is one story: every test begins where the one before it ended. Nobody there reads the store back.
for (const cloud of CLOUDS) {
  describe(`prod on ${cloud.kind}, with its secrets in the cloud's store`, () => {
    tellLife(cloud);
  });
}

function tellLife({ kind, example, stored }: (typeof CLOUDS)[number]): void {
  let stack: CloudStack;

  before(async () => {
    stack = await startCloudStack(example, `cloud-secrets-${kind}`);
    stack.set(["slipway:platform", "secretBackend"], "external");
    stack.set(["slipway:platform", "externalSecrets"], { enabled: true });
  });

  after(() => stack.stop());

  it("comes up with one secret below the stack's prefix, and then has nothing more to do", async () => {
    touched(await stack.engine.up());
    const found = stack.inventory().filter((line) => /secrets?manager\/secret:/.test(line));
    assert.equal(found.length, 1);
    assert.ok(found[0]?.startsWith(stored), found[0]);
    assert.deepEqual(touched(await stack.engine.preview()), []);
  });

  it("writes a rotated value before it is read, and rolls what reads it", async () => {
    stack.set([...STUDIO, "rotation"], { redisPassword: "2" });
    assert.deepEqual(touched(await stack.engine.up()), [
      `create-replacement ${STORED}-value`,
      "create-replacement kaizen-studio-secrets-redis-password",
      `delete-replaced ${STORED}-value`,
      "delete-replaced kaizen-studio-secrets-redis-password",
      `replace ${STORED}-value`,
      "replace kaizen-studio-secrets-redis-password",
      "update kaizen-studio-backend-deployment",
      "update kaizen-studio-redis-deployment",
      "update kaizen-studio-secrets-secret",
    ]);
  });
}
