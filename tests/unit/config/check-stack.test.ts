import assert from "node:assert/strict";
import { checkStack } from "../../../config/check-stack.ts";
import { ENCRYPTED } from "../../../config/stack-source.ts";
import { edited, message, onOwnCluster } from "./stack-sources.ts";

const STUDIO = "slipway:systems.kaizenStudio";

describe("checkStack", () => {
  it("names every problem of a file at once, of shape and of meaning", () => {
    const source = onOwnCluster("prod", {
      "slipway:placeholders": "refused",
      [`${STUDIO}.backend.hpa.maxReplicas`]: 2,
      [`${STUDIO}.frontend.replica`]: 2,
      [`${STUDIO}.frontend.replicas`]: "two",
      [`${STUDIO}.backend.image`]: "ghcr.io/acme/studio",
      [`${STUDIO}.frontend.image`]: "ghcr.io/acme/web:latest",
      [`${STUDIO}.host`]: "studio.acme.dev",
      [`${STUDIO}.azureClientId`]: "123e4567-e89b-12d3-a456-426614174000",
      "slipway:platform.monitoring.retentionDays": undefined,
      "slipway:grafanaAdminPassword": "hunter2",
      "slipway:alertSlackUrl": "given",
      "slipway:alertPagerDutyKey": "given",
      "slipway:alertDeadMansSwitchUrl": "given",
    });
    const because = "because slipway:placeholders is refused";
    const alerts = Object.keys(source.values).filter((key) => key.startsWith("slipway:alert"));
    assert.equal(
      message({ ...source, secretKeys: ["slipway:kubeconfig", ...alerts] }),
      [
        "Pulumi.prod.yaml has 11 problems:",
        "1. slipway:platform.monitoring.retentionDays: expected a whole number from 1 to 365. " +
          "Add the key.",
        `2. ${STUDIO}.frontend.replicas: got "two", expected a whole number from 1 to 20. ` +
          "Write digits, without quotes.",
        `3. ${STUDIO}.frontend.replica: got an unknown key, expected a known one. ` +
          'Did you mean "replicas"?',
        `4. ${STUDIO}.backend.image: got "ghcr.io/acme/studio", expected a tag or digest. ` +
          "Write ghcr.io/acme/studio:v1.0.0 or the like.",
        `5. ${STUDIO}.backend.hpa.maxReplicas: got 2, expected at least minReplicas (3). ` +
          "Raise maxReplicas or lower minReplicas.",
        `6. ${STUDIO}.frontend.image: got "ghcr.io/acme/web:latest", expected a fixed tag, because ` +
          "slipway:guard is strict. Name the version that is to run; latest cannot be rolled back.",
        `7. slipway:platform.certManager.acmeEmail: got "admin@example.com", expected a value of your ` +
          `own, ${because}. Write an address that somebody reads.`,
        `8. slipway:runbooksUrl: got "https://github.com/your-org/slipway/blob/main/docs/runbooks", ` +
          `expected a value of your own, ${because}. Write where your copy of docs/runbooks is read.`,
        `9. slipway:kubeconfig: expected a secret that only a person can supply, ${because}. ` +
          "Run: pulumi config set --secret slipway:kubeconfig < FILE",
        `10. slipway:kaizenStudioAzureClientSecret: expected a secret that only a person can supply, ` +
          `${because}. Run: pulumi config set --secret slipway:kaizenStudioAzureClientSecret`,
        "11. slipway:grafanaAdminPassword: got a value in clear, expected an encrypted one. " +
          "Run: pulumi config set --secret slipway:grafanaAdminPassword, and take the old value for " +
          "known to others.",
      ].join("\n"),
    );
  });

  it("never shows what is encrypted, wherever it stands", () => {
    const plain = edited("prod", { "slipway:systems": ENCRYPTED, "slipway:grafanPassword": "x" });
    const source = { ...plain, secretKeys: ["slipway:systems"] };
    assert.equal(
      message(source),
      "Pulumi.prod.yaml has 2 problems:\n" +
        "1. slipway:systems: got an encrypted value, expected a map of keys. " +
        "Write it in clear: secrets have keys of their own.\n" +
        "2. slipway:grafanPassword: got an unknown key, expected a known one. " +
        'Did you mean "slipway:grafanaAdminPassword"?',
    );
  });

  it("does not look at values of encrypted keys even when it is handed them", () => {
    const source = edited("prod", { "slipway:guard": "hunter2" });
    const text = message({ ...source, secretKeys: ["slipway:guard"] });
    assert.equal(
      text,
      'Pulumi.prod.yaml: slipway:guard: got an encrypted value, expected one of "strict", "relaxed". ' +
        "Write it in clear: secrets have keys of their own.",
    );
  });

  it("leaves the engine's own keys alone", () => {
    assert.equal(message(edited("prod", { "pulumi:tags": { team: "a" } })), undefined);
  });

  it("refuses keys that nothing reads, without showing what they hold", () => {
    const source = edited("prod", {
      "slipwya:guard": "strict",
      "slipwya:kaizenStudioJwtSecret": "hunter2",
      "kubernetes:context": "elsewhere",
      "aws:region": "eu-central-1",
    });
    const stray = "got a key of a namespace that nothing reads, expected one of slipway, pulumi.";
    const remove = "Remove it: every provider is made from slipway:cluster.";
    assert.equal(
      message(source),
      [
        "Pulumi.prod.yaml has 4 problems:",
        `1. slipwya:guard: ${stray} Did you mean "slipway:guard"?`,
        `2. slipwya:kaizenStudioJwtSecret: ${stray} Did you mean "slipway:kaizenStudioJwtSecret"?`,
        `3. kubernetes:context: ${stray} ${remove}`,
        `4. aws:region: ${stray} ${remove}`,
      ].join("\n"),
    );
  });

  const providers: [title: string, value: unknown, message: string][] = [
    ["left on", undefined, "expected RULE. Add the key."],
    ["off in part", ["aws"], 'got another value, expected RULE. Write ["*"].'],
  ];
  for (const [title, value, text] of providers) {
    it(`refuses default providers that are ${title}`, () => {
      const rule = '["*"], because nothing may use the cluster or account that the shell points at';
      assert.equal(
        message(edited("prod", { "pulumi:disable-default-providers": value })),
        `Pulumi.prod.yaml: pulumi:disable-default-providers: ${text.replace("RULE", rule)}`,
      );
    });
  }

  it("takes a stack without systems, which then needs no secret of theirs", () => {
    const { problems, placeholders } = checkStack(onOwnCluster("dev", { "slipway:systems": {} }));
    assert.deepEqual(problems, []);
    assert.deepEqual(
      placeholders.map(({ path }) => path),
      ["slipway:platform.certManager.acmeEmail", "slipway:kubeconfig"],
    );
  });

  it("asks nothing of an add-on that is turned off", () => {
    const source = edited("staging", {
      "slipway:platform.monitoring.enabled": false,
      "slipway:platform.monitoring.replicas": 1,
    });
    assert.equal(message(source), undefined);
  });

  it("lists what guard relaxed allows and strict would refuse", () => {
    const source = edited("dev", { [`${STUDIO}.frontend.image`]: "ghcr.io/acme/web:latest" });
    assert.deepEqual(
      checkStack(source).concessions.map(({ path }) => path),
      [
        "slipway:cluster.nodePools[0].minNodes",
        "slipway:cluster.deletionProtection",
        "slipway:cluster.retainData",
        "slipway:platform.certManager.replicas",
        "slipway:platform.ingressNginx.replicas",
        "slipway:platform.monitoring.replicas",
        "slipway:platform.monitoring.alerts",
        `${STUDIO}.debug`,
        `${STUDIO}.backend.hpa.minReplicas`,
        `${STUDIO}.frontend.image`,
        `${STUDIO}.frontend.replicas`,
      ],
    );
  });
});
