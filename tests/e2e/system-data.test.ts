import assert from "node:assert/strict";
import type {
  V1CronJob,
  V1Deployment,
  V1Job,
  V1PersistentVolumeClaim,
  V1Secret,
  V1StatefulSet,
} from "@kubernetes/client-node";
import { viewCluster, type ClusterView } from "../support/cluster-inventory.ts";
import { quoted, review, succeeded } from "../support/engine-review.ts";
import { startStack, type RunningStack } from "../support/running-stack.ts";

const NAMESPACE = "kaizen-studio-local";
const KAIZEN = ["slipway:systems", "kaizenStudio"];

// One story, as a person on call lives it: more room, another password, a backup that is wanted back.
describe("the data of a system on the real engine and API server", () => {
  let stack: RunningStack;
  let cluster: ClusterView;

  const set = (keys: readonly string[], value: unknown) => {
    stack.set([...KAIZEN, ...keys], value);
  };
  const previewed = async () => review(succeeded(await stack.engine.preview()));
  const up = async () => succeeded(await stack.engine.up());

  const claims = async () => {
    const all = await cluster.list<V1PersistentVolumeClaim>(
      "v1",
      "PersistentVolumeClaim",
      NAMESPACE,
    );
    return new Map(
      all.map(({ metadata, spec }) => [
        metadata?.name ?? "",
        { uid: metadata?.uid, size: spec?.resources?.requests?.["storage"] },
      ]),
    );
  };

  /** Generation of what runs pods: a new one where the spec was changed. */
  const generations = async () => {
    const sets = await cluster.list<V1StatefulSet>("apps/v1", "StatefulSet", NAMESPACE);
    const deployments = await cluster.list<V1Deployment>("apps/v1", "Deployment", NAMESPACE);
    return new Map(
      [...sets, ...deployments].map(({ metadata, spec }) => [
        metadata?.name ?? "",
        JSON.stringify(spec?.template),
      ]),
    );
  };
  async function rolledBy(work: () => Promise<unknown>): Promise<string[]> {
    const earlier = await generations();
    await work();
    const later = [...(await generations())];
    return later.filter(([name, template]) => template !== earlier.get(name)).map(([name]) => name);
  }

  const jobs = async () => {
    const all = await cluster.list<V1Job>("batch/v1", "Job", NAMESPACE);
    return all.filter(({ metadata }) => metadata?.name?.includes("restore"));
  };

  const secretData = async () => {
    const all = await cluster.list<V1Secret>("v1", "Secret", NAMESPACE);
    const found = all.find(({ metadata }) => metadata?.name === "kaizen-studio-secrets");
    return found?.data ?? {};
  };

  before(async () => {
    stack = await startStack("local", "system-data");
    cluster = viewCluster(stack.controlPlane.kubeconfig);
    for (const addOn of ["certManager", "ingressNginx", "monitoring"]) {
      stack.set(["slipway:platform", addOn, "enabled"], false);
    }
    await up();
  });

  after(() => stack.stop());

  it("backs both stores up by a CronJob each, to a volume each", async () => {
    const all = await cluster.list<V1CronJob>("batch/v1", "CronJob", NAMESPACE);
    assert.deepEqual(
      all.map(({ metadata, spec }) => [metadata?.name, spec.schedule, spec.suspend]).toSorted(),
      [
        ["postgres-backup", "0 2 * * *", false],
        ["redis-backup", "0 2 * * *", false],
      ],
    );
  });

  it("gives a volume more room where it is, while the pods run", async () => {
    const earlier = await claims();
    set(["postgres", "storage"], "60Gi");
    set(["redis", "storage"], "20Gi");
    assert.deepEqual(await previewed(), [
      "update postgres-server-claim-data-postgres-0 spec.resources.requests.storage",
      "update redis-claim-redis-data spec.resources.requests.storage",
    ]);
    assert.deepEqual(await rolledBy(up), []);
    const later = await claims();
    assert.deepEqual(
      ["data-postgres-0", "redis-data"].map((name) => later.get(name)?.size),
      ["60Gi", "20Gi"],
    );
    for (const [name, { uid }] of later) assert.equal(uid, earlier.get(name)?.uid, name);
    succeeded(await stack.engine.preview("--expect-no-changes"));
  });

  it("is refused less room, and goes on with what it has", async () => {
    set(["postgres", "storage"], "40Gi");
    const refused = await stack.engine.up();
    assert.notEqual(refused.exitCode, 0);
    assert.match(`${refused.stdout}${refused.stderr}`, /can not be less than/i);
    assert.equal((await claims()).get("data-postgres-0")?.size, "60Gi");
    set(["postgres", "storage"], "60Gi");
    await up();
  });

  it("draws the database's password anew, and rolls the server and what logs in", async () => {
    const earlier = await secretData();
    set(["rotation", "postgresPassword"], quoted("2026-11-21"));
    assert.deepEqual(await previewed(), [
      "create-replacement secrets-postgres-password keepers",
      "delete-replaced secrets-postgres-password",
      "replace secrets-postgres-password keepers",
      'update backend-deployment spec.template.metadata.annotations["checksum/secret-kaizen-studio-secrets"]',
      'update postgres-server-statefulset spec.template.metadata.annotations["checksum/secret-kaizen-studio-secrets"]',
      "update secrets-secret data",
    ]);
    assert.deepEqual((await rolledBy(up)).toSorted(), ["backend", "postgres"]);
    const later = await secretData();
    assert.deepEqual(
      Object.keys(later).filter((key) => later[key] !== earlier[key]),
      ["postgres-password", "database-url"].toSorted(),
    );
  });

  it("restores once what is asked for, and again only when asked again", async () => {
    const ask = (requestedAt: string) => {
      set(["postgres", "restore"], { file: "latest", requestedAt });
    };
    const created = /^create postgres-backup-restore-[0-9a-f]{10}$/;
    ask("2026-11-21T10:00");
    const [job = "", ...more] = await previewed();
    assert.match(job, created);
    assert.deepEqual(more, []);
    assert.deepEqual(await rolledBy(up), []);
    const [first = assert.fail("no Job"), ...others] = await jobs();
    assert.deepEqual(others, []);
    const [container] = first.spec?.template.spec?.containers ?? [];
    assert.deepEqual(container?.command, ["sh", "/scripts/restore-postgres.sh", "latest"]);
    assert.equal(first.status?.succeeded, 1);
    succeeded(await stack.engine.preview("--expect-no-changes"));

    ask("2026-11-22T08:00");
    const steps = await previewed();
    assert.deepEqual(
      steps.map((step) => step.split(" ")[0]),
      ["create", "delete"],
    );
    await up();
    const [second, ...rest] = await jobs();
    assert.deepEqual(rest, []);
    assert.notEqual(second?.metadata?.uid, first.metadata?.uid);
  });

  it("forgets the request when it is taken out, and touches nothing else", async () => {
    set(["postgres", "restore"], undefined);
    const [step = "", ...more] = await previewed();
    assert.match(step, /^delete postgres-backup-restore-[0-9a-f]{10}$/);
    assert.deepEqual(more, []);
    assert.deepEqual(await rolledBy(up), []);
    assert.deepEqual(await jobs(), []);
  });
});
