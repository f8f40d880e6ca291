import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { createSystems, type SystemEndpoints } from "../../../systems/index.ts";
import { BARE_CAPABILITIES, fullCapabilities } from "../../support/capabilities.ts";
import { outline, recordOn } from "../../support/recorded-program.ts";
import { kaizenSettings } from "../../support/workload-fixtures.ts";

describe("createSystems", () => {
  it("gives addresses and namespaces of what is on", async () => {
    let made: { endpoints: Record<string, SystemEndpoints>; namespaces: string[] } | undefined;
    await recordOn(({ providers, earlier }) => {
      const capabilities = fullCapabilities(earlier);
      const secrets = { azureClientSecret: pulumi.secret("from-config") };
      made = createSystems(
        { kaizenStudio: { ...kaizenSettings, secrets } },
        { guard: "strict", capabilities, apiServerPeers: [] },
        { providers },
      );
    });
    assert.deepEqual(made, {
      endpoints: {
        kaizenStudio: {
          url: "https://studio.test",
          portForward: { backend: "-n kaizen-studio svc/backend-service 8000:8000" },
        },
      },
      namespaces: ["kaizen-studio"],
    });
  });

  it("makes nothing where nothing is on", async () => {
    const recording = await recordOn(({ providers }) => {
      const context = { capabilities: BARE_CAPABILITIES, apiServerPeers: [] };
      createSystems({}, { guard: "strict", ...context }, { providers });
    });
    assert.deepEqual(outline(recording), []);
  });
});
