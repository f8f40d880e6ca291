import fs from "node:fs";
import path from "node:path";
import getPort from "get-port";
import { stringify } from "yaml";
import { readRecord } from "../control-plane/control-plane-record.ts";
import { credentialFiles } from "../control-plane/credentials.ts";
import {
  controlPlaneStatus,
  startCluster,
  stateLayout,
  stopControlPlane,
  type ClusterSetup,
  type Companions,
  type StateLayout,
} from "../control-plane/index.ts";
import { machineStages } from "../control-plane/stages.ts";
import { LocalError } from "../local-error.ts";
import { whereTools, type ToolPaths } from "../tools/index.ts";
import {
  accountOf,
  clusterFolders,
  poolsOf,
  readCluster,
  writeCluster,
  type CloudCluster,
} from "./cluster-folder.ts";
import type { ClusterAnswer } from "./cluster-hook-types.ts";
import { roleObjects } from "./identity/role-objects.ts";
import { signingKey } from "./identity/account-identity.ts";
import { poolNodes } from "./pool-nodes.ts";
import { storageObjects } from "./storage-objects.ts";

const TOOLS = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kwok",
] as const;

/** Where the tools are. A plugin builds none: its engine would wait for minutes and not say for what. */
async function builtTools(): Promise<ToolPaths> {
  const found = await whereTools({ names: TOOLS });
  const missing = found.filter(({ from }) => from === "nowhere").map(({ tool }) => tool.name);
  if (missing.length > 0) {
    throw new LocalError(
      `A stand-in cluster needs ${missing.join(", ")}, which are not built. Run make up once, or node local/cli.ts tools.`,
    );
  }
  const paths = found.flatMap((one) => (one.from === "nowhere" ? [] : [[one.tool.name, one.file]]));
  return Object.fromEntries(paths) as ToolPaths;
}

/** Tells the API server whom to ask about tokens that are none of its own. */
function authenticatorKubeconfig(layout: StateLayout, port: number): string {
  const file = path.join(layout.credentials, "authenticator.kubeconfig");
  const name = "cloud";
  const text = stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: { server: `http://127.0.0.1:${port}/authenticate` } }],
    users: [{ name, user: {} }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  });
  fs.writeFileSync(file, text, { mode: 0o600 });
  return file;
}

async function cloudController(folder: string, layout: StateLayout): Promise<Companions> {
  const port = await getPort({ host: "127.0.0.1" });
  const script = path.join(import.meta.dirname, "controller/main.ts");
  return {
    apiServerArguments: [
      `--authentication-token-webhook-config-file=${authenticatorKubeconfig(layout, port)}`,
      "--authentication-token-webhook-version=v1",
      // A grant counts within a second, and one that is taken away does not count for two minutes more.
      "--authentication-token-webhook-cache-ttl=1s",
    ],
    parts: [
      {
        name: "cloud-controller",
        file: process.execPath,
        args: [
          "--disable-warning=ExperimentalWarning",
          "--max-old-space-size=64",
          script,
          folder,
          String(port),
        ],
        health: `http://127.0.0.1:${port}/healthz`,
      },
    ],
  };
}

/** What a cluster of a cloud has that a local one has not, and the other way round. */
function setupOf(folder: string, cluster: CloudCluster): ClusterSetup {
  const { apiServerPort } = cluster;
  return {
    stages: machineStages(),
    objects: [...storageObjects(cluster), ...roleObjects()],
    nodes: poolsOf(folder).flatMap((pool) => poolNodes(cluster, pool)),
    companions: (layout) => cloudController(folder, layout),
    ...(apiServerPort === undefined ? {} : { apiServerPort }),
  };
}

function answerOf(folder: string, endpoint: string): ClusterAnswer {
  const authority = fs.readFileSync(credentialFiles(stateLayout(folder)).authority);
  return { endpoint, certificateAuthority: authority.toString("base64") };
}

/** Whether every process of a cluster is alive. */
export async function isRunning(folder: string): Promise<boolean> {
  return (await controlPlaneStatus(folder)).is === "running";
}

/** Starts the control plane of a recorded cluster, unless it runs, where it listened before. */
export async function ensureRunning(folder: string): Promise<ClusterAnswer> {
  const cluster = readCluster(folder);
  if (cluster === undefined) throw new Error(`There is no cluster in ${folder}.`);
  const record = readRecord(stateLayout(folder));
  if (record !== undefined && (await isRunning(folder))) {
    return answerOf(folder, record.server);
  }
  signingKey(accountOf(folder));
  const { server } = await startCluster(folder, setupOf(folder, cluster), await builtTools());
  writeCluster(folder, { ...cluster, apiServerPort: Number(new URL(server).port) });
  return answerOf(folder, server);
}

/** Stops a cluster and takes away all that is on this machine of it, logs included. */
export async function removeCluster(folder: string): Promise<void> {
  await stopControlPlane(folder);
  fs.rmSync(folder, { recursive: true, force: true });
}

/**
 * Stops every process that was started for an account, whatever became of those who started them. The
 * clusters keep their data: `resumeCloud` brings them back, at the same addresses.
 */
export async function stopCloud(account: string): Promise<void> {
  await Promise.all(
    clusterFolders(account).map((folder) => stopControlPlane(folder, { keepData: true })),
  );
}

/** Starts the clusters of an account that do not run, after a reboot say; one by one, for each takes a core. */
export async function resumeCloud(account: string): Promise<void> {
  for (const folder of clusterFolders(account)) {
    if (readCluster(folder) !== undefined) await ensureRunning(folder);
  }
}
