import assert from "node:assert/strict";
import { Platform } from "../../../components/platform/index.ts";
import type { PlatformArgs } from "../../../components/platform/index.ts";
import { alertSecretsOf, PLATFORM_ARGS } from "../../support/platform-fixtures.ts";
import { recordOn } from "../../support/recorded-program.ts";

async function warnings(args: PlatformArgs): Promise<string[]> {
  const { diagnostics } = await recordOn(({ providers }) => {
    new Platform("platform", { ...args, alertSecrets: alertSecretsOf() }, { providers });
  });
  return diagnostics
    .filter(({ severity }) => severity === "warning")
    .map(({ message, urn }) => `${urn?.split("::").at(-1) ?? ""}: ${message}`);
}

describe("the retirement of ingress-nginx (D-75)", () => {
  it("is said once where the guard is strict, of the controller", async () => {
    const [first, ...others] = await warnings(PLATFORM_ARGS);
    assert.match(
      first ?? "",
      /^platform-ingress-nginx: ingress-nginx is retired: .*Gateway API\.$/,
    );
    assert.deepEqual(others, []);
  });

  it("is left unsaid under relaxed, and where it is off", async () => {
    assert.deepEqual(await warnings({ ...PLATFORM_ARGS, guard: "relaxed" }), []);
    const ingressNginx = { ...PLATFORM_ARGS.ingressNginx, enabled: false };
    assert.deepEqual(await warnings({ ...PLATFORM_ARGS, ingressNginx }), []);
  });
});
