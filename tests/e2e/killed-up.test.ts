import assert from "node:assert/strict";
import { engine } from "../../local/engine/index.ts";
import { startStack, type RunningStack } from "../support/running-stack.ts";
import { viewCluster } from "../support/cluster-inventory.ts";

describe("an up that is killed in the middle", () => {
  let stack: RunningStack;

  before(async () => {
    stack = await startStack("local", "killed-up");
  });

  after(() => stack.stop());

  it("converges when it is run again", async () => {
    const cluster = viewCluster(stack.controlPlane.kubeconfig);
    const namespaces = async () =>
      (await cluster.list("v1", "Namespace")).map(({ metadata }) => metadata?.name);

    let running = 0;
    const started = (pid: number) => {
      running = pid;
    };
    const doomed = await engine({ ...stack.engineOptions, started });
    const kill = async (): Promise<boolean> => {
      for (let tries = 0; tries < 600; tries++) {
        // The platform's namespaces are there by then, and most of the rest is not.
        if ((await namespaces()).includes("cert-manager")) {
          return process.kill(-running, "SIGKILL");
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return false;
    };
    const [first, killed] = await Promise.all([doomed.up(), kill()]);
    assert.ok(killed, "the run ended before it could be killed");
    assert.equal(first.exitCode, undefined);

    const second = await stack.engine.up();
    assert.equal(second.exitCode, 0, `${second.stdout}\n${second.stderr}`);
    const third = await stack.engine.preview("--expect-no-changes");
    assert.equal(third.exitCode, 0, third.stdout);
    const last = await stack.engine.destroy();
    assert.equal(last.exitCode, 0, last.stdout);
  });
});
