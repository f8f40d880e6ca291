import { at } from "../json.ts";
import {
  count,
  NOTHING_BROUGHT,
  requests,
  type ChartPods,
  type ChartReader,
} from "./chart-contents.ts";

/** External Secrets brings its kinds unless it is told not to. */
export const externalSecrets: ChartReader = (values) => {
  const part = (name: string, ...keys: string[]): ChartPods => ({
    part: name,
    kind: "Deployment",
    replicas: count(values, ...keys, "replicaCount"),
    requests: [requests(values, ...keys)],
  });
  const brings = at(values, "installCRDs") !== false;
  return {
    ...NOTHING_BROUGHT,
    groups: brings ? ["external-secrets.io", "generators.external-secrets.io"] : [],
    pods: [
      part("controller"),
      part("webhook", "webhook"),
      part("cert-controller", "certController"),
    ],
  };
};
