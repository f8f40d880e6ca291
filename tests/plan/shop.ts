import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { describePlanProblem, judge } from "../../plan/judge/index.ts";
import type { ClusterFacts } from "../../components/clusters/cluster-facts.ts";
import { planModel, type PlanModel } from "../../plan/model/plan-model.ts";
import { record } from "../../plan/recording.ts";
import { Box, provider } from "./fixtures.ts";

export const CLUSTER: ClusterFacts = {
  nodePools: [{ name: "general", cpu: "4", memory: "16Gi", minNodes: 1, maxNodes: 3 }],
  storageClasses: { standard: "standard", fastSsd: "fast-ssd" },
};

type PodSpec = Partial<k8s.types.input.core.v1.PodSpec>;
type Container = Partial<k8s.types.input.core.v1.Container>;

/** A component with the namespace `shop`, in which a test puts what it is about. */
export class Shop {
  readonly provider: k8s.Provider;
  readonly parent: pulumi.Resource;
  readonly namespace: k8s.core.v1.Namespace;
  /** Parent, and the namespace to come after. */
  readonly opts: pulumi.CustomResourceOptions;

  constructor(parent: pulumi.Resource, only: k8s.Provider) {
    this.provider = only;
    this.parent = parent;
    this.namespace = new k8s.core.v1.Namespace(
      "shop-namespace",
      { metadata: { name: "shop" } },
      { parent },
    );
    this.opts = { parent, dependsOn: [this.namespace] };
  }

  metadata(name: string) {
    return { name, namespace: "shop", labels: { app: name } };
  }

  deployment(name: string, container: Container = {}, pod: PodSpec = {}, replicas?: number) {
    const labels = { app: name };
    const requests = { cpu: "100m", memory: "128Mi" };
    const ports = [{ name: "http", containerPort: 8080 }];
    const main = { name, image: "shop:1", ports, resources: { requests }, ...container };
    return new k8s.apps.v1.Deployment(
      `shop-${name}`,
      {
        metadata: this.metadata(name),
        spec: {
          ...(replicas === undefined ? {} : { replicas }),
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: [main], ...pod } },
        },
      },
      this.opts,
    );
  }

  service(name: string, spec: k8s.types.input.core.v1.ServiceSpec) {
    return new k8s.core.v1.Service(
      `shop-${name}-service`,
      { metadata: this.metadata(name), spec },
      this.opts,
    );
  }

  secret(name: string, stringData: Record<string, string>) {
    const metadata = this.metadata(name);
    return new k8s.core.v1.Secret(`shop-${name}`, { metadata, stringData }, this.opts);
  }

  release(chart: string, values: pulumi.Inputs = {}, namespace = "kube-system") {
    return new k8s.helm.v3.Release(
      `shop-${chart}`,
      { name: chart, chart, version: "1.0.0", namespace, values },
      this.opts,
    );
  }

  /** A custom resource in the namespace. */
  custom(kind: string, apiVersion: string, name: string, spec: object, after: pulumi.Resource[]) {
    return new k8s.apiextensions.CustomResource(
      `shop-${name}`,
      { apiVersion, kind, metadata: { name, namespace: "shop" }, spec },
      { parent: this.parent, dependsOn: [this.namespace, ...after] },
    );
  }
}

/** The model of a program that has the shop and what `fill` adds to it, and gives out `outputs`. */
export async function shopModel(
  fill: (shop: Shop) => void,
  cluster: ClusterFacts = CLUSTER,
  outputs: () => pulumi.Inputs = () => ({}),
): Promise<PlanModel> {
  const recording = await record(
    () => {
      const only = provider();
      new Box(
        "shop",
        (parent) => {
          fill(new Shop(parent, only));
        },
        { provider: only },
      );
      return outputs();
    },
    { stack: "test" },
  );
  return planModel(recording, cluster);
}

/** Everything that the judges, all of them, find in the shop. */
export async function problemsOf(
  fill: (shop: Shop) => void,
  cluster: ClusterFacts = CLUSTER,
  outputs?: () => pulumi.Inputs,
): Promise<string[]> {
  return judge(await shopModel(fill, cluster, outputs)).map(describePlanProblem);
}
