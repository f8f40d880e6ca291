import path from "node:path";
import type { ToolName, ToolPaths } from "../tools/index.ts";
import { credentialFiles, partKubeconfig } from "./credentials.ts";
import type { StateLayout } from "./state-layout.ts";

/** Ports on the loopback interface. */
export interface Ports {
  readonly etcd: number;
  readonly etcdPeer: number;
  readonly apiServer: number;
  readonly controllerManager: number;
  readonly scheduler: number;
}

/** A program of the control plane and how it is started. */
export interface Part {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  /** Answers 200 over HTTPS once it works; absent where the part's effect has to tell. */
  readonly health?: string;
}

const LOOPBACK = "127.0.0.1";

/** The programs of a control plane. */
export type ControlPlaneTools = Pick<
  ToolPaths,
  Extract<
    ToolName,
    "etcd" | "kube-apiserver" | "kube-controller-manager" | "kube-scheduler" | "kwok"
  >
>;

/** Where the API server is reached. */
export const serverUrl = (ports: Ports) => `https://${LOOPBACK}:${ports.apiServer}`;

/** The file with the Stage objects that kwok plays. */
export const stagesFile = (layout: StateLayout) => path.join(layout.cluster, "stages.yaml");

/** What has to run before there is an API. */
export function apiParts(
  layout: StateLayout,
  ports: Ports,
  tools: ControlPlaneTools,
  apiServerArguments: readonly string[] = [],
): Part[] {
  const files = credentialFiles(layout);
  const client = `http://${LOOPBACK}:${ports.etcd}`;
  const peer = `http://${LOOPBACK}:${ports.etcdPeer}`;
  return [
    {
      name: "etcd",
      file: tools.etcd,
      args: [
        "--name=local",
        `--data-dir=${layout.etcdData}`,
        `--listen-client-urls=${client}`,
        `--advertise-client-urls=${client}`,
        `--listen-peer-urls=${peer}`,
        `--initial-advertise-peer-urls=${peer}`,
        `--initial-cluster=local=${peer}`,
        // Nothing here has to outlive a power cut, and every write would wait for the disk.
        "--unsafe-no-fsync",
        "--log-level=warn",
      ],
    },
    {
      name: "kube-apiserver",
      file: tools["kube-apiserver"],
      args: [
        `--etcd-servers=${client}`,
        `--bind-address=${LOOPBACK}`,
        `--secure-port=${ports.apiServer}`,
        // It refuses a loopback address here. This one is set aside for documentation; nothing calls it.
        "--advertise-address=192.0.2.1",
        "--service-cluster-ip-range=10.96.0.0/16",
        `--cert-dir=${files.certificates}`,
        "--authorization-mode=RBAC",
        `--token-auth-file=${files.tokens}`,
        "--service-account-issuer=https://kubernetes.default.svc",
        `--service-account-key-file=${files.serviceAccountPublicKey}`,
        `--service-account-signing-key-file=${files.serviceAccountKey}`,
        "--allow-privileged=true",
        "--shutdown-delay-duration=0s",
        ...apiServerArguments,
      ],
      health: `${serverUrl(ports)}/readyz`,
    },
  ];
}

/** What acts on the API once it is there. */
export function actingParts(layout: StateLayout, ports: Ports, tools: ControlPlaneTools): Part[] {
  const files = credentialFiles(layout);
  // The API server's own certificate serves the others too: all are reached at the same address.
  const serving = [
    `--bind-address=${LOOPBACK}`,
    `--tls-cert-file=${files.authority}`,
    `--tls-private-key-file=${files.servingKey}`,
    "--leader-elect=false",
    // The defaults are for a cluster in use, where a queue protects others; here they are only delay.
    "--kube-api-qps=300",
    "--kube-api-burst=600",
  ];
  return [
    {
      name: "kube-controller-manager",
      file: tools["kube-controller-manager"],
      args: [
        `--kubeconfig=${partKubeconfig(layout, "kube-controller-manager")}`,
        ...serving,
        `--secure-port=${ports.controllerManager}`,
        `--service-account-private-key-file=${files.serviceAccountKey}`,
        `--root-ca-file=${files.authority}`,
        // A heartbeat of a simulated node that is late tells of a busy machine only, and the pods of a
        // node that was lost for a moment would stay unready for good.
        "--node-monitor-grace-period=1h",
      ],
      health: `https://${LOOPBACK}:${ports.controllerManager}/healthz`,
    },
    {
      name: "kube-scheduler",
      file: tools["kube-scheduler"],
      args: [
        `--kubeconfig=${partKubeconfig(layout, "kube-scheduler")}`,
        ...serving,
        `--secure-port=${ports.scheduler}`,
      ],
      health: `https://${LOOPBACK}:${ports.scheduler}/healthz`,
    },
    {
      name: "kwok",
      file: tools.kwok,
      args: [
        `--kubeconfig=${partKubeconfig(layout, "kwok")}`,
        `--config=${stagesFile(layout)}`,
        "--manage-all-nodes=true",
        "--node-port=0",
        "--cidr=10.244.0.0/16",
      ],
    },
  ];
}
