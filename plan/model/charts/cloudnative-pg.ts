import { at } from "../json.ts";
import { count, NOTHING_BROUGHT, requests, type ChartReader } from "./chart-contents.ts";

const definitions = (values: Parameters<ChartReader>[0], group: string) =>
  at(values, "crds", "create") === false ? [] : [group];

/** The operator brings its kinds unless it is told not to. Its databases are read off their Clusters. */
export const cloudnativePg: ChartReader = (values) => ({
  ...NOTHING_BROUGHT,
  groups: definitions(values, "postgresql.cnpg.io"),
  pods: [
    {
      part: "operator",
      kind: "Deployment",
      replicas: count(values, "replicaCount"),
      requests: [requests(values)],
    },
  ],
});

/** So does its plugin for backups. */
export const pluginBarmanCloud: ChartReader = (values) => ({
  ...NOTHING_BROUGHT,
  groups: definitions(values, "barmancloud.cnpg.io"),
  pods: [
    {
      part: "plugin",
      kind: "Deployment",
      replicas: count(values, "replicaCount"),
      requests: [requests(values)],
    },
  ],
});
