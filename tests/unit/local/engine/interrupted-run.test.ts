import assert from "node:assert/strict";
import {
  interruptedReleases,
  withPendingCreates,
  type Deployment,
} from "../../../../local/engine/interrupted-run.ts";

const release = {
  urn: "release",
  type: "kubernetes:helm.sh/v3:Release",
  inputs: { name: "r", namespace: "n" },
};
const deployment: Deployment = {
  resources: [{ urn: "stack", type: "pulumi:pulumi:Stack" }],
  pending_operations: [
    {
      type: "creating",
      resource: {
        urn: "deployment",
        type: "kubernetes:apps/v1:Deployment",
        inputs: { metadata: { name: "a", namespace: "n" } },
      },
    },
    {
      type: "creating",
      resource: {
        urn: "namespace",
        type: "kubernetes:core/v1:Namespace",
        inputs: { metadata: { name: "n" } },
      },
    },
    {
      type: "creating",
      resource: {
        urn: "stack",
        type: "kubernetes:core/v1:Secret",
        inputs: { metadata: { name: "s" } },
      },
    },
    { type: "creating", resource: { urn: "password", type: "random:index/randomId:RandomId" } },
    { type: "creating", resource: release },
    { type: "updating", resource: { ...release, id: "n/r" } },
  ],
};

describe("withPendingCreates", () => {
  const settled = withPendingCreates(deployment);

  it("takes objects in under the ID they would have, for a refresh to keep or drop", () => {
    assert.deepEqual(
      settled.resources?.map(({ urn, id }) => [urn, id]),
      [
        ["stack", undefined],
        ["deployment", "n/a"],
        ["namespace", "n"],
      ],
    );
  });

  it("keeps what else was under way, which a refresh settles", () => {
    assert.deepEqual(
      settled.pending_operations?.map(({ type }) => type),
      ["updating"],
    );
  });
});

describe("interruptedReleases", () => {
  it("names the releases that Helm may still think it is working on", () => {
    const name = { namespace: "n", name: "r" };
    assert.deepEqual(interruptedReleases(deployment.pending_operations ?? []), [name, name]);
  });
});
