import { at, objectAt, textAt } from "../json.ts";
import { count, requests, type ChartReader } from "./chart-contents.ts";

/** ingress-nginx brings its class. */
export const ingressNginx: ChartReader = (values) => {
  const controller = objectAt(values, "controller");
  const scaled = at(controller, "autoscaling", "enabled") === true;
  const replicas = scaled
    ? count(controller, "autoscaling", "maxReplicas")
    : count(controller, "replicaCount");
  const name = textAt(controller, "ingressClassResource", "name") ?? "nginx";
  const enabled = at(controller, "ingressClassResource", "enabled") !== false;
  return {
    groups: [],
    ingressClasses: enabled ? [name] : [],
    pods: [{ part: "controller", kind: "Deployment", replicas, requests: [requests(controller)] }],
    madePods: [],
  };
};
