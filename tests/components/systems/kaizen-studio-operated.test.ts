import assert from "node:assert/strict";
import type { PlatformCapabilities } from "../../../components/core/platform-capabilities.ts";
import { byName, byType, maskSecrets } from "../../../plan/recording.ts";
import { createSystems } from "../../../systems/index.ts";
import { fullCapabilities } from "../../support/capabilities.ts";
import { recordStudio, type Change } from "../../support/kaizen-studio-recording.ts";
import { OPERATOR_PODS, S3_ARCHIVE } from "../../support/operated-postgres.ts";
import { dependencyNames, outline, recordOn } from "../../support/recorded-program.ts";
import { kaizenSettings, RUNBOOKS, STORAGE_CLASSES } from "../../support/workload-fixtures.ts";
import * as pulumi from "@pulumi/pulumi";

const API_SERVER = { cidr: "10.1.2.3/32", ports: [{ port: 443, protocol: "TCP" }] } as const;
const postgres = { ...kaizenSettings.postgres, mode: "cnpg" as const };
const { objectStore, peers } = S3_ARCHIVE.store;

const capabilitiesOf = (ready: pulumi.Resource): PlatformCapabilities => ({
  ...fullCapabilities(ready),
  postgresOperator: { pods: OPERATOR_PODS, apiServer: [API_SERVER], ready: [ready] },
  backupDestination: objectStore,
  backupPeers: peers,
});

const recordOperated = (change: Change = {}) =>
  recordStudio({ capabilitiesOf, ...change, settings: { postgres, ...change.settings } });

interface Policy {
  readonly podSelector: { readonly matchLabels: Record<string, string> };
  readonly ingress?: readonly { from: object[]; ports: { port: number }[] }[];
  readonly egress?: readonly { to: { ipBlock?: { cidr: string } }[]; ports: object[] }[];
}

describe("KaizenStudio, with a database that an operator runs (E-53)", () => {
  it("has three servers under guard strict, and one where that is allowed", async () => {
    const servers = async (guard: "strict" | "relaxed") => {
      const { spec } = byName(
        await recordOperated({ guard }),
        "kaizen-studio-postgres-cluster",
      ).inputs;
      return (spec as { instances: number }).instances;
    };
    assert.deepEqual([await servers("strict"), await servers("relaxed")], [3, 1]);
  });

  it("runs no StatefulSet for it, and tells the backend what it always tells it", async () => {
    const recording = await recordOperated();
    const sets = (lines: string[]) => lines.filter((line) => /^Stateful.*postgres/.test(line));
    assert.deepEqual(sets(outline(recording)), []);
    assert.equal(sets(outline(await recordStudio())).length, 2);
    const { data } = byName(recording, "kaizen-studio-secrets-secret").inputs;
    assert.ok("database-url" in (maskSecrets(data) as object));
    const migration = byType(recording, "kubernetes:batch/v1:Job")[0] ?? assert.fail();
    assert.ok(dependencyNames(migration).includes("kaizen-studio-postgres-cluster"));
  });

  it("lets in the operator and each caller, and the servers out to API server and archive", async () => {
    const recording = await recordOperated();
    const { spec } = byName(recording, "kaizen-studio-connections-postgres-servers-policy")
      .inputs as { spec: Policy };
    assert.deepEqual(spec.podSelector.matchLabels, { "cnpg.io/cluster": "postgres" });
    const callers = (port: number) =>
      (spec.ingress ?? [])
        .filter(({ ports }) => ports.some((one) => one.port === port))
        .flatMap(({ from }) =>
          from.map(
            (peer) =>
              /postgres-backup|backend|migration|cnpg-system|cnpg.io|"postgres"|prometheus/.exec(
                JSON.stringify(peer),
              )?.[0],
          ),
        );
    assert.deepEqual(callers(5432).toSorted(), [
      '"postgres"',
      "backend",
      "cnpg-system",
      "cnpg.io",
      "migration",
      "postgres-backup",
    ]);
    assert.deepEqual(callers(8000).toSorted(), ["cnpg-system", "cnpg.io"]);
    assert.deepEqual(callers(9187), ["prometheus"]);
    const blocks = (spec.egress ?? []).flatMap(({ to }) =>
      to.flatMap(({ ipBlock }) => ipBlock?.cidr ?? []),
    );
    assert.deepEqual(blocks, [API_SERVER.cidr, ...peers.map(({ cidr }) => cidr)]);
  });

  it("archives beside its dumps, for as long as these are kept", async () => {
    const recording = await recordOperated();
    assert.partialDeepStrictEqual(byName(recording, "kaizen-studio-postgres-archive").inputs, {
      spec: {
        configuration: { destinationPath: "s3://acme/kaizen-studio/postgres-archive" },
        retentionPolicy: `${kaizenSettings.backup.keepDays}d`,
      },
    });
    const without = await recordOperated({
      capabilitiesOf: (ready) => {
        const { postgresOperator } = capabilitiesOf(ready);
        return { ...fullCapabilities(ready), ...(postgresOperator && { postgresOperator }) };
      },
    });
    assert.ok(!outline(without).some((line) => line.startsWith("ObjectStore ")));
  });

  it("asks the cloud for an identity of its servers only where they have an archive", async () => {
    const asked = async (mode: "cnpg" | "statefulset") => {
      const accounts: string[] = [];
      await recordOn(({ providers, earlier }) => {
        const secrets = { azureClientSecret: pulumi.secret("from-config") };
        createSystems(
          { kaizenStudio: { ...kaizenSettings, postgres: { ...postgres, mode }, secrets } },
          {
            guard: "strict",
            capabilities: capabilitiesOf(earlier),
            storageClasses: STORAGE_CLASSES,
            runbooksUrl: RUNBOOKS,
            identityFor: ({ name }) => {
              accounts.push(name);
              return { serviceAccountAnnotations: {}, podLabels: {}, ready: [earlier] };
            },
          },
          { providers },
        );
      });
      return accounts.toSorted();
    };
    assert.deepEqual(await asked("cnpg"), ["postgres", "postgres-backup", "redis-backup"]);
    assert.deepEqual(await asked("statefulset"), ["postgres-backup", "redis-backup"]);
  });

  it("is refused where the platform has no operator", async () => {
    await assert.rejects(recordStudio({ settings: { postgres } }), {
      message:
        "Invalid arguments:\n" +
        '1. postgres.mode: got "cnpg", expected "statefulset" or "managed", because the platform has ' +
        "no operator for PostgreSQL. Turn slipway:platform.postgresOperator on, or leave it out.",
    });
  });
});
