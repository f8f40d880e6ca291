import fs from "node:fs";
import path from "node:path";
import { parseDocument, type Document } from "yaml";
import { clusterFacts, type ClusterFacts } from "../../components/clusters/cluster-facts.ts";
import { checkStack } from "../../config/index.ts";
import { readStackFile } from "../../config/stack-file.ts";
import {
  LOCAL_CONTEXT,
  startControlPlane,
  stopControlPlane,
  type ControlPlane,
} from "../../local/control-plane/index.ts";
import { engine, type Engine, type EngineOptions } from "../../local/engine/index.ts";

const root = path.resolve(import.meta.dirname, "../..");

/** A stack file that a test may change, the real engine for it, and a control plane of its own. */
export interface RunningStack {
  readonly controlPlane: ControlPlane;
  readonly engine: Engine;
  /** For a second engine on the same stack. */
  readonly engineOptions: EngineOptions;
  /** Changes one value of the stack file, or with undefined takes its key out, such as `["slipway:systems", "kaizenStudio", "host"]`. */
  set(keys: readonly string[], value: unknown): void;
  stop(): Promise<void>;
}

/** Points a shipped stack at the control plane of a test, whatever cluster the file names. */
function pointed(document: Document, kubeconfig: string, cluster: ClusterFacts): Document {
  if (document.getIn(["config", "slipway:cluster", "kind"]) !== "existing") {
    const nodePools = cluster.nodePools.map(({ name, cpu, memory, minNodes, maxNodes }) => ({
      name,
      cpu,
      memory,
      minNodes,
      maxNodes,
    }));
    const section = { kind: "existing", clusterIdentifier: "slipway-test", nodePools };
    document.setIn(["config", "slipway:cluster"], document.createNode(section));
  }
  document.setIn(["config", "slipway:cluster", "kubeconfigFile"], kubeconfig);
  document.setIn(["config", "slipway:cluster", "context"], LOCAL_CONTEXT);
  return document;
}

/** Starts a control plane with the nodes that a shipped stack asks for. Nothing is deployed yet. */
export async function startStack(stack: string, folder: string): Promise<RunningStack> {
  const stateDir = path.join(root, ".e2e", folder);
  await stopControlPlane(stateDir);
  fs.rmSync(stateDir, { recursive: true, force: true });
  fs.mkdirSync(stateDir, { recursive: true });

  const { config } = checkStack(readStackFile(stack));
  if (config === undefined) throw new Error(`the stack file of ${stack} has problems`);
  const cluster = clusterFacts(config.cluster);
  const { nodePools } = cluster;
  const controlPlane = await startControlPlane({ stateDir, nodePools });

  const stackFile = path.join(stateDir, `Pulumi.${stack}.yaml`);
  const text = fs.readFileSync(path.join(root, `Pulumi.${stack}.yaml`), "utf8");
  const document = pointed(parseDocument(text), controlPlane.kubeconfig, cluster);
  const write = () => {
    fs.writeFileSync(stackFile, document.toString());
  };
  write();
  const engineOptions = { stateDir, stack, stackFile, kubeconfig: controlPlane.kubeconfig };
  return {
    controlPlane,
    engine: await engine(engineOptions),
    engineOptions,
    set: (keys, value) => {
      const place = ["config", ...keys];
      if (value === undefined) document.deleteIn(place);
      else document.setIn(place, value);
      write();
    },
    stop: async () => {
      await stopControlPlane(stateDir);
    },
  };
}
