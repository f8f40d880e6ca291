import assert from "node:assert/strict";
import type { Resource } from "@pulumi/pulumi";
import type { SecretBackend } from "../../../components/core/secret-backend.ts";
import { byName, type Recording } from "../../../plan/recording.ts";
import { fullCapabilities } from "../../support/capabilities.ts";
import { recordStudio, type Change } from "../../support/kaizen-studio-recording.ts";
import { managedCloud } from "../../support/managed-postgres.ts";
import { outline } from "../../support/recorded-program.ts";
import { sealedStudio } from "../../support/sealed-studio.ts";
import { externalBackend, sealedBackend } from "../../support/secret-backends.ts";
import { kaizenSettings } from "../../support/workload-fixtures.ts";

const recordWith = (backend: (ready: Resource) => SecretBackend, change: Change = {}) =>
  recordStudio({
    ...change,
    capabilitiesOf: (ready) => ({ ...fullCapabilities(ready), secretBackend: backend(ready) }),
  });

const sealed = (change: Change["settings"] = {}) =>
  recordWith(sealedBackend, { settings: { ...sealedStudio("HS256"), ...change } });

/** What is made beside the Secret and the resources that its values come from. */
const rest = (recording: Recording) =>
  outline(recording).filter(
    (line) =>
      !/^(Random|PrivateKey)/.test(line) &&
      !/^(Secret|ExternalSecret|SealedSecret) kaizen-studio-secrets-secret$/.test(line),
  );

/** Environment and checksums' names of the backend's pods, which say how they read their secrets. */
function reads(recording: Recording) {
  const { template } = byName(recording, "kaizen-studio-backend-deployment").inputs["spec"] as {
    template: { metadata: { annotations: object }; spec: { containers: { env: unknown }[] } };
  };
  return {
    env: template.spec.containers.map(({ env }) => env),
    annotations: Object.keys(template.metadata.annotations),
  };
}

describe("KaizenStudio, by secret backend (E-51)", () => {
  it("is the same but for its Secret", async () => {
    const native = await recordStudio();
    for (const other of [await recordWith(externalBackend), await sealed()]) {
      assert.deepEqual(rest(other), rest(native));
      assert.deepEqual(reads(other), reads(native));
    }
  });

  it("keeps what it generates in the cloud's store as it keeps its volumes (E-55)", async () => {
    const asked: [string, boolean][] = [];
    const noting = (ready: Resource): SecretBackend => {
      const backend = externalBackend(ready);
      return {
        ...backend,
        write: (name, request) => {
          asked.push([name, request.retain]);
          return backend.write(name, request);
        },
      };
    };
    await recordWith(noting);
    await recordWith(noting, { guard: "relaxed" });
    const name = "kaizen-studio-kaizen-studio-secrets";
    assert.deepEqual(asked, [
      [name, true],
      [name, false],
    ]);
  });

  it("draws nothing where people seal", async () => {
    assert.deepEqual(
      outline(await sealed()).filter((line) => /^(Random|PrivateKey|Secret) /.test(line)),
      [],
    );
  });

  it("has a managed database told the password, and its connection fetched from the store", async () => {
    const postgres = { ...kaizenSettings.postgres, mode: "managed" as const };
    const recording = await recordWith(externalBackend, {
      settings: { postgres },
      argsOf: (ready) => ({ managedPostgres: managedCloud(ready).create }),
    });
    const made = outline(recording).filter((line) => line.includes("Secret kaizen"));
    assert.deepEqual(made, [
      "ExternalSecret kaizen-studio-postgres-connection-secret",
      "ExternalSecret kaizen-studio-secrets-secret",
    ]);
  });

  it("refuses what nobody sealed before it makes anything", async () => {
    await assert.rejects(
      sealed({ sealedSecrets: {} }),
      /1\. sealedSecrets\.kaizen-studio-secrets\.postgres-password: expected a sealed value/,
    );
  });
});
