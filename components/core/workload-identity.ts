import type * as pulumi from "@pulumi/pulumi";

/** What a pod may do in the cloud, named by purpose; each cluster turns it into its own kind of role. */
export type Grant =
  /** A bucket as `ClusterHandle.objectStores` names it. */
  | { readonly purpose: "read-write-bucket"; readonly bucket: string }
  /** A zone as `ClusterHandle.dns` names it. */
  | { readonly purpose: "manage-dns-zone"; readonly zone: string }
  | { readonly purpose: "scale-nodes" }
  /** Secrets whose names begin with the prefix; `ClusterHandle.secretStore` gives the stack's. */
  | { readonly purpose: "read-secrets"; readonly prefix: string }
  | { readonly purpose: "read-write-secrets"; readonly prefix: string }
  | { readonly purpose: "snapshot-volumes" }
  | { readonly purpose: "manage-load-balancers" };

/** The Kubernetes side of a workload identity. */
export interface ServiceAccountRef {
  readonly namespace: string;
  readonly name: string;
}

/** What the ServiceAccount and its pods must carry for the cloud to recognise them. */
export interface WorkloadIdentity {
  /** Keys are plain; a value may be an id that the cloud gives. */
  readonly serviceAccountAnnotations: Readonly<Record<string, pulumi.Input<string>>>;
  readonly podLabels: Readonly<Record<string, string>>;
  /** The cloud's side, for `dependsOn`: a pod that starts before it is refused what it needs. */
  readonly ready: readonly pulumi.Resource[];
}
