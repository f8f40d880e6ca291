import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { keyChecksums } from "../core/config-checksum.ts";
import type { ConfigSource } from "./config-source.ts";
import { namedAs, type Place } from "./deployment.ts";

/** Files that a block brings for its own containers: the ConfigMap `<name>-files`. */
export function createFiles(
  name: string,
  args: Place,
  configMapName: string,
  files: Readonly<Record<string, string>>,
  options: pulumi.CustomResourceOptions,
): ConfigSource {
  const object = new k8s.core.v1.ConfigMap(
    `${name}-files`,
    { metadata: namedAs(args, configMapName), data: { ...files } },
    options,
  );
  const checksums = keyChecksums(files);
  return { kind: "ConfigMap", name: configMapName, keys: Object.keys(files), checksums, object };
}
