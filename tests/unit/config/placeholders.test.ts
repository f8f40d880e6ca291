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
