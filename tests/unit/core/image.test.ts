import assert from "node:assert/strict";
import { checkImage, mirroredImage, parseImage } from "../../../components/core/image.ts";
import { describeProblem } from "../../../components/core/problem.ts";

const digest = `sha256:${"0".repeat(64)}`;

describe("parseImage", () => {
  const table: [string, object | undefined][] = [
    ["nginx", { repository: "nginx" }],
    ["localhost:5001/app", { repository: "localhost:5001/app" }],
    ["localhost:5001/app:v1", { repository: "localhost:5001/app", tag: "v1" }],
    [`ghcr.io/a/b@${digest}`, { repository: "ghcr.io/a/b", digest }],
    [`ghcr.io/a/b:v1@${digest}`, { repository: "ghcr.io/a/b", tag: "v1", digest }],
    ["Ghcr.io/a", undefined],
    ["a b", undefined],
    ["", undefined],
  ];
  for (const [text, reference] of table) {
    it(`splits ${JSON.stringify(text)}`, () => {
      assert.deepEqual(parseImage(text), reference);
    });
  }
});

describe("checkImage", () => {
  const messages = (text: string, guard: "strict" | "relaxed") =>
    checkImage(text, guard, "backend.image").map(describeProblem);

  it("asks for a tag", () => {
    assert.deepEqual(messages("your-registry/app", "relaxed"), [
      'backend.image: got "your-registry/app", expected a tag or digest. ' +
        "Write your-registry/app:v1.0.0 or the like.",
    ]);
  });

  it("refuses latest under strict only", () => {
    assert.deepEqual(messages("app:latest", "relaxed"), []);
    assert.deepEqual(messages("app:latest", "strict"), [
      'backend.image: got "app:latest", expected a fixed tag, because slipway:guard is strict. ' +
        "Name the version that is to run; latest cannot be rolled back.",
    ]);
  });

  it("takes latest with a digest, because the digest is what runs", () => {
    assert.deepEqual(messages(`app:latest@${digest}`, "strict"), []);
  });

  it("refuses what is no reference", () => {
    assert.deepEqual(messages("two words", "relaxed"), [
      'backend.image: got "two words", expected an image reference such as ' +
        "registry.example.com/team/app:v1.0.0. Write registry, repository and tag.",
    ]);
  });
});

describe("mirroredImage", () => {
  it("keeps the registry in the path, so that images of two registries do not meet", () => {
    const image = "quay.io/team/app:v1";
    assert.equal(
      mirroredImage(image, "mirror.test/public"),
      "mirror.test/public/quay.io/team/app:v1",
    );
    assert.equal(mirroredImage(image, undefined), image);
  });
});
