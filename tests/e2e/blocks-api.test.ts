import assert from "node:assert/strict";
import {
  Migration,
  ScheduledJob,
  StatefulService,
  SystemNamespace,
  Worker,
} from "../../components/workloads/index.ts";
import type { Manifest } from "../../local/providers/kubernetes/manifest.ts";
import { planModel, type PlanModel } from "../../plan/model/plan-model.ts";
import * as blocks from "../support/block-fixtures.ts";
import { recordOn } from "../support/recorded-program.ts";
import { startStack, type RunningStack } from "../support/running-stack.ts";
import { storeSecret } from "../support/store-fixtures.ts";
import { createStoresOfEveryMode } from "../support/store-modes.ts";
import { strictApi, type StrictApi } from "../support/strict-api.ts";
import { namespaceArgs } from "../support/workload-fixtures.ts";

/** Every block that runs pods without HTTP, in one namespace. */
async function everyBlock(): Promise<PlanModel> {
  const recording = await recordOn(({ providers }) => {
    const home = new SystemNamespace("home", namespaceArgs, { providers });
    const opts = { providers, dependsOn: [home] };
    const source = storeSecret("secrets", opts);
    createStoresOfEveryMode(home, source, opts);
    new Migration("schema", blocks.migrationArgs, opts);
    new ScheduledJob("report", blocks.scheduledJobArgs, opts);
    new StatefulService("queue", { ...blocks.statefulServiceArgs, replicas: 3 }, opts);
    new Worker("worker", blocks.workerArgs, opts);
  });
  const storageClasses = { standard: "standard", fastSsd: "fast-ssd" };
  return planModel(recording, { nodePools: [], storageClasses });
}

describe("the API server, asked about the blocks", () => {
  let running: RunningStack;
  let api: StrictApi;
  let model: PlanModel;

  before(async () => {
    running = await startStack("prod", "blocks");
    api = strictApi(running.controlPlane.kubeconfig);
    model = await everyBlock();
    await api.createAll(model.ofKind("Namespace").map(({ body }) => body as unknown as Manifest));
  });

  after(() => running.stop());

  it("accepts every object in a dry run with strict field validation", async () => {
    const objects = model.objects.filter(({ namespace }) => namespace === "studio");
    assert.ok(objects.length > 50, String(objects.length));
    const refusals = await Promise.all(
      objects.map(({ body }) => api.refusal(body as unknown as Manifest)),
    );
    assert.deepEqual(
      refusals.filter((text) => text !== undefined),
      [],
    );
  });

  it("lets every pod into a namespace that is restricted", async () => {
    const names = model.pods.map(({ owner }) => owner.name).toSorted();
    assert.equal(names.length, 13, names.join());
    for (const { owner, spec, claimTemplates } of model.pods) {
      // A StatefulSet adds these when it makes the pod.
      const own = claimTemplates.map((claim) => ({
        name: (claim["metadata"] as { name: string }).name,
        emptyDir: {},
      }));
      const volumes = [...(spec["volumes"] as object[]), ...own];
      const pod = {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "trial", namespace: "studio" },
        spec: { ...spec, volumes, serviceAccountName: "default" },
      };
      assert.equal(await api.refusal(pod as unknown as Manifest), undefined, owner.name);
    }
  });
});
