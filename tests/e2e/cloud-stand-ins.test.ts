import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { changesIn, engine, stepsIn, type Engine } from "../../local/engine/index.ts";
import { AccountStore } from "../../local/providers/cloud/account-store.ts";
import { writeBehaviour } from "../../local/providers/cloud/behaviour.ts";
import { recordKey, type CloudRecord } from "../../local/providers/cloud/cloud-record.ts";
import { REPOSITORY } from "../../local/repository.ts";
import { record } from "../../plan/recording.ts";
import { plannedResource, statedResources } from "../support/cloud-state.ts";
import { inPlannedNames } from "../support/planned-names.ts";
import { CLOUD_PROGRAMS } from "../support/cloud-programs.ts";

for (const program of CLOUD_PROGRAMS) {
  const { cloud } = program;
  const folder = path.join(REPOSITORY, ".e2e/cloud-stand-ins", cloud);
  const source = path.join(folder, "program");
  const account = path.join(folder, "account");

  describe(`the stand-in for ${cloud}, through the engine`, function () {
    this.timeout(120_000);
    let pulumi: Engine;
    let store: AccountStore;

    function write(changed: boolean): void {
      fs.mkdirSync(source, { recursive: true });
      const project =
        "name: clouds\nmain: index.ts\nruntime: { name: nodejs, options: { typescript: false } }\n";
      fs.writeFileSync(path.join(source, "Pulumi.yaml"), project);
      fs.writeFileSync(path.join(source, "Pulumi.dev.yaml"), "config: {}\n");
      fs.writeFileSync(path.join(source, "package.json"), '{ "type": "module" }\n');
      fs.writeFileSync(path.join(source, "index.ts"), program.source(changed));
    }

    before(async () => {
      fs.rmSync(folder, { recursive: true, force: true });
      write(false);
      const stateDir = path.join(folder, "state");
      pulumi = await engine({ stateDir, stack: "dev", program: source, cloud: account });
      store = new AccountStore(account, cloud);
    });

    it("previews all of it while nothing exists", async () => {
      const { exitCode, stdout, events } = await pulumi.preview();
      assert.equal(exitCode, 0, stdout);
      // With the stack and the provider.
      assert.deepEqual(changesIn(events), { create: program.resources + 2 });
      assert.deepEqual(store.records(), []);
    });

    it("stops at a quota, and the next run goes on from there", async () => {
      writeBehaviour(account, cloud, { failures: [{ type: program.scarce, create: 2 }] });
      const stopped = await pulumi.up();
      assert.notEqual(stopped.exitCode, 0);
      assert.match(stopped.stdout, /[Qq]uota|LimitExceeded/);
      const there = store.records().length;
      assert.ok(there > 0 && there < program.resources);
      const next = await pulumi.up();
      assert.equal(next.exitCode, 0, next.stdout);
      assert.equal(store.records().length, program.resources);
    });

    it("leaves the state that the plan says, but for the digits of names", async () => {
      const file = pathToFileURL(path.join(source, "index.ts")).href;
      const recording = await record(() => import(file), { project: "clouds", stack: "dev" });
      const planned = recording.resources.filter(({ type }) => type.startsWith(`${cloud}:`));
      const stated = inPlannedNames(await statedResources(pulumi), planned);
      const byUrn = new Map(stated.map((one) => [one.urn, one]));
      assert.equal(byUrn.size, planned.length);
      for (const resource of planned) {
        assert.deepEqual(byUrn.get(resource.urn), plannedResource(resource), resource.urn);
      }
    });

    it("shows no change in a second preview, nor after a refresh", async () => {
      const second = await pulumi.preview("--expect-no-changes");
      assert.equal(second.exitCode, 0, second.stdout);
      const refreshed = await pulumi.run("refresh", "--preview-only", "--expect-no-changes");
      assert.equal(refreshed.exitCode, 0, refreshed.stdout);
    });

    it("makes anew what cannot change, and what hangs on it", async () => {
      write(true);
      const { exitCode, stdout, events } = await pulumi.up();
      assert.equal(exitCode, 0, stdout);
      const replaced = stepsIn(events)
        .filter(({ op }) => op === "replace")
        .map(({ urn }) => urn.slice(urn.lastIndexOf("::") + 2));
      assert.deepEqual(new Set(replaced), new Set(program.replaced));
    });

    it("destroys nothing that a stranger still uses", async () => {
      const held = store.records().find(({ name }) => name === program.held) ?? assert.fail();
      const stranger: CloudRecord = {
        ...held,
        ...program.stranger,
        name: "made-by-a-controller",
        inputs: {},
        needs: [recordKey(held)],
      };
      store.put(stranger);
      const { exitCode, stdout } = await pulumi.destroy();
      assert.notEqual(exitCode, 0);
      assert.match(stdout, program.refusal);
      store.remove(stranger);
    });

    it("destroys all of it and leaves an empty account", async () => {
      const { exitCode, stdout } = await pulumi.destroy();
      assert.equal(exitCode, 0, stdout);
      assert.deepEqual(store.records(), []);
    });
  });
}
