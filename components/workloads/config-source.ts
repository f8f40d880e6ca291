import type * as pulumi from "@pulumi/pulumi";

/** A ConfigMap or Secret that pods read, and what a pod needs to know of it. */
export interface ConfigSource {
  readonly kind: "ConfigMap" | "Secret";
  readonly name: string;
  readonly keys: readonly string[];
  /** Changes when the data does; as a pod annotation it rolls the pods. Never secret. */
  readonly checksum: pulumi.Input<string>;
  /** The object, for `dependsOn`: a pod whose source is missing does not start. */
  readonly object: pulumi.Resource;
}

/** One key of a source. */
export interface SourceKey {
  readonly source: ConfigSource;
  readonly key: string;
}
