import assert from "node:assert/strict";
import { describeProblem } from "../../../components/core/problem.ts";
import { checkKaizenStudio } from "../../../systems/kaizen-studio/check.ts";
import type { GivenSecrets } from "../../../systems/kaizen-studio/life.ts";
import { checkSignIn } from "../../../systems/kaizen-studio/sign-in.ts";
import type { KaizenStudioSettings } from "../../../systems/kaizen-studio/settings.ts";
import { kaizenSettings } from "../../support/workload-fixtures.ts";

const { backend, frontend } = kaizenSettings;

const messages = (change: Partial<KaizenStudioSettings>, given: GivenSecrets = []) =>
  checkKaizenStudio({ ...kaizenSettings, ...change }, "strict", given).map(describeProblem);

describe("checkKaizenStudio, of the life of the system", () => {
  it("has nothing against running, suspended, and a removal that is meant", () => {
    assert.deepEqual(messages({}), []);
    assert.deepEqual(messages({ state: "suspended" }), []);
    assert.deepEqual(messages({ state: "removed", deleteData: true }), []);
  });

  it("removes nothing that was not asked for twice", () => {
    assert.deepEqual(messages({ state: "removed" }), [
      'state: got "removed", expected deleteData: true beside it, because databases and their backups ' +
        "go too. Take a backup out of the cluster, then add deleteData: true; or write suspended.",
    ]);
  });

  it("lets the second word not lie about while it runs", () => {
    assert.deepEqual(messages({ deleteData: true }), [
      "deleteData: got true, expected false, because state is running. " +
        "Write it together with state: removed, or the next removal asks nobody.",
    ]);
    // It lifts the protection of the volumes, which removal would run into.
    assert.deepEqual(messages({ state: "suspended", deleteData: true }), []);
  });

  it("rotates what it generates and nothing that config gives", () => {
    const rotation = { postgresPassword: "2", redisPassword: "2", jwtKey: "2" };
    assert.deepEqual(messages({ rotation }), []);
    const remedy = "Set that secret to another value, or remove it to have one generated.";
    assert.deepEqual(
      messages({ rotation }, ["postgresPassword", "redisPassword", "jwtSecret"]),
      [
        ["postgresPassword", "kaizenStudioPostgresPassword"],
        ["redisPassword", "kaizenStudioRedisPassword"],
        ["jwtKey", "kaizenStudioJwtSecret"],
      ].map(
        ([name, key]) =>
          `rotation.${String(name)}: got "2", expected nothing, because slipway:${String(key)} ` +
          `gives the value. ${remedy}`,
      ),
    );
  });

  it("takes no secret for what a key pair signs", () => {
    assert.deepEqual(messages({ jwtAlgorithm: "RS256" }), []);
    assert.deepEqual(messages({ jwtAlgorithm: "HS256" }, ["jwtSecret"]), []);
    assert.deepEqual(messages({ jwtAlgorithm: "RS256" }, ["jwtSecret"]), [
      'jwtAlgorithm: got "RS256", expected "HS256", because slipway:kaizenStudioJwtSecret is set. ' +
        "Remove that secret: RS256 signs with a generated key pair.",
    ]);
  });
});

describe("checkKaizenStudio, of the way to the sign-in provider", () => {
  it("takes ranges of both families, and none at all", () => {
    assert.deepEqual(messages({ signInAddresses: ["40.126.0.0/18", "2603:1006:2000::/48"] }), []);
    assert.deepEqual(messages({ signInAddresses: [] }), []);
  });

  it("refuses what is no range, and under guard strict the whole internet", () => {
    const bad = [
      "login.microsoftonline.com",
      "40.126.0.0",
      "40.126.0.0/33",
      "::/129",
      "1.2.3.4/8/9",
    ];
    for (const range of bad) {
      assert.deepEqual(messages({ signInAddresses: [range] }), [
        `signInAddresses[0]: got "${range}", expected an address range such as 20.190.128.0/18. ` +
          "Write an address, a slash and a prefix length.",
      ]);
    }
    const everywhere = { ...kaizenSettings, signInAddresses: ["0.0.0.0/0"] };
    assert.deepEqual(messages(everywhere), [
      'signInAddresses[0]: got "0.0.0.0/0", expected a part of the internet, because slipway:guard is ' +
        "strict. Name the ranges that your sign-in provider publishes.",
    ]);
    assert.deepEqual(checkSignIn(everywhere, "relaxed"), []);
  });
});

describe("checkKaizenStudio, of backups", () => {
  const asking = (store: "postgres" | "redis", file: string, requestedAt = "2026-11-21T10:00") => ({
    [store]: { ...kaizenSettings[store], restore: { file, requestedAt } },
  });

  it("takes a schedule, and files of the kind that the store has", () => {
    assert.deepEqual(
      messages({ backup: { ...kaizenSettings.backup, schedule: "*/30 * * * *" } }),
      [],
    );
    assert.deepEqual(messages(asking("postgres", "kaizen-studio-20261121T020000Z.dump")), []);
    assert.deepEqual(messages(asking("redis", "latest")), []);
  });

  it("refuses what the blocks would refuse, under the keys of the stack file", () => {
    const change = {
      backup: { ...kaizenSettings.backup, schedule: "daily" },
      ...asking("postgres", "backup.rdb", "soon!"),
      redis: { ...kaizenSettings.redis, backupStorage: "20" },
    };
    assert.deepEqual(
      messages(change).map((message) => message.split(", expected")[0]),
      [
        'postgres.restore.file: got "backup.rdb"',
        'postgres.restore.requestedAt: got "soon!"',
        'redis.backupStorage: got "20"',
        'backup.schedule: got "daily"',
      ],
    );
  });

  it("restores nothing while it is suspended", () => {
    assert.deepEqual(messages({ state: "suspended", ...asking("postgres", "latest") }), [
      'postgres.restore: got "latest", expected nothing, because state is suspended. ' +
        "Leave it out, and ask again once the system runs.",
    ]);
  });
});

describe("checkKaizenStudio, of what a stack adds", () => {
  it("has nothing against names of its own", () => {
    const texts = { LOG_LEVEL: "WARNING", _X1: "" };
    assert.deepEqual(
      messages({
        backend: { ...backend, extraEnv: texts, extraConfig: texts },
        frontend: { ...frontend, extraEnv: texts },
      }),
      [],
    );
  });

  it("refuses what is no name, what other settings decide, and what the Secret gives", () => {
    const found = messages({
      backend: {
        ...backend,
        extraConfig: { CORS_ORIGINS: "*", JWT_ALGORITHM: "none" },
        extraEnv: { DATABASE_URL: "hidden", "not a name": "hidden", JWT_PRIVATE_KEY: "hidden" },
      },
      frontend: { ...frontend, extraEnv: { DEBUG: "true" } },
    });
    const derived = "a name that follows from no other setting";
    const secret =
      "expected a name that the Secret does not give. " +
      "Set the secret's own key: this file is in clear.";
    assert.deepEqual(found, [
      `backend.extraConfig.CORS_ORIGINS: expected ${derived}. Change host instead.`,
      `backend.extraConfig.JWT_ALGORITHM: expected ${derived}. Change jwtAlgorithm instead.`,
      `backend.extraEnv.DATABASE_URL: ${secret}`,
      "backend.extraEnv.not a name: expected the name of an environment variable. " +
        "Use letters, digits and underscores, and no digit first.",
      `backend.extraEnv.JWT_PRIVATE_KEY: ${secret}`,
      `frontend.extraEnv.DEBUG: expected ${derived}. Change debug instead.`,
    ]);
  });
});
