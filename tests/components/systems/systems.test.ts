import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { PlatformCapabilities } from "../../../components/core/platform-capabilities.ts";
import { createSystems, type Systems } from "../../../systems/index.ts";
import { BARE_CAPABILITIES, fullCapabilities } from "../../support/capabilities.ts";
import { outline, recordOn } from "../../support/recorded-program.ts";
import { kaizenSettings, RUNBOOKS, STORAGE_CLASSES } from "../../support/workload-fixtures.ts";

/** What came out, without the components: comparing these would follow the whole program. */
const plain = (made: Systems | undefined) => ({
  endpoints: made?.endpoints,
  namespaces: made?.namespaces,
});

describe("createSystems", () => {
  it("gives addresses and namespaces of what is on", async () => {
    let made: Systems | undefined;
    await recordOn(({ providers, earlier }) => {
      const capabilities = fullCapabilities(earlier);
      const secrets = { azureClientSecret: pulumi.secret("from-config") };
      made = createSystems(
        { kaizenStudio: { ...kaizenSettings, secrets } },
        { guard: "strict", capabilities, storageClasses: STORAGE_CLASSES, runbooksUrl: RUNBOOKS },
        { providers },
      );
    });
    assert.deepEqual(plain(made), {
      endpoints: {
        kaizenStudio: {
          url: "https://studio.test",
          portForward: {
            backend: "kubectl port-forward -n kaizen-studio svc/backend-service 8000:8000",
          },
        },
      },
      namespaces: ["kaizen-studio"],
    });
  });

  it("gives no addresses of what is suspended, and makes nothing of what is removed", async () => {
    const create = async (change: { state: "suspended" | "removed"; deleteData: boolean }) => {
      let made: Systems | undefined;
      const recording = await recordOn(({ providers, earlier }) => {
        const context = {
          capabilities: fullCapabilities(earlier),
          storageClasses: STORAGE_CLASSES,
          runbooksUrl: RUNBOOKS,
        };
        const secrets = { azureClientSecret: pulumi.secret("from-config") };
        made = createSystems(
          { kaizenStudio: { ...kaizenSettings, ...change, secrets } },
          { guard: "strict", ...context },
          { providers },
        );
      });
      return { made: plain(made), outline: outline(recording) };
    };
    const suspended = await create({ state: "suspended", deleteData: false });
    assert.deepEqual(suspended.made, { endpoints: {}, namespaces: ["kaizen-studio"] });
    assert.ok(suspended.outline.includes("Namespace kaizen-studio-namespace-namespace"));
    const removed = await create({ state: "removed", deleteData: true });
    // The capabilities of the test are resources too.
    const ofSystem = removed.outline.filter((line) => line.includes("kaizen-studio"));
    assert.deepEqual([removed.made, ofSystem], [{ endpoints: {}, namespaces: [] }, []]);
  });

  it("makes nothing where nothing is on", async () => {
    const recording = await recordOn(({ providers }) => {
      const context = {
        capabilities: BARE_CAPABILITIES,
        storageClasses: STORAGE_CLASSES,
        runbooksUrl: RUNBOOKS,
      };
      createSystems({}, { guard: "strict", ...context }, { providers });
    });
    assert.deepEqual(outline(recording), []);
  });

  it("asks the cluster for an identity for each backup, where there is a store to write to", async () => {
    const asked: unknown[] = [];
    const create = (destination: Pick<PlatformCapabilities, "backupDestination">) =>
      recordOn(({ providers, earlier }) => {
        const peers = [{ cidr: "198.51.100.0/24", ports: [] }];
        createSystems(
          {
            kaizenStudio: {
              ...kaizenSettings,
              secrets: { azureClientSecret: pulumi.secret("from-config") },
            },
          },
          {
            guard: "strict",
            capabilities: { ...fullCapabilities(earlier), ...destination, backupPeers: peers },
            storageClasses: STORAGE_CLASSES,
            runbooksUrl: RUNBOOKS,
            identityFor: (account, grants) => {
              asked.push([account, grants]);
              return { serviceAccountAnnotations: {}, podLabels: {}, ready: [] };
            },
          },
          { providers },
        );
      });
    await create({});
    assert.deepEqual(asked, []);
    await create({ backupDestination: { api: "gcs", bucket: "backups" } });
    const grants = [{ purpose: "read-write-bucket", bucket: "backups" }];
    assert.deepEqual(asked, [
      [{ namespace: "kaizen-studio", name: "postgres-backup" }, grants],
      [{ namespace: "kaizen-studio", name: "redis-backup" }, grants],
    ]);
  });
});
