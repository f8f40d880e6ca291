import assert from "node:assert/strict";
import { placeholderLeaves, placeholderProblem } from "../../../config/placeholders.ts";
import { describeProblem } from "../../../components/core/problem.ts";

describe("placeholderLeaves", () => {
  const placeholders = [
    "yourdomain.com",
    "studio.yourdomain.com",
    "example.com",
    "api.example.org",
    "example.net",
    "actor-mesh.local",
    "your-registry/web:v1.0.0",
    "your-registry.com/web:v1.0.0",
    "admin@example.com",
    "ops@mail.yourdomain.com",
    "00000000-0000-0000-0000-000000000000",
    "your-project",
    "your-project-2",
    "serviceAccount:deployer@your-project.iam.gserviceaccount.com",
    "group:platform@example.com",
    "domain:example.com",
    "000000000000",
    "arn:aws:iam::000000000000:role/deployer",
    "192.0.2.0/24",
    "198.51.100.7/32",
    "203.0.113.128/25",
    "https://github.com/your-org/slipway/blob/main/docs/runbooks",
  ];
  for (const value of placeholders) {
    it(`takes ${value} for a placeholder`, () => {
      assert.deepEqual(
        placeholderLeaves({ a: [{ b: value }] }).map(({ path }) => path),
        ["a[0].b"],
      );
    });
  }

  const real = [
    "studio.localhost",
    "studio.acme.dev",
    "notexample.com",
    "example.com.acme.dev",
    "local",
    "ghcr.io/your-registry/web:v1.0.0",
    "ops@acme.dev",
    "123e4567-e89b-12d3-a456-426614174000",
    ".local/kubeconfig",
    "https://github.com/acme/slipway/blob/main/docs/runbooks",
    "100m",
    "acme-your-project",
    "your-projection",
    "serviceAccount:deployer@acme.iam.gserviceaccount.com",
    "group:platform@acme.dev",
    "123456789012",
    "0000000000000",
    "arn:aws:iam::123456789012:role/deployer",
    "192.0.20.0/24",
    "10.64.0.0/16",
    "",
  ];
  for (const value of real) {
    it(`takes ${JSON.stringify(value)} for a real value`, () => {
      assert.deepEqual(placeholderLeaves({ value }), []);
    });
  }

  it("reports them in the order of the file and skips what is no text", () => {
    const uses = placeholderLeaves({
      z: "example.com",
      n: 3,
      b: true,
      none: null,
      a: "example.org",
    });
    assert.deepEqual(uses, [
      { path: "z", value: "example.com", remedy: "Write a host of your own." },
      { path: "a", value: "example.org", remedy: "Write a host of your own." },
    ]);
  });
});

describe("placeholderLeaves, in its remedies", () => {
  const remedies: [value: string, remedy: string][] = [
    ["your-project", "Write the id of your project."],
    ["deployer@your-project.iam.gserviceaccount.com", "Write a principal of your project."],
    ["group:platform@example.com", "Write a principal of your own."],
    ["000000000000", "Write the number of your account."],
    ["arn:aws:iam::000000000000:role/platform", "Write a role or user of your account."],
    ["192.0.2.0/24", "Write the ranges that deployments and people come from."],
  ];
  for (const [value, remedy] of remedies) {
    it(`leads on from ${value}`, () => {
      assert.deepEqual(placeholderLeaves({ value }), [{ path: "value", value, remedy }]);
    });
  }
});

describe("placeholderProblem", () => {
  it("words a placeholder that is written", () => {
    const [use] = placeholderLeaves({ "slipway:image": "your-registry/web:v1.0.0" });
    assert.ok(use !== undefined);
    assert.equal(
      describeProblem(placeholderProblem(use)),
      'slipway:image: got "your-registry/web:v1.0.0", expected a value of your own, because ' +
        "slipway:placeholders is refused. Write the registry that holds your images.",
    );
  });
});
