import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { checkStack } from "../../../config/check-stack.ts";
import { ConfigError, refuseProblems } from "../../../config/config-error.ts";
import { openingLine } from "../../../config/opening-line.ts";
import { suggestion } from "../../../config/unknown-key.ts";
import { edited } from "./stack-sources.ts";

const problem = { path: "slipway:a", got: "1", expected: "2", remedy: "Raise it." };

describe("ConfigError", () => {
  it("puts a single problem on one line", () => {
    const error = new ConfigError("Pulumi.prod.yaml", [problem]);
    assert.equal(error.message, "Pulumi.prod.yaml: slipway:a: got 1, expected 2. Raise it.");
  });

  it("numbers several problems", () => {
    const error = new ConfigError("Pulumi.prod.yaml", [problem, { ...problem, path: "slipway:b" }]);
    assert.equal(
      error.message,
      "Pulumi.prod.yaml has 2 problems:\n" +
        "1. slipway:a: got 1, expected 2. Raise it.\n" +
        "2. slipway:b: got 1, expected 2. Raise it.",
    );
  });

  it("is printed by Pulumi without a stack trace", () => {
    assert.ok(pulumi.RunError.isInstance(new ConfigError("Pulumi.prod.yaml", [problem])));
  });

  it("is not thrown for an empty list", () => {
    refuseProblems("Pulumi.prod.yaml", []);
    assert.throws(() => {
      refuseProblems("Pulumi.prod.yaml", [problem]);
    }, ConfigError);
  });
});

describe("suggestion", () => {
  const known = ["minReplicas", "maxReplicas", "cpuUtilization"];
  it("names the nearest key", () => {
    assert.equal(suggestion("maxReplica", known), 'Did you mean "maxReplicas"?');
    assert.equal(suggestion("minreplicas", known), 'Did you mean "minReplicas"?');
  });

  it("is silent when nothing is near", () => {
    assert.equal(suggestion("colour", known), undefined);
    assert.equal(suggestion("x", []), undefined);
  });
});

describe("openingLine", () => {
  const line = (stack: string, changes: Record<string, unknown> = {}) => {
    const source = edited(stack, changes);
    const { config, ...checked } = checkStack(source);
    assert.ok(config !== undefined);
    return openingLine(source.file, { config, ...checked });
  };

  it("counts and names what is still to be supplied", () => {
    assert.equal(
      line("prod"),
      "Pulumi.prod.yaml: guard strict; 14 placeholders to replace before a real deployment: " +
        "slipway:cluster.project, slipway:cluster.deployer, slipway:cluster.admins[0], " +
        "slipway:cluster.viewers[0], " +
        "slipway:platform.certManager.acmeEmail, slipway:systems.kaizenStudio.host, " +
        "slipway:systems.kaizenStudio.azureClientId, slipway:systems.kaizenStudio.backend.image, " +
        "slipway:systems.kaizenStudio.frontend.image, slipway:runbooksUrl, " +
        "slipway:kaizenStudioAzureClientSecret, slipway:alertSlackUrl, " +
        "slipway:alertPagerDutyKey, slipway:alertDeadMansSwitchUrl.",
    );
  });

  it("says what guard relaxed lets pass", () => {
    assert.equal(
      line("local", {
        "slipway:systems": {},
        "slipway:platform.ingressNginx.replicas": 2,
        "slipway:platform.monitoring.replicas": 2,
        "slipway:platform.certManager.acmeEmail": "ops@acme.dev",
      }),
      "Pulumi.local.yaml: guard relaxed allows 2 settings that strict refuses: " +
        "slipway:platform.certManager.replicas, slipway:platform.monitoring.alerts; no placeholders.",
    );
  });
});
