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
  "slipway:systems.kaizenStudio.frontend.resources": KAIZEN_STUDIO_DEFAULTS.frontend.resources,
};

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
