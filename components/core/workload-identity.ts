/** What a pod may do in the cloud, named by purpose; each cluster turns it into its own kind of role. */
export type Grant =
  | { readonly purpose: "read-write-bucket"; readonly bucket: string }
  | { readonly purpose: "manage-dns-zone"; readonly zone: string }
  | { readonly purpose: "scale-nodes" }
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
  readonly serviceAccountAnnotations: Readonly<Record<string, string>>;
  readonly podLabels: Readonly<Record<string, string>>;
}
