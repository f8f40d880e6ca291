import type { KUBERNETES_VERSIONS } from "../kubernetes-versions.ts";

/** What EKS installs into the cluster and keeps running. */
export type AddOnName =
  | "vpc-cni"
  | "eks-pod-identity-agent"
  | "kube-proxy"
  | "coredns"
  | "aws-ebs-csi-driver"
  | "aws-efs-csi-driver"
  | "snapshot-controller"
  | "metrics-server";

type Minor = (typeof KUBERNETES_VERSIONS)[number];

/**
 * Versions by minor version of Kubernetes, pinned so that a plan of today is the plan of tomorrow. EKS
 * refuses one that is not made for its version. These are versions that public configurations of
 * August and September 2026 run; no account was at hand to ask EKS itself, which is done with
 * `aws eks describe-addon-versions --kubernetes-version 1.35 --addon-name NAME`. docs/clouds/eks.md says
 * how the table is brought up to date.
 */
const VERSIONS: Readonly<Record<Minor, Readonly<Record<AddOnName, string>>>> = {
  "1.34": {
    "vpc-cni": "v1.22.4-eksbuild.3",
    "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
    "kube-proxy": "v1.34.6-eksbuild.21",
    coredns: "v1.12.4-eksbuild.29",
    "aws-ebs-csi-driver": "v1.63.1-eksbuild.1",
    "aws-efs-csi-driver": "v3.4.0-eksbuild.1",
    "snapshot-controller": "v8.6.0-eksbuild.4",
    "metrics-server": "v0.9.0-eksbuild.7",
  },
  "1.35": {
    "vpc-cni": "v1.22.4-eksbuild.3",
    "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
    "kube-proxy": "v1.35.3-eksbuild.21",
    coredns: "v1.13.2-eksbuild.21",
    "aws-ebs-csi-driver": "v1.63.1-eksbuild.1",
    "aws-efs-csi-driver": "v3.4.1-eksbuild.1",
    "snapshot-controller": "v8.6.0-eksbuild.4",
    "metrics-server": "v0.9.0-eksbuild.5",
  },
};

/** The pinned version of an add-on; `checkEks` lets no other version of Kubernetes pass. */
export function addOnVersion(kubernetesVersion: string, addOn: AddOnName): string {
  const versions = VERSIONS[kubernetesVersion as Minor] as (typeof VERSIONS)[Minor] | undefined;
  if (versions === undefined) {
    throw new Error(`There are no versions of add-ons for Kubernetes ${kubernetesVersion}.`);
  }
  return versions[addOn];
}
