import type { Live } from "./cloud-account.ts";

/** A Service that asks for a load balancer. */
export const loadBalancer = (name: string, annotations: object = {}) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, namespace: "default", annotations },
  spec: { type: "LoadBalancer", selector: { app: name }, ports: [{ port: 80 }] },
});

/** A class of disks that wait for their pod. */
export const storageClass = (name: string, provisioner: string, reclaimPolicy: string) => ({
  apiVersion: "storage.k8s.io/v1",
  kind: "StorageClass",
  metadata: { name },
  provisioner,
  parameters: { type: "ssd" },
  reclaimPolicy,
  allowVolumeExpansion: true,
  volumeBindingMode: "WaitForFirstConsumer",
});

/** A claim for 1Gi; of the default class unless another is named. */
export const claim = (name: string, storageClassName?: string) => ({
  apiVersion: "v1",
  kind: "PersistentVolumeClaim",
  metadata: { name, namespace: "default" },
  spec: {
    accessModes: ["ReadWriteOnce"],
    resources: { requests: { storage: "1Gi" } },
    ...(storageClassName === undefined ? {} : { storageClassName }),
  },
});

/** A pod that mounts claims. */
export const podWith = (name: string, ...claims: string[]) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, namespace: "default" },
  spec: {
    containers: [{ name: "main", image: "example.com/main:v1" }],
    volumes: claims.map((claimName) => ({
      name: claimName,
      persistentVolumeClaim: { claimName },
    })),
  },
});

/** Where the load balancer of a Service is reached. */
export const ingress = (service: Live | undefined) =>
  (
    service?.status?.["loadBalancer"] as
      { ingress?: { ip?: string; hostname?: string }[] } | undefined
  )?.ingress?.[0];
export const phase = (object: Live | undefined) => object?.status?.["phase"];
/** Values of labels, a row for each node. */
export const labelsOf = (nodes: readonly Live[], ...labels: string[]) =>
  nodes.map(({ metadata }) => labels.map((label) => metadata.labels?.[label]));
