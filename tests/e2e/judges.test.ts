import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { parseAllDocuments } from "yaml";
import type { Manifest } from "../../local/providers/kubernetes/manifest.ts";
import { provideTools, toolFolder } from "../../local/tools/index.ts";
import { allDefinitions, serveDefinitions } from "../../plan/charts/definitions.ts";
import { strictApi, type StrictApi } from "../support/strict-api.ts";
import { startStack, type RunningStack } from "../support/running-stack.ts";
import { scoreExceptions } from "./score-exceptions.ts";

const root = path.resolve(import.meta.dirname, "../..");
const STACKS = ["local", "dev", "staging", "prod"];

function manifestFiles(stack: string): string[] {
  execFileSync("node", ["plan/cli.ts", "--stack", stack], { cwd: root });
  const folder = path.join(root, "out", stack, "manifests");
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => path.join(folder, file))
    .sort();
}

function readObjects(files: readonly string[]): Manifest[] {
  return files.flatMap((file) =>
    parseAllDocuments(fs.readFileSync(file, "utf8")).map((one) => one.toJS() as Manifest),
  );
}

describe("the API server, asked about every planned object", () => {
  let running: RunningStack;
  let api: StrictApi;

  before(async () => {
    running = await startStack("prod", "judges");
    api = strictApi(running.controlPlane.kubeconfig);
    await serveDefinitions(api, allDefinitions(toolFolder().crds));
  });

  after(() => running.stop());

  for (const stack of STACKS) {
    it(`accepts all of ${stack} in a dry run with strict field validation`, async () => {
      const objects = readObjects(manifestFiles(stack));
      const namespaces = objects.filter(({ kind }) => kind === "Namespace");
      assert.ok(objects.length > 20 && namespaces.length >= 4);
      await api.createAll(namespaces);
      const refusals = await Promise.all(objects.map((object) => api.refusal(object)));
      assert.deepEqual(
        refusals.filter((text) => text !== undefined),
        [],
      );
    });
  }

  it("refuses an object with a field that no schema knows", async () => {
    const metadata = { name: "typo", namespace: "default" };
    const object = { apiVersion: "v1", kind: "Service", metadata, spec: { prots: [] } };
    assert.match((await api.refusal(object)) ?? "", /unknown field "spec.prots"/);
  });

  it("refuses a privileged pod in a namespace that claims to be restricted", async () => {
    const pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "privileged", namespace: "kaizen-studio" },
      spec: { containers: [{ name: "a", image: "a:1", securityContext: { privileged: true } }] },
    };
    assert.match((await api.refusal(pod)) ?? "", /violates PodSecurity "restricted:/);
  });

  it("lets our own pods into that namespace", async () => {
    const objects = readObjects(manifestFiles("prod"));
    await api.createAll(objects.filter(({ kind }) => kind === "PriorityClass"));
    const deployments = objects.filter(({ kind }) => kind === "Deployment");
    assert.equal(deployments.length, 3);
    for (const deployment of deployments) {
      const { template } = deployment["spec"] as unknown as { template: Manifest };
      const pod = {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { ...template.metadata, name: "trial", namespace: "kaizen-studio" },
        spec: { ...(template["spec"] as object), serviceAccountName: "default" },
      };
      assert.equal(await api.refusal(pod as unknown as Manifest), undefined);
    }
  });
});

describe("kube-score", () => {
  for (const stack of STACKS) {
    it(`finds nothing in ${stack} but what is excepted with a reason`, async () => {
      const { "kube-score": kubeScore } = await provideTools({ names: ["kube-score"] });
      const args = ["score", "--kubernetes-version", "v1.36", "--output-format", "json"];
      const files = manifestFiles(stack);
      const { stdout } = spawnSync(kubeScore, [...args, ...files], { encoding: "utf8" });
      const findings = (JSON.parse(stdout) as Scored[]).flatMap(({ object_name, checks }) =>
        checks
          .filter(({ grade, skipped }) => grade < 10 && !skipped)
          .map(({ check }) => ({ check: check.id, object: object_name })),
      );
      const exceptions = scoreExceptions(stack);
      const open = findings.filter(
        ({ check, object }) =>
          !exceptions.some((one) => one.check === check && one.object.test(object)),
      );
      assert.deepEqual(open, []);
      const unused = exceptions.filter(
        (one) =>
          !findings.some(({ check, object }) => one.check === check && one.object.test(object)),
      );
      assert.deepEqual(unused, [], "an exception that nothing needs any more has to go");
    });
  }
});

interface Scored {
  readonly object_name: string;
  readonly checks: readonly {
    readonly check: { readonly id: string };
    readonly grade: number;
    readonly skipped: boolean;
  }[];
}
