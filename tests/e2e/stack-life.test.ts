import assert from "node:assert/strict";
import type { V1Deployment, V1Pod, V1Secret } from "@kubernetes/client-node";
import { changesIn, stepsIn } from "../../local/engine/index.ts";
import { viewCluster, type ClusterView } from "../support/cluster-inventory.ts";
import { startStack, type RunningStack } from "../support/running-stack.ts";
import { succeeded } from "../support/engine-review.ts";

const NAMESPACE = "kaizen-studio-local";
const KAIZEN = ["slipway:systems", "kaizenStudio"];
const PATCH = "application/merge-patch+json";

const nameOf = (urn: string) => urn.split("::").at(-1);

// The tests are one story: each begins where the one before it ended.
describe("the local stack on the real engine and API server", () => {
  let stack: RunningStack;
  let cluster: ClusterView;
  let atFirst: string[];

  const deployments = async () => {
    const all = await cluster.list<V1Deployment>("apps/v1", "Deployment", NAMESPACE);
    return new Map(all.map((deployment) => [deployment.metadata?.name, deployment]));
  };

  before(async () => {
    stack = await startStack("local", "stack-life");
    cluster = viewCluster(stack.controlPlane.kubeconfig);
    atFirst = await cluster.inventory();
  });

  after(() => stack.stop());

  it("comes up", async () => {
    const result = succeeded(await stack.engine.up());
    const { create = 0, ...others } = changesIn(result.events);
    assert.deepEqual(others, {});
    assert.ok(create > 40, `${create} resources were created`);
  });

  it("has every pod Ready", async () => {
    const pods = await cluster.list<V1Pod>("v1", "Pod");
    const waiting = pods.filter(
      ({ status }) =>
        // A pod of a Job has done its work.
        status?.phase !== "Succeeded" &&
        !status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True"),
    );
    assert.ok(pods.length >= 2);
    assert.deepEqual(
      waiting.map(({ metadata }) => metadata?.name),
      [],
    );
  });

  it("has nothing to do in a second preview", async () => {
    const result = succeeded(await stack.engine.preview("--expect-no-changes"));
    assert.deepEqual(changesIn(result.events), {});
  });

  it("keeps every generated secret out of state and outputs", async () => {
    const secrets = await cluster.list<V1Secret>("v1", "Secret");
    const entries = secrets
      .filter(({ type }) => type === "Opaque")
      .flatMap(({ data }) => Object.entries(data ?? {}))
      // What a person wrote into the stack file in clear is no secret.
      .filter(([key]) => !["azure-client-id", "postgres-user", "postgres-db"].includes(key));
    const values = entries.map(([, value]) => value);
    const clear = values.map((value) => Buffer.from(value, "base64").toString("utf8"));
    const generated = [...values, ...clear].filter((text) => text.length >= 16);
    assert.ok(generated.length >= 14, `only ${generated.length} values were looked for`);

    const state = JSON.stringify(await stack.engine.exportState());
    const outputs = JSON.stringify(await stack.engine.outputs());
    assert.equal(generated.filter((text) => `${state}${outputs}`.includes(text)).length, 0);
  });

  it("shows a changed image tag as one field, and rolls that Deployment alone", async () => {
    stack.set([...KAIZEN, "backend", "image"], "your-registry/kaizen-studio-backend:v1.1.0");
    const preview = succeeded(await stack.engine.preview());
    const steps = stepsIn(preview.events).filter(({ type }) => type.startsWith("kubernetes:"));
    // A new image brings a migration of its own, which is another Job.
    const jobs = steps.filter(({ type }) => type.endsWith(":Job"));
    assert.deepEqual(jobs.map(({ op }) => op).toSorted(), ["create", "delete"]);
    const [step, ...others] = steps.filter((one) => !jobs.includes(one));
    assert.deepEqual(others, []);
    assert.equal(nameOf(step?.urn ?? ""), "kaizen-studio-backend-deployment");
    assert.deepEqual(Object.keys(step?.detailedDiff ?? {}), [
      "spec.template.spec.containers[0].image",
    ]);

    const earlier = await deployments();
    succeeded(await stack.engine.up());
    const later = await deployments();
    const rolled = [...later].filter(
      ([name, { metadata }]) => metadata?.generation !== earlier.get(name)?.metadata?.generation,
    );
    assert.deepEqual(
      rolled.map(([name, { spec }]) => [name, spec?.template.spec?.containers[0]?.image]),
      [["backend", "your-registry/kaizen-studio-backend:v1.1.0"]],
    );
  });

  it("finds a label that somebody edited by hand", async () => {
    await label("edited");
    const found = await stack.engine.run(
      "refresh",
      "--preview-only",
      "--expect-no-changes",
      "--diff",
    );
    assert.notEqual(found.exitCode, 0);
    assert.match(found.stdout, /kaizen-studio-backend-service/);
    assert.match(found.stdout, /app\.kubernetes\.io\/component"?\s*: "backend" => "edited"/);

    // Under server-side apply the field belongs to whoever edited it, so they have to put it back.
    await label("backend");
    const again = await stack.engine.run("refresh", "--preview-only", "--expect-no-changes");
    assert.equal(again.exitCode, 0, again.stdout);
  });

  it("fails with the URN of an object that the API server refuses, and does all of it later", async () => {
    await cluster.api.create(refusal());
    await cluster.api.create(refusalBinding());
    stack.set([...KAIZEN, "backend", "image"], "your-registry/kaizen-studio-backend:v1.2.0");
    stack.set([...KAIZEN, "frontend", "image"], "your-registry/kaizen-studio-web:v1.2.0");
    try {
      await untilRefused();

      const result = await stack.engine.up();
      assert.notEqual(result.exitCode, 0);
      const failed = result.events.flatMap((event) => event.diagnosticEvent ?? []);
      const about = failed.filter(({ severity, urn }) => severity === "error" && urn !== undefined);
      const [first] = about.filter(({ urn }) => urn?.includes("Deployment"));
      assert.equal(nameOf(first?.urn ?? ""), "kaizen-studio-frontend-deployment");
      assert.match(first?.message ?? "", /not this week/);
      assert.equal((await images()).get("frontend"), "your-registry/kaizen-studio-web:v1.0.0");
    } finally {
      // Left behind, it would keep the objects from being deleted at the end.
      await cluster.api.delete(refusalBinding());
      await cluster.api.delete(refusal());
    }
    await untilAccepted();
    succeeded(await stack.engine.up());
    const { frontend, backend } = Object.fromEntries(await images());
    assert.equal(frontend, "your-registry/kaizen-studio-web:v1.2.0");
    assert.equal(backend, "your-registry/kaizen-studio-backend:v1.2.0");
    succeeded(await stack.engine.preview("--expect-no-changes"));
  });

  it("is destroyed without a trace", async () => {
    succeeded(await stack.engine.destroy());
    const left = new Set(await cluster.inventory());
    for (const object of atFirst) left.delete(object);
    assert.deepEqual([...left], []);
    const { deployment } = await stack.engine.exportState();
    assert.deepEqual(deployment.resources ?? [], []);
  });

  async function images(): Promise<Map<string, string | undefined>> {
    const all = [...(await deployments())];
    return new Map(
      all.map(([name = "", { spec }]) => [name, spec?.template.spec?.containers[0]?.image]),
    );
  }

  /** What `kubectl label service backend-service` does. */
  async function label(value: string): Promise<void> {
    const labels = { "app.kubernetes.io/component": value };
    const metadata = { name: "backend-service", namespace: NAMESPACE, labels };
    const service = { apiVersion: "v1", kind: "Service", metadata };
    await cluster.api.patch(service, undefined, undefined, "kubectl-label", undefined, PATCH);
  }

  /** Whether the API server refuses the frontend now; admission takes policies up after a moment. */
  async function isRefused(): Promise<boolean> {
    const metadata = { name: "frontend", namespace: NAMESPACE, labels: { probe: "yes" } };
    const probe = { apiVersion: "apps/v1", kind: "Deployment", metadata };
    return cluster.api.patch(probe, undefined, "All", "probe", undefined, PATCH).then(
      () => false,
      () => true,
    );
  }

  async function until(reached: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; !(await reached()); tries++) {
      assert.ok(tries < 100, "the API server did not take the policy up within 10 s");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  const untilRefused = () => until(isRefused);
  const untilAccepted = () => until(async () => !(await isRefused()));
});

const ADMISSION = {
  apiVersion: "admissionregistration.k8s.io/v1",
  metadata: { name: "not-this-week" },
};

function refusal() {
  return {
    ...ADMISSION,
    kind: "ValidatingAdmissionPolicy",
    spec: {
      matchConstraints: {
        resourceRules: [
          {
            apiGroups: ["apps"],
            apiVersions: ["v1"],
            resources: ["deployments"],
            operations: ["UPDATE"],
            resourceNames: ["frontend"],
          },
        ],
      },
      validations: [{ expression: "false", message: "not this week" }],
    },
  };
}

function refusalBinding() {
  return {
    ...ADMISSION,
    kind: "ValidatingAdmissionPolicyBinding",
    spec: { policyName: "not-this-week", validationActions: ["Deny"] },
  };
}
