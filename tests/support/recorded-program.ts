import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import * as tls from "@pulumi/tls";
import { record, type RecordedResource, type Recording } from "../../plan/recording.ts";

/** What a test's program starts from: providers to hand to the component, and a resource to wait for. */
export interface Ground {
  readonly providers: pulumi.ProviderResource[];
  /** Stands for anything that the component has to come after. */
  readonly earlier: k8s.core.v1.ConfigMap;
}

/** Names of the resources that every recorded program starts with. */
export const GROUND_NAMES = ["test-cluster", "test-random", "test-tls", "test-earlier"];

/** Records a program that makes components on the ground of {@link Ground}. */
export function recordOn(
  program: (ground: Ground) => unknown,
  options: { readonly preview?: boolean } = {},
): Promise<Recording> {
  return record(
    () => {
      const cluster = new k8s.Provider("test-cluster", { clusterIdentifier: "test" });
      const providers = [cluster, new random.Provider("test-random"), new tls.Provider("test-tls")];
      const metadata = { namespace: "test-earlier", name: "earlier" };
      const earlier = new k8s.core.v1.ConfigMap(
        "test-earlier",
        { metadata },
        { provider: cluster },
      );
      program({ providers, earlier });
    },
    { stack: "test", ...options },
  );
}

/** The recorded resources without the stack and the ground. */
export function madeBy(recording: Recording): RecordedResource[] {
  return recording.resources.filter(
    ({ type, name }) => type !== "pulumi:pulumi:Stack" && !GROUND_NAMES.includes(name),
  );
}

/** Kind and logical name of each resource, sorted: registrations that wait for nothing may overtake. */
export function outline(recording: Recording): string[] {
  return madeBy(recording)
    .map(({ type, name }) => `${type.split(":").at(-1) ?? type} ${name}`)
    .toSorted();
}

/** Names of the resources that a resource depends on, in alphabetical order. */
export function dependencyNames(resource: RecordedResource): string[] {
  return resource.dependencies.map((urn) => urn.split("::").at(-1) ?? urn).toSorted();
}
