import assert from "node:assert/strict";
import fc from "fast-check";
import { checkStack } from "../../../config/check-stack.ts";
import { CLUSTER_DEFAULTS } from "../../../components/clusters/settings-defaults.ts";
import { PLATFORM_DEFAULTS } from "../../../components/platform/settings-defaults.ts";
import { readStackFile } from "../../../config/stack-file.ts";
import { KAIZEN_STUDIO_DEFAULTS } from "../../../systems/kaizen-studio/settings-defaults.ts";
import { edited } from "./stack-sources.ts";

/** Paths of all values of JSON that are neither map nor list. */
function leaves(value: unknown, path = ""): string[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => leaves(item, `${path}[${index}]`));
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) =>
    leaves(inner, path === "" ? key : `${path}.${key}`),
  );
}

/** What the defaults say, at the places where a stack file may say it. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  "slipway:cluster.storageClasses": CLUSTER_DEFAULTS.storageClasses,
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

describe("checkStack, for any choice of keys", () => {
  const ours = Object.fromEntries(
    Object.entries(readStackFile("dev").values).filter(([key]) => key.startsWith("slipway:")),
  );

  it("names each broken value, whichever others are broken with it, and no sound one", () => {
    fc.assert(
      fc.property(fc.subarray(leaves(ours), { minLength: 1 }), (broken) => {
        const changes = Object.fromEntries(broken.map((path) => [path, { not: "this" }]));
        const { problems } = checkStack(edited("dev", changes));
        assert.deepEqual(problems.map(({ path }) => path).sort(), [...broken].sort());
      }),
      { numRuns: 60 },
    );
  });

  it("names each missing value, whichever others are missing with it", () => {
    fc.assert(
      fc.property(fc.subarray(leaves(ours), { minLength: 1 }), (missing) => {
        const changes = Object.fromEntries(missing.map((path) => [path, undefined]));
        const { problems } = checkStack(edited("dev", changes));
        assert.deepEqual(problems.map(({ path }) => path).sort(), [...missing].sort());
      }),
      { numRuns: 60 },
    );
  });

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
