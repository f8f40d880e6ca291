import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { describe, it } from "mocha";
import { SIMULATE_ANNOTATION } from "../../local/control-plane/index.ts";
import { changesIn, engine, type Engine } from "../../local/engine/index.ts";
import { REPOSITORY } from "../../local/repository.ts";
import { StandInCluster } from "../support/stand-in-cluster.ts";

const folder = path.join(REPOSITORY, ".e2e/providers-engine");
const program = path.join(folder, "program");
const NAMESPACE = "through-the-engine";

interface Variation {
  /** How the provider's kubeconfig is given. */
  readonly kubeconfig: string;
  readonly podAnnotations?: Readonly<Record<string, string>>;
}

const source = ({ kubeconfig, podAnnotations = {} }: Variation) => `
import { readFileSync } from "node:fs";
import * as k8s from "@pulumi/kubernetes";
import { RandomPassword } from "@pulumi/random";

const password = new RandomPassword("password", { length: 24, special: false });
const provider = new k8s.Provider("cluster", {
  kubeconfig: ${kubeconfig},
  clusterIdentifier: "test",
  enableServerSideApply: true,
  enableSecretMutable: true,
});
const opts = { provider };
const metadata = { namespace: "${NAMESPACE}" };
const namespace = new k8s.core.v1.Namespace("ns", { metadata: { name: "${NAMESPACE}" } }, opts);
const within = { provider, dependsOn: [namespace] };
new k8s.core.v1.Secret("credentials", { metadata, stringData: { password: password.result } }, within);
const settings = new k8s.core.v1.ConfigMap("settings", { metadata: { ...metadata, labels: { by: "program" } } }, within);
const labels = { app: "web" };
new k8s.apps.v1.Deployment("web", {
  metadata: { ...metadata, name: "web" },
  spec: {
    replicas: 1,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels, annotations: ${JSON.stringify(podAnnotations)} },
      spec: { containers: [{ name: "web", image: "web:v1" }] },
    },
  },
}, { ...within, customTimeouts: { create: "3s", update: "20s" } });
export const name: unknown = settings.metadata.name;
`;

describe("stand-ins through the engine", function () {
  this.timeout(120_000);
  const cluster = new StandInCluster(path.join(folder, "cluster"));
  let pulumi: Engine;
  const known = () => `readFileSync(${JSON.stringify(cluster.kubeconfig)}, "utf8")`;

  function write(variation: Variation): void {
    fs.mkdirSync(program, { recursive: true });
    const project =
      "name: through\nmain: index.ts\nruntime: { name: nodejs, options: { typescript: false } }\n";
    fs.writeFileSync(path.join(program, "Pulumi.yaml"), project);
    fs.writeFileSync(path.join(program, "Pulumi.dev.yaml"), "config: {}\n");
    fs.writeFileSync(path.join(program, "package.json"), '{ "type": "module" }\n');
    fs.writeFileSync(path.join(program, "index.ts"), source(variation));
  }

  before(async () => {
    fs.rmSync(program, { recursive: true, force: true });
    fs.rmSync(path.join(folder, "state"), { recursive: true, force: true });
    write({ kubeconfig: known() });
    pulumi = await engine({ stateDir: path.join(folder, "state"), stack: "dev", program });
  });

  it("previews while the kubeconfig is unknown", async () => {
    write({ kubeconfig: "password.result" });
    const { exitCode, stdout, events } = await pulumi.preview();
    assert.equal(exitCode, 0, stdout);
    assert.deepEqual(changesIn(events), { create: 7 });
  });

  it("records what was created and did not get ready, and a second run mends it", async () => {
    write({ kubeconfig: known(), podAnnotations: { [SIMULATE_ANNOTATION]: "never-ready" } });
    const failed = await pulumi.up();
    assert.notEqual(failed.exitCode, 0);
    const web = failed.events.find(({ diagnosticEvent }) =>
      diagnosticEvent?.urn?.endsWith("::web"),
    );
    assert.match(
      web?.diagnosticEvent?.message ?? "",
      /waiting for Deployment through-the-engine\/web to be ready timed out after 3 s: 0 of 1 replicas are available/,
    );
    write({ kubeconfig: known() });
    const mended = await pulumi.up();
    assert.equal(mended.exitCode, 0, mended.stdout);
    assert.deepEqual(changesIn(mended.events), { update: 1 });
  });

  it("shows no change in a second preview", async () => {
    const { exitCode, stdout } = await pulumi.preview("--expect-no-changes");
    assert.equal(exitCode, 0, stdout);
  });

  it("stores no generated secret in clear", async () => {
    const { stdout: password } = await pulumi.run("stack", "export", "--show-secrets");
    const result =
      /"plaintext": "\\"([A-Za-z0-9]{24})\\""/.exec(password)?.[1] ?? assert.fail("no password");
    const encoded = Buffer.from(result).toString("base64");
    const { stdout: exported } = await pulumi.run("stack", "export");
    assert.equal(exported.includes(result), false);
    assert.equal(exported.includes(encoded), false);
  });

  it("finds a label that was edited by hand", async () => {
    const [configMap = ""] = (
      await cluster.kubectl("get", "configmaps", "-n", NAMESPACE, "-o", "name")
    )
      .split("\n")
      .filter((name) => name.includes("settings"));
    await cluster.kubectl("label", configMap, "-n", NAMESPACE, "--overwrite", "by=hand");
    const found = await pulumi.run("refresh", "--preview-only", "--expect-no-changes", "--diff");
    assert.notEqual(found.exitCode, 0);
    assert.match(found.stdout, /by\s*: "program" => "hand"/);
    assert.match(found.stdout, /~ 1 to update/);
  });

  it("destroys all of it and leaves no plugin running", async () => {
    const { exitCode, stdout } = await pulumi.destroy();
    assert.equal(exitCode, 0, stdout);
    assert.equal(await cluster.kubectl("get", "namespace", NAMESPACE, "--ignore-not-found"), "");
    assert.deepEqual(await runningPlugins(), []);
  });
});

/** Plugin processes that were started for this test's engine. */
async function runningPlugins(): Promise<string[]> {
  // The engine kills its plugins as it ends, and the kernel may need a moment.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  return fs
    .readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      try {
        const command = fs.readFileSync(`/proc/${pid}/cmdline`, "utf8");
        const home = fs.readFileSync(`/proc/${pid}/environ`, "utf8");
        return command.includes("local/providers/") && home.includes(folder);
      } catch {
        return false;
      }
    });
}
