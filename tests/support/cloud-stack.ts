import fs from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseDocument } from "yaml";
import { stackFolder } from "../../config/stack-folder.ts";
import { stopCloud } from "../../local/cloud/index.ts";
import { clusterFolder, clustersOf } from "../../local/cloud/cluster-folder.ts";
import { stateLayout } from "../../local/control-plane/index.ts";
import { engine, type Engine } from "../../local/engine/index.ts";
import { jsonFiles, readJson } from "../../local/cloud/json-file.ts";
import type { PlanEntry } from "./comparable-state.ts";
import { planOfStack } from "./plan-of-stack.ts";

const root = path.resolve(import.meta.dirname, "../..");
const STACK = "prod";

/** As whom the stand-ins for the clouds take whoever calls; they let nobody in whom no resource names. */
const CALLERS = {
  gke: "serviceAccount:deployer@slipway-project.iam.gserviceaccount.com",
  eks: "arn:aws:iam::000000000000:user/slipway",
  aks: "00000000-0000-0000-0000-00000000de91",
} as const;

/** The prod stack on a cloud that stand-ins keep in a folder, with a file that a test may change. */
export interface CloudStack {
  readonly engine: Engine;
  /** The folder with what exists in the cloud. */
  readonly account: string;
  /**
   * Runs `destroy` until the engine has refused a protected resource, and ends it there: this version of
   * the engine then follows every path through the dependencies, which takes longer than anybody waits.
   */
  destroyUntilRefused(): Promise<string>;
  /** Changes one value of the stack file, such as `["slipway:cluster", "deletionProtection"]`. */
  set(keys: readonly (string | number)[], value: unknown): void;
  /** What the plan of the file says, as resources.json. */
  plan(): Promise<PlanEntry[]>;
  /** The kubeconfig of the cluster that runs, for an administrator who needs no cloud. */
  adminKubeconfig(): string;
  /** Names or ids of what exists in the cloud, by type. */
  inventory(): string[];
  stop(): Promise<void>;
}

/** Prepares the prod stack on GKE (no example's name) or on the cloud of an example. Nothing is deployed yet. */
export async function startCloudStack(
  example: string | undefined,
  folder: string,
): Promise<CloudStack> {
  const stateDir = path.join(root, ".e2e", folder);
  const account = path.join(stateDir, "account");
  await stopCloud(account);
  fs.rmSync(stateDir, { recursive: true, force: true });
  fs.mkdirSync(account, { recursive: true });

  const name = `Pulumi.${STACK}.yaml`;
  const stackFile = path.join(stateDir, name);
  const document = parseDocument(fs.readFileSync(path.join(stackFolder(example), name), "utf8"));
  const write = () => {
    fs.writeFileSync(stackFile, document.toString());
  };
  const kind = document.getIn(["config", "slipway:cluster", "kind"]) as keyof typeof CALLERS;
  document.setIn(["config", "slipway:cluster", "deployer"], CALLERS[kind]);
  write();
  let running = 0;
  const started = (pid: number) => {
    running = pid;
  };
  const pulumi = await engine({ stateDir, stack: STACK, stackFile, cloud: account, started });
  return {
    engine: pulumi,
    account,
    destroyUntilRefused: async () => {
      const run = pulumi.destroy();
      const refusal = await firstRefusal(pulumi.folder.events, run);
      process.kill(running, "SIGKILL");
      await run;
      return refusal;
    },
    set: (keys, value) => {
      document.setIn(["config", ...keys], value);
      write();
    },
    plan: () => planOfStack(STACK, stateDir),
    adminKubeconfig: () => {
      const [only] = clustersOf(account);
      if (only === undefined) throw new Error("no cluster runs in the account");
      return stateLayout(clusterFolder(account, only.id)).kubeconfig;
    },
    inventory: () => inventoryOf(account),
    stop: () => stopCloud(account),
  };
}

/** What the plugins keep of a cloud: a file for each resource. */
function inventoryOf(account: string): string[] {
  return ["gcp", "aws", "azure-native"]
    .map((cloud) => path.join(account, cloud))
    .filter((folder) => fs.existsSync(folder))
    .flatMap((folder) => jsonFiles(folder).flatMap((file) => readJson(file) ?? []))
    .map((record) => record as { type: string; id: string; reserved?: boolean })
    .filter(({ reserved }) => reserved !== true)
    .map(({ type, id }) => `${type} ${id}`)
    .toSorted();
}

/** What the engine says of the first resource that it may not delete; fails when it says nothing of any. */
async function firstRefusal(folder: string, run: Promise<unknown>): Promise<string> {
  const state = { over: false };
  void run.finally(() => (state.over = true));
  while (!state.over) {
    const logs = fs.readdirSync(folder).filter((name) => name.endsWith("-destroy.jsonl"));
    const lines = logs.flatMap((name) =>
      fs.readFileSync(path.join(folder, name), "utf8").split("\n"),
    );
    const refusal = lines.find((line) => line.includes("cannot be deleted"));
    if (refusal !== undefined) return refusal;
    await delay(200);
  }
  throw new Error("destroy ended without refusing anything");
}
