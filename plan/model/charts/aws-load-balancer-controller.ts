import type { ChartReader } from "./chart-contents.ts";
import { oneDeployment } from "./one-deployment.ts";

/** aws-load-balancer-controller brings its kinds. */
export const awsLoadBalancerController: ChartReader = (values) => ({
  ...oneDeployment(values),
  groups: ["elbv2.k8s.aws", "gateway.k8s.aws"],
});
