import path from "node:path";

/** Where everything about one control plane lies. Several stand side by side, each in a folder of its own. */
export interface StateLayout {
  readonly root: string;
  /** Which processes run, written before each of them starts; absent when nothing runs. */
  readonly record: string;
  /** Held by whoever starts or stops. */
  readonly lock: string;
  /** For people and for the provider; context `slipway-local`. */
  readonly kubeconfig: string;
  /** Data, keys and kubeconfigs of the parts: what a control plane is besides its processes. */
  readonly cluster: string;
  readonly etcdData: string;
  readonly credentials: string;
  /** A folder for each start, so that the logs of a failure survive the next try. */
  readonly logs: string;
}

export function stateLayout(stateDir: string): StateLayout {
  const root = path.resolve(stateDir);
  const cluster = path.join(root, "cluster");
  return {
    root,
    record: path.join(root, "control-plane.json"),
    lock: path.join(root, "control-plane.lock"),
    kubeconfig: path.join(root, "kubeconfig"),
    cluster,
    etcdData: path.join(cluster, "etcd"),
    credentials: path.join(cluster, "credentials"),
    logs: path.join(root, "logs"),
  };
}
