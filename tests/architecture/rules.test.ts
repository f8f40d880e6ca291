import assert from "node:assert/strict";
import { read, repositoryFiles } from "./source-files.ts";

const PROGRAM = /^(index\.ts|components\/|systems\/|config\/)/;

/** Files among `files` whose text matches, as `path: the match`. */
function hits(files: readonly string[], pattern: RegExp): string[] {
  return files.flatMap((file) => {
    const match = pattern.exec(read(file));
    return match === null ? [] : [`${file}: ${match[0]}`];
  });
}

describe("rules of construction that the source shows", () => {
  const sources = repositoryFiles(".ts");
  const program = sources.filter((file) => PROGRAM.test(file));

  it("index.ts is wiring of at most 60 lines", () => {
    assert.ok(read("index.ts").split("\n").length <= 60);
  });

  it("no file holds more than 300 lines besides blanks and comments", () => {
    const long = sources
      .filter((file) => !file.endsWith(".test.ts"))
      .map((file) => {
        const lines = read(file).split("\n");
        return { file, lines: lines.filter((line) => !/^\s*(\/\/|\*|\/\*|$)/.test(line)).length };
      })
      .filter(({ lines }) => lines > 300);
    assert.deepEqual(long, []);
  });

  it("no code reads the stack's name, but for naming the stack's file in config/", () => {
    const outside = program.filter((file) => !file.startsWith("config/"));
    assert.deepEqual(hits(outside, /getStack\(|PULUMI_STACK/), []);
  });

  it("nothing outside components/clusters/ asks which cloud it is", () => {
    const outside = program.filter((file) => !/^(components\/clusters|config)\//.test(file));
    assert.deepEqual(hits(outside, /["'`](gke|eks|aks)["'`]/), []);
  });

  it("the program does not ask how it is run", () => {
    assert.deepEqual(hits(program, /isDryRun\(|runtime\.isMock|PULUMI_NODEJS_DRY_RUN/), []);
  });

  it("no file or folder has a name that says nothing", () => {
    const vague = /(^|\/)(utils?|helpers?|common|misc|manager)(\/|\.[jt]s$)/;
    assert.deepEqual(
      repositoryFiles("").filter((file) => vague.test(file)),
      [],
    );
  });

  it("the lockfile names no registry", () => {
    assert.deepEqual(hits(["package-lock.json"], /"resolved":|https?:\/\/registry\.[^"]+/), []);
  });

  it("no stack file holds a secret in clear or in cipher", () => {
    const stackFiles = repositoryFiles(".yaml").filter((file) => /^Pulumi\..+\.yaml$/.test(file));
    assert.ok(stackFiles.length >= 4);
    assert.deepEqual(hits(stackFiles, /secure:|encryptionsalt|password:|-----BEGIN/i), []);
  });
});
