import assert from "node:assert/strict";
import { Connections } from "../../../components/workloads/index.ts";
import { connectionPolicies } from "../../../components/workloads/connections.ts";
import { byName } from "../../../plan/recording.ts";
import { dependencyNames, outline, recordOn } from "../../support/recorded-program.ts";
import { connectionsArgs } from "../../support/workload-fixtures.ts";

describe("Connections", () => {
  it("makes one policy for each part, after what it is told to wait for", async () => {
    const recording = await recordOn(
      ({ providers, earlier }) =>
        new Connections("edges", connectionsArgs, { providers, dependsOn: [earlier] }),
    );
    assert.deepEqual(outline(recording), [
      "Connections edges",
      "NetworkPolicy edges-backend-policy",
      "NetworkPolicy edges-postgres-policy",
    ]);
    const policy = byName(recording, "edges-postgres-policy");
    assert.deepEqual(dependencyNames(policy), ["test-earlier"]);
    assert.deepEqual(policy.inputs["metadata"], {
      namespace: "studio",
      labels: {
        "app.kubernetes.io/name": "kaizen-studio",
        "app.kubernetes.io/component": "postgres",
        "app.kubernetes.io/managed-by": "slipway",
      },
    });
    assert.deepEqual(policy.inputs["spec"], connectionPolicies(connectionsArgs).get("postgres"));
  });
});
