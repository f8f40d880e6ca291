import assert from "node:assert/strict";
import { execa } from "execa";
import { after, before } from "mocha";
import {
  startControlPlane,
  stopControlPlane,
  type ControlPlane,
} from "../../local/control-plane/index.ts";
import type { PropertyMap } from "../../local/providers/property-values.ts";
import { StandIn } from "./stand-in.ts";

const NODES = { name: "general", cpu: "8", memory: "32Gi", minNodes: 2, maxNodes: 2 };

/** A real control plane and a stand-in configured for it, there while the calling suite runs. */
export class StandInCluster {
  private controlPlane: ControlPlane | undefined;
  private configured: StandIn | undefined;
  private namespaces = 0;

  /** Call it in the body of a `describe`. */
  constructor(stateDir: string) {
    before(async () => {
      this.controlPlane = await startControlPlane({ stateDir, nodePools: [NODES] });
      this.configured = await StandIn.forCluster(this.controlPlane.kubeconfig);
    });
    after(async () => {
      this.configured?.provider.close();
      await stopControlPlane(stateDir);
    });
  }

  get standIn(): StandIn {
    assert.ok(this.configured !== undefined, "the control plane has not started");
    return this.configured;
  }

  get kubeconfig(): string {
    assert.ok(this.controlPlane !== undefined, "the control plane has not started");
    return this.controlPlane.kubeconfig;
  }

  /** Standard output of kubectl, as a person at a terminal would use it. */
  async kubectl(...args: readonly string[]): Promise<string> {
    const { stdout } = await execa("kubectl", ["--kubeconfig", this.kubeconfig, ...args]);
    return stdout;
  }

  /** A namespace of the test's own. */
  async newNamespace(): Promise<string> {
    const name = `test-${++this.namespaces}`;
    await this.standIn.create("kubernetes:core/v1:Namespace", name, {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name },
    });
    return name;
  }
}

/** The error that a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof Error);
    return error;
  }
  return assert.fail("expected an error");
}

/** Type tokens that tests use. */
export const TYPES = {
  claim: "kubernetes:core/v1:PersistentVolumeClaim",
  configMap: "kubernetes:core/v1:ConfigMap",
  definition: "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition",
  deployment: "kubernetes:apps/v1:Deployment",
  job: "kubernetes:batch/v1:Job",
  namespace: "kubernetes:core/v1:Namespace",
  release: "kubernetes:helm.sh/v3:Release",
  secret: "kubernetes:core/v1:Secret",
  service: "kubernetes:core/v1:Service",
} as const;

/** Inputs of a ConfigMap, without a name when that is undefined. */
export function configMap(
  namespace: string,
  name: string | undefined,
  data: PropertyMap,
  metadata: PropertyMap = {},
): PropertyMap {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { namespace, ...(name === undefined ? {} : { name }), ...metadata },
    data,
  };
}

/** Inputs of a Deployment of two replicas. */
export function deployment(
  namespace: string,
  image: string,
  options: {
    readonly app?: string;
    readonly podAnnotations?: PropertyMap;
    readonly metadata?: PropertyMap;
  } = {},
): PropertyMap {
  const labels = { app: options.app ?? "web" };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { namespace, name: "web", ...options.metadata },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels, annotations: options.podAnnotations ?? {} },
        spec: { containers: [{ name: "web", image }] },
      },
    },
  };
}
