import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { PlanRefused } from "../../plan/make-plan.ts";
import { copyProgram, readTree, ROOT, runPlan, STACKS, urnsOf } from "./run-plan.ts";

describe("make plan", function () {
  this.timeout(120_000);
  let scratch = "";
  /** A copy of the program in another folder. */
  let copy = "";
  const plan = (stack: string) => path.join(scratch, "here", stack);

  before(async () => {
    scratch = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-plan-"));
    copy = path.join(scratch, "copy");
    fs.mkdirSync(copy);
    copyProgram(copy);
    for (const stack of STACKS) {
      const { code, stderr } = await runPlan([
        "--stack",
        stack,
        "--out",
        path.join(scratch, "here"),
      ]);
      assert.equal(code, 0, stderr);
    }
  });
  after(() => {
    fs.rmSync(scratch, { recursive: true });
  });

  for (const stack of ["local", "prod"]) {
    it(`${stack}: is the same byte for byte wherever and whenever it is made`, async () => {
      const env = { TZ: "Pacific/Kiritimati", LC_ALL: "C", HOME: scratch, TMPDIR: scratch };
      const { code, stderr } = await runPlan(["--stack", stack], { root: copy, cwd: copy }, env);
      assert.equal(code, 0, stderr);
      const [here, there] = [readTree(plan(stack)), readTree(path.join(copy, "out", stack))];
      assert.deepEqual([...there.keys()], [...here.keys()]);
      assert.deepEqual(there, here);
      for (const [file, text] of here) {
        for (const place of [ROOT, scratch, os.hostname()]) {
          assert.ok(!text.includes(place), `${file} names ${place}`);
        }
        assert.doesNotMatch(text, /\r/, `${file} has line ends of another system`);
      }
    });
  }

  for (const stack of STACKS) {
    it(`${stack}: has a file for every object and every release`, () => {
      const files = [...readTree(plan(stack)).keys()];
      const objects = urnsOf(plan(stack)).filter((urn) =>
        /(\$|::)kubernetes:[^$]*::[^:]*$/.test(urn),
      );
      const releases = objects.filter((urn) => urn.includes("kubernetes:helm.sh/v3:Release"));
      const below = (folder: string) =>
        files.filter((file) => file.startsWith(`${folder}/`)).length;
      assert.equal(below("manifests"), objects.length - releases.length);
      assert.equal(below("releases"), releases.length);
      assert.deepEqual(
        files.filter((file) => !file.includes("/")),
        ["resources.json", "summary.md"],
      );
    });

    // The engine knows a resource by its URN. One that goes away here is deleted in the next `up`, and
    // one that comes is created: after a rename both, unless the new one has the old one as its alias.
    it(`${stack}: no resource lost its URN`, () => {
      const golden = path.join(import.meta.dirname, `golden/${stack}.urns.txt`);
      const expected = fs.readFileSync(golden, "utf8").trimEnd().split("\n");
      assert.deepEqual(
        urnsOf(plan(stack)),
        expected,
        "Where that is meant (and a renamed resource has an alias): node tests/plan/golden/update.ts",
      );
    });
  }

  it("prod: shows the keys of a Secret and none of its values", () => {
    const files = readTree(plan("prod"));
    const secret = files.get("manifests/kaizen-studio/Secret-kaizen-studio-secrets.yaml") ?? "";
    assert.match(secret, /^ {2}postgres-password: /m);
    for (const text of files.values()) assert.ok(!text.includes("[generated]"));
  });

  it("prints what there is to know and where the rest is", async () => {
    const { stdout } = await runPlan(["--stack", "prod", "--out", "plans"], { cwd: scratch });
    const lines = stdout.trimEnd().split("\n");
    assert.match(lines[0] ?? "", /^Pulumi\.prod\.yaml: guard strict; \d+ placeholders to replace /);
    assert.match(
      lines[1] ?? "",
      /^\d+ resources: \d+ components, \d+ releases, \d+ Kubernetes objects in \d+ namespaces\.$/,
    );
    assert.match(
      lines[2] ?? "",
      /^Pods request at most .+, and the nodes have at most .+ for pods\.$/,
    );
    assert.match(
      lines.at(-1) ?? "",
      /^Written to plans\/prod in \d+\.\d s; start with plans\/prod\/summary\.md\.$/,
    );
  });

  it("tells in its summary where the nodes stand and who reaches the API server", () => {
    const section = (stack: string) => {
      const text = fs.readFileSync(path.join(plan(stack), "summary.md"), "utf8");
      return /^## Cluster\n\n(.*?)\n\n## /ms.exec(text)?.[1]?.split("\n");
    };
    const [zones, exposure = "", ...others] = section("prod") ?? [];
    assert.equal(zones, "- Its nodes stand in us-central1-a, us-central1-b, us-central1-c.");
    assert.match(exposure, /^- .*API server/);
    assert.deepEqual(others, []);
    assert.equal(section("local")?.length, 1);
  });

  it("leaves nothing behind of the plan before", async () => {
    const stale = path.join(plan("dev"), "manifests/_cluster/Namespace-gone.yaml");
    fs.writeFileSync(stale, "");
    await runPlan(["--stack", "dev", "--out", path.join(scratch, "here")]);
    assert.ok(!fs.existsSync(stale));
    assert.deepEqual(fs.readdirSync(path.join(scratch, "here")), [...STACKS].toSorted());
  });

  it("refuses a plan that does not fit its nodes, and writes nothing", async () => {
    const file = path.join(copy, "Pulumi.prod.yaml");
    const small = fs.readFileSync(file, "utf8").replace(/(min|max)Nodes: \d+/g, "$1Nodes: 3");
    fs.writeFileSync(path.join(copy, "Pulumi.small.yaml"), small);
    const { code, stdout, stderr } = await runPlan(["--stack", "small"], { root: copy });
    assert.equal(code, 1);
    assert.equal(stdout, "");
    assert.match(
      stderr,
      /^The plan of small has \d+ problems?:\n1\. slipway:cluster: nodePools: got 17550m of cpu /,
    );
    assert.ok(!fs.existsSync(path.join(copy, "out/small")));
  });

  it("refuses to replace sources, and a place that is no folder, without a trace", async () => {
    const sources = () => readTree(path.join(copy, "components"));
    const before = sources();
    fs.renameSync(path.join(copy, "Pulumi.dev.yaml"), path.join(copy, "Pulumi.components.yaml"));
    const run = (...args: string[]) => runPlan(args, { root: copy });
    const replaced = await run("--stack", "components", "--out", ".");
    const blocked = await run("--stack", "prod", "--out", "package.json");
    fs.renameSync(path.join(copy, "Pulumi.components.yaml"), path.join(copy, "Pulumi.dev.yaml"));
    assert.deepEqual([replaced.code, blocked.code], [1, 1]);
    assert.match(replaced.stderr, /^components: got a folder with \d+ entries and no .+\n$/);
    assert.match(blocked.stderr, /^package\.json\/prod: got not a directory \(ENOTDIR\), .+\n$/);
    assert.deepEqual(sources(), before);
  });

  it("fails with the stack file's own problems, without a trace", async () => {
    const { code, stderr } = await runPlan(["--stack", "nowhere"]);
    assert.equal(code, 1);
    assert.equal(
      stderr,
      "Pulumi.nowhere.yaml: got no such file, expected the file of one of the stacks dev, local, prod, " +
        "staging. Name one of them, or copy the file of one to make a new stack.\n",
    );
  });

  it("explains itself when it is called wrongly", async () => {
    const missing = await runPlan([]);
    assert.equal(missing.code, 2);
    assert.match(
      missing.stderr,
      /^The option --stack is missing\.\n\nUsage: node plan\/cli\.ts --stack /,
    );
    const unknown = await runPlan(["--stak", "prod"]);
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /^Unknown option '--stak'/);
    const help = await runPlan(["--help"]);
    assert.equal(help.code, 0);
    assert.match(help.stdout, /^Usage: /);
  });
});

describe("PlanRefused", () => {
  it("numbers every problem", () => {
    assert.equal(
      new PlanRefused("prod", ["a: b.", "c: d."]).message,
      "The plan of prod has 2 problems:\n1. a: b.\n2. c: d.",
    );
  });
});
