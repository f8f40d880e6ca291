import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { locksFolder } from "../../local/engine/engine-folder.ts";
import { changesIn, engine, stepsIn, type Engine } from "../../local/engine/index.ts";
import { REPOSITORY } from "../../local/repository.ts";

const folder = path.join(REPOSITORY, ".e2e/engine");
const program = path.join(folder, "program");
const stateDir = path.join(folder, "state");

const source = (length: number) => `
import { Config } from "@pulumi/pulumi";
import { RandomId, RandomPassword } from "@pulumi/random";
const id: RandomId = new RandomId("id", { byteLength: ${length} });
const password = new RandomPassword("password", { length: 12 });
export const hex: unknown = id.hex;
export const secret = password.result;
export const node = process.version;
export const greeting = new Config("minimal").require("greeting");
`;

function writeProgram(length: number): void {
  fs.mkdirSync(program, { recursive: true });
  const files = {
    "Pulumi.yaml":
      "name: minimal\nmain: index.ts\nruntime: { name: nodejs, options: { typescript: false } }\n",
    "Pulumi.dev.yaml": "config:\n  minimal:greeting: hello\n",
    "package.json": '{ "type": "module" }\n',
    "index.ts": source(length),
  };
  for (const [name, text] of Object.entries(files)) {
    fs.writeFileSync(path.join(program, name), text);
  }
}

describe("the engine", () => {
  let pulumi: Engine;

  before(async () => {
    fs.rmSync(folder, { recursive: true, force: true });
    writeProgram(4);
    pulumi = await engine({ stateDir, stack: "dev", program });
  });

  it("brings a program up with the Node of the checkout and its config", async () => {
    const result = await pulumi.up();
    assert.equal(result.exitCode, 0, result.stdout);
    assert.deepEqual(changesIn(result.events), { create: 3 });
    const outputs = await pulumi.outputs();
    const bin = path.join(REPOSITORY, "node_modules/.bin/node");
    const version = execFileSync(bin, ["--version"], { encoding: "utf8" }).trim();
    assert.equal(outputs["node"], version);
    assert.equal(outputs["greeting"], "hello");
    assert.match(String(outputs["hex"]), /^[0-9a-f]{8}$/);
    assert.equal(outputs["secret"], "[secret]");
  });

  it("sees no change the second time, and a replacement when an input changes", async () => {
    assert.deepEqual(changesIn((await pulumi.preview()).events), {});
    writeProgram(8);
    const steps = stepsIn((await pulumi.preview()).events);
    const changed = steps.find(({ urn, op }) => urn.endsWith("::id") && op === "replace");
    assert.deepEqual(Object.keys(changed?.detailedDiff ?? {}), ["byteLength"]);
  });

  it("writes nothing into the program's folder", () => {
    assert.deepEqual(fs.readdirSync(program).sort(), [
      "Pulumi.dev.yaml",
      "Pulumi.yaml",
      "index.ts",
      "package.json",
    ]);
    const stackFile = fs.readFileSync(path.join(program, "Pulumi.dev.yaml"), "utf8");
    assert.equal(stackFile, "config:\n  minimal:greeting: hello\n");
  });

  it("keeps passphrase and state for their owner alone", () => {
    assert.equal(fs.statSync(pulumi.folder.passphrase).mode & 0o777, 0o600);
    assert.equal(fs.statSync(pulumi.folder.backend).mode & 0o777, 0o700);
  });

  it("passes Ctrl-C on once, ends in good order, and goes on from there", async () => {
    const script = `
      import { engine } from ${JSON.stringify(path.join(REPOSITORY, "local/engine/index.ts"))};
      const pulumi = await engine(${JSON.stringify({ stateDir, stack: "dev", program, show: true })});
      const result = await pulumi.up();
      process.stdout.write("\\ninterrupted " + String(result.interrupted));
      process.exit(0);`;
    const endless = "\nawait new Promise((resolve) => setTimeout(resolve, 60_000));\n";
    fs.appendFileSync(path.join(program, "index.ts"), endless);
    const bin = path.join(REPOSITORY, "node_modules/.bin/node");
    const child = spawn(bin, ["--input-type=module", "--eval", script], {
      stdio: ["ignore", "pipe", "inherit"],
      detached: true,
    });
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (!printed.includes("RandomId id") && (printed + text).includes("RandomId id")) {
        // To the whole group, as a terminal does.
        process.kill(-(child.pid ?? 0), "SIGINT");
      }
      printed += text;
    });
    await once(child, "exit");
    assert.match(printed, /interrupted true$/);

    writeProgram(8);
    const result = await pulumi.up();
    assert.equal(result.exitCode, 0, result.stdout);
    assert.deepEqual(changesIn((await pulumi.preview()).events), {});
  });

  it("says why it fails", async () => {
    fs.writeFileSync(path.join(program, "index.ts"), 'throw new Error("no such thing");\n');
    const result = await pulumi.up();
    assert.notEqual(result.exitCode, 0);
    const messages = result.events.map(({ diagnosticEvent }) => diagnosticEvent?.message ?? "");
    assert.match(messages.join("\n"), /no such thing/);
  });

  it("destroys, and forgets the stack when told, though a killed run left its lock", async () => {
    assert.equal((await pulumi.destroy()).exitCode, 0);
    assert.equal(pulumi.hasStack(), true);
    const locks = locksFolder(pulumi.folder, "minimal", "dev");
    const ended = spawnSync("true");
    const lock = { pid: ended.pid, username: "me", hostname: os.hostname() };
    fs.mkdirSync(locks, { recursive: true });
    fs.writeFileSync(path.join(locks, "left.json"), JSON.stringify(lock));
    await pulumi.removeStack();
    assert.equal(pulumi.hasStack(), false);
  });
});
