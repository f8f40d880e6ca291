import { at, textAt } from "../../json-access.ts";
import type { JsonObject } from "../../../property-values.ts";
import type { Manifest } from "../../manifest.ts";
import type { ReleaseSpec } from "../release-inputs.ts";

/** Where a chart carries its custom resource definitions, which decides what becomes of them. */
export interface ChartDefinitions {
  /**
   * `crds`: installed once, never upgraded, never deleted, left out by `skipCrds`.
   * `templates`: upgraded and deleted with the release.
   */
  readonly place: "crds" | "templates";
  /** Whether these values bring them. */
  enabled(values: JsonObject): boolean;
  /** Whether they stay when the release goes (`helm.sh/resource-policy: keep`). */
  kept(values: JsonObject): boolean;
}

/** Definitions that lie in a chart's crds folder whatever the values: they stay for good. */
export const CRDS_FOLDER: ChartDefinitions = {
  place: "crds",
  enabled: () => true,
  kept: () => true,
};

/** What the stand-in knows of a chart: what others rely on, without pods. */
export interface StandInChart {
  readonly definitions?: ChartDefinitions;
  objects(release: ReleaseSpec): Manifest[];
}

/** A port of a Service. */
export interface Port {
  readonly name: string;
  readonly port: number;
  readonly targetPort: number | string;
}

/** A value that is on unless it is switched off. */
export function isOn(values: JsonObject, ...path: readonly string[]): boolean {
  return at(values, ...path) !== false;
}

/** A Service of a release, in its namespace. */
export function service(
  release: ReleaseSpec,
  name: string,
  selector: Readonly<Record<string, string>>,
  ports: readonly Port[],
  extra: { readonly spec?: JsonObject; readonly annotations?: JsonObject } = {},
): Manifest {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name,
      namespace: textAt(release.values, "namespaceOverride") ?? release.namespace,
      ...(extra.annotations === undefined ? {} : { annotations: extra.annotations }),
    },
    spec: {
      ...extra.spec,
      selector: { ...selector },
      ports: ports.map((port) => ({ ...port, protocol: "TCP" })),
    },
  };
}
