import assert from "node:assert/strict";
import fc from "fast-check";
import { checkStack } from "../../../config/check-stack.ts";
import {
  CLOUD_DEFAULTS,
  CLUSTER_DEFAULTS,
} from "../../../components/clusters/settings-defaults.ts";
import { PLATFORM_DEFAULTS } from "../../../components/platform/settings-defaults.ts";
import { KAIZEN_STUDIO_DEFAULTS } from "../../../systems/kaizen-studio/settings-defaults.ts";
import type { StackSource } from "../../../config/stack-source.ts";
import { changed, CLOUDS, edited, onOwnCluster, shipped } from "./stack-sources.ts";

/** Paths of all values of JSON that are neither map nor list. */
function leaves(value: unknown, path = ""): string[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => leaves(item, `${path}[${index}]`));
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) =>
    leaves(inner, path === "" ? key : `${path}.${key}`),
  );
}

/** Paths of all maps and lists below the root. */
function branches(value: unknown): string[] {
  const above = leaves(value).flatMap((path) =>
    [...path.matchAll(/[.[]/g)].map(({ index }) => path.slice(0, index)),
  );
  return [...new Set(above)];
}

/** What the defaults say, at the places where a stack file may say it. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  "slipway:cluster.allowedCidrs": [],
  "slipway:cluster.network.peers": [],
  "slipway:cluster.nodePools[0].spot": CLOUD_DEFAULTS.nodePool.spot,
  "slipway:cluster.storage.rwx": CLOUD_DEFAULTS.storage.rwx,
  "slipway:cluster.maintenance.exclusions": [],
  "slipway:cluster.registry": CLOUD_DEFAULTS.registry,
  "slipway:platform.certManager.enabled": PLATFORM_DEFAULTS.certManager.enabled,
  "slipway:platform.ingressNginx.enabled": PLATFORM_DEFAULTS.ingressNginx.enabled,
  "slipway:platform.ingressNginx.exposure": PLATFORM_DEFAULTS.ingressNginx.exposure,
  "slipway:platform.monitoring.enabled": PLATFORM_DEFAULTS.monitoring.enabled,
  "slipway:systems.kaizenStudio.state": KAIZEN_STUDIO_DEFAULTS.state,
  "slipway:systems.kaizenStudio.deleteData": KAIZEN_STUDIO_DEFAULTS.deleteData,
  "slipway:systems.kaizenStudio.rotation": KAIZEN_STUDIO_DEFAULTS.rotation,
  "slipway:systems.kaizenStudio.backend.extraEnv": KAIZEN_STUDIO_DEFAULTS.backend.extraEnv,
  "slipway:systems.kaizenStudio.backend.extraConfig": KAIZEN_STUDIO_DEFAULTS.backend.extraConfig,
  "slipway:systems.kaizenStudio.frontend.extraEnv": KAIZEN_STUDIO_DEFAULTS.frontend.extraEnv,
  "slipway:systems.kaizenStudio.frontend.resources": KAIZEN_STUDIO_DEFAULTS.frontend.resources,
};

/** Some of the four amounts; whichever is left out, requests stay below limits. */
const some = { requiredKeys: [] };
const someResources = fc.record(
  {
    requests: fc.record(
      { cpu: fc.constantFrom("50m", "150m"), memory: fc.constantFrom("128Mi", "192Mi") },
      some,
    ),
    limits: fc.record(
      { cpu: fc.constantFrom("200m", "2"), memory: fc.constantFrom("256Mi", "1Gi") },
      some,
    ),
  },
  some,
);

const KIND = "slipway:cluster.kind";
/** What tells the clouds apart where the kind does not. */
const OF_ONE_CLOUD = /^slipway:cluster\.(kind|project|account|subscription|tenant|network\.pods)$/;

/** A relaxed stack and a strict one, on each kind of cluster. */
const SOURCES = ["dev", "prod"].flatMap((stack): [title: string, source: StackSource][] => [
  [`${stack} on a cluster that is there already`, onOwnCluster(stack)],
  ...CLOUDS.map((cloud): [string, StackSource] => [`${stack} on ${cloud}`, shipped(stack, cloud)]),
]);

for (const [title, source] of SOURCES) {
  describe(`checkStack of ${title}, for any choice of keys`, () => {
    const ours = Object.fromEntries(
      Object.entries(source.values).filter(([key]) => key.startsWith("slipway:")),
    );
    const written = leaves(ours);
    const named = (changes: Readonly<Record<string, unknown>>) =>
      checkStack(changed(source, changes)).problems.map(({ path }) => path);

    it("names each broken value, whichever others are broken with it, and no sound one", () => {
      fc.assert(
        fc.property(fc.subarray(written, { minLength: 1 }), (broken) => {
          const changes = Object.fromEntries(broken.map((path) => [path, { not: "this" }]));
          assert.deepEqual(named(changes).sort(), [...broken].sort());
        }),
        { numRuns: 60 },
      );
    });

    it("names each map and each list that is neither, and nothing below it", () => {
      for (const path of branches(ours)) assert.deepEqual(named({ [path]: "text" }), [path]);
    });

    it("names each missing value, whichever others are missing with it", () => {
      const isTold = (missing: readonly string[]) =>
        !missing.includes(KIND) || missing.filter((path) => OF_ONE_CLOUD.test(path)).length === 1;
      fc.assert(
        fc.property(fc.subarray(written, { minLength: 1 }).filter(isTold), (missing) => {
          const changes = Object.fromEntries(missing.map((path) => [path, undefined]));
          assert.deepEqual(named(changes).sort(), [...missing].sort());
        }),
        { numRuns: 60 },
      );
    });
  });
}

describe("checkStack, for any choice of defaults", () => {
  it("fills what is left out with the documented default", () => {
    const everything = checkStack(edited("dev", DEFAULTS)).config;
    assert.ok(everything !== undefined);
    fc.assert(
      fc.property(fc.subarray(Object.keys(DEFAULTS)), (written) => {
        const changes = Object.fromEntries(written.map((path) => [path, DEFAULTS[path]]));
        assert.deepEqual(checkStack(edited("dev", changes)).config, everything);
      }),
      { numRuns: 60 },
    );
  });

  it("fills the storage classes of a cluster that is there already", () => {
    const key = "slipway:cluster.storageClasses";
    const written = checkStack(onOwnCluster("dev", { [key]: CLUSTER_DEFAULTS.storageClasses }));
    assert.ok(written.config !== undefined);
    assert.deepEqual(checkStack(onOwnCluster("dev")).config, written.config);
  });

  it("merges resources into their defaults, however few of them are written", () => {
    fc.assert(
      fc.property(someResources, (resources) => {
        const path = "slipway:systems.kaizenStudio.frontend.resources";
        const { config } = checkStack(edited("dev", { [path]: resources }));
        const { requests, limits } = KAIZEN_STUDIO_DEFAULTS.frontend.resources;
        assert.deepEqual(config?.systems.kaizenStudio?.frontend.resources, {
          requests: { ...requests, ...resources.requests },
          limits: { ...limits, ...resources.limits },
        });
      }),
      { numRuns: 60 },
    );
  });

  it("keeps what is written over a default", () => {
    fc.assert(
      fc.property(fc.boolean(), fc.constantFrom("public", "internal"), (enabled, exposure) => {
        const { config } = checkStack(
          edited("dev", {
            "slipway:platform.ingressNginx.enabled": enabled,
            "slipway:platform.ingressNginx.exposure": exposure,
          }),
        );
        assert.deepEqual(config?.platform.ingressNginx, { enabled, replicas: 1, exposure });
      }),
    );
  });
});
