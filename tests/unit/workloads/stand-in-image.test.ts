import assert from "node:assert/strict";
import { describeProblem } from "../../../components/core/problem.ts";
import {
  checkApplicationImage,
  migrationImage,
  serverImage,
} from "../../../components/workloads/stand-in-image.ts";

const OWN = "registry.example.com/team/app:v1.0.0";

describe("an application's image", () => {
  const messages = (text: string, guard: "strict" | "relaxed") =>
    checkApplicationImage(text, guard, "backend.image").map(describeProblem);

  it("may be a stand-in, but not under guard strict", () => {
    assert.deepEqual(messages("stand-in", "relaxed"), []);
    assert.deepEqual(messages("stand-in", "strict"), [
      'backend.image: got "stand-in", expected an image of the application, because ' +
        "slipway:guard is strict. Write registry, repository and tag.",
    ]);
  });

  it("is judged as any image otherwise", () => {
    assert.deepEqual(messages(OWN, "strict"), []);
    assert.equal(messages("stand-in:latest", "strict").length, 1);
    assert.equal(messages("stand-ins", "relaxed").length, 1);
  });

  it("runs as it is, with the command of the migration", () => {
    assert.deepEqual(serverImage(OWN, 8000, "mirror.test"), { image: OWN });
    const command = ["migrate"];
    assert.deepEqual(migrationImage(OWN, command, "mirror.test"), { image: OWN, command });
  });

  it("is pulled through the mirror where it is a stand-in, and listens where the Service looks", () => {
    const image = "mirror.test/docker.io/hashicorp/http-echo:1.0.0";
    const server = serverImage("stand-in", 8000, "mirror.test");
    assert.equal(server.image, image);
    assert.equal(server.args?.[0], "-listen=:8000");
    assert.equal(migrationImage("stand-in", ["migrate"], "mirror.test").image, image);
  });
});
