import type * as pulumi from "@pulumi/pulumi";

/** A ConfigMap or Secret that pods read, and what a pod needs to know of it. */
export interface ConfigSource {
  readonly kind: "ConfigMap" | "Secret";
  readonly name: string;
  readonly keys: readonly string[];
  /** Of each key; changes when the value does. Never secret: what a pod reads rolls it by them. */
  readonly checksums: Readonly<Record<string, pulumi.Input<string>>>;
  /** The object, for `dependsOn`: a pod whose source is missing does not start. */
  readonly object: pulumi.Resource;
}

/** One key of a source. */
export interface SourceKey {
  readonly source: ConfigSource;
  readonly key: string;
}
