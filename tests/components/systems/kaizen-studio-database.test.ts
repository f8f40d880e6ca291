import assert from "node:assert/strict";
import type { Resource } from "@pulumi/pulumi";
import { POSTGRES_MAJOR, PUBLIC_IMAGES } from "../../../components/workloads/index.ts";
import { byName, maskSecrets, type Recording } from "../../../plan/recording.ts";
import { recordStudio, type Change } from "../../support/kaizen-studio-recording.ts";
import { managedCloud, type Asked } from "../../support/managed-postgres.ts";
import { dependencyNames, outline } from "../../support/recorded-program.ts";
import { kaizenSettings } from "../../support/workload-fixtures.ts";

/** Kaizen Studio with a database that the cloud runs, and what the cloud was asked for. */
async function recordManaged({ settings = {}, ...change }: Change = {}) {
  let asked: Asked[] = [];
  const argsOf = (ready: Resource) => {
    const cloud = managedCloud(ready);
    asked = cloud.asked;
    return { managedPostgres: cloud.create };
  };
  const postgres = { ...kaizenSettings.postgres, mode: "managed" as const };
  const recording = await recordStudio({
    ...change,
    settings: { postgres, ...settings },
    argsOf,
  });
  return { recording, asked };
}

interface Container {
  readonly env: readonly { readonly name: string; readonly valueFrom?: unknown }[];
}

const containersOf = (recording: Recording, name: string) => {
  const { spec } = byName(recording, name).inputs as {
    spec: { template: { spec: { containers: Container[] } } };
  };
  return spec.template.spec.containers;
};

interface Policy {
  readonly egress?: readonly { readonly to: readonly { readonly ipBlock?: { cidr: string } }[] }[];
}

describe("KaizenStudio, with a database of the cloud (E-53)", () => {
  it("asks for one server of the size that the stack file says", async () => {
    const { asked } = await recordManaged();
    assert.deepEqual(asked, [
      {
        name: "kaizen-studio-postgres",
        version: "15",
        size: { cpu: "2", memory: "4Gi" },
        storage: "50Gi",
        databases: ["kaizen_studio"],
        adminUser: "kaizen_user",
        highlyAvailable: true,
        backupDays: 14,
        retain: true,
      },
    ]);
    const relaxed = await recordManaged({
      guard: "relaxed",
      settings: { backup: { ...kaizenSettings.backup, keepDays: 90 } },
    });
    const [request] = relaxed.asked;
    assert.partialDeepStrictEqual(request, {
      highlyAvailable: false,
      retain: false,
      backupDays: 35,
    });
  });

  it("asks for the version that its dump tools are of", () => {
    assert.ok(PUBLIC_IMAGES.postgres.includes(`/postgres:${POSTGRES_MAJOR}.`));
  });

  it("runs no server, and gives backend and migration the connection's Secret", async () => {
    const { recording } = await recordManaged();
    assert.ok(!outline(recording).some((line) => /^(StatefulSet|StatefulService) /.test(line)));
    const { data } = byName(recording, "kaizen-studio-secrets-secret").inputs;
    assert.ok(!("database-url" in (maskSecrets(data) as object)));
    const url = {
      name: "DATABASE_URL",
      valueFrom: { secretKeyRef: { name: "postgres-connection", key: "url" } },
    };
    for (const name of ["backend-deployment", "migration-job-9e1a838f02"]) {
      const [container] = containersOf(recording, `kaizen-studio-${name}`);
      assert.deepEqual(container?.env[0], url, name);
      assert.ok(container.env.some((one) => one.name === "PGSSLROOTCERT"));
    }
    const migration = byName(recording, "kaizen-studio-migration-job-9e1a838f02");
    assert.ok(dependencyNames(migration).includes("kaizen-studio-postgres-connection-secret"));
  });

  it("lets out to the server whoever needs it, and nobody else", async () => {
    const { recording } = await recordManaged();
    const reaches = (part: string) => {
      const { spec } = byName(recording, `kaizen-studio-connections-${part}-policy`).inputs as {
        spec: Policy;
      };
      const blocks = (spec.egress ?? []).flatMap(({ to }) => to.flatMap(({ ipBlock }) => ipBlock));
      return blocks.some((block) => block?.cidr === "10.40.0.0/24");
    };
    const parts = ["backend", "migration", "postgres", "postgres-backup", "frontend", "redis"];
    assert.deepEqual(parts.filter(reaches), [
      "backend",
      "migration",
      "postgres",
      "postgres-backup",
    ]);
  });

  it("backs the server up as any other, over an encrypted connection", async () => {
    const { recording } = await recordManaged();
    const { spec } = byName(recording, "kaizen-studio-postgres-backup-schedule-cronjob").inputs as {
      spec: { jobTemplate: { spec: { template: { spec: { containers: Container[] } } } } };
    };
    const [dump] = spec.jobTemplate.spec.template.spec.containers;
    const env = new Map(dump?.env.map((one) => [one.name, one]));
    assert.deepEqual(env.get("PGHOST")?.valueFrom, {
      secretKeyRef: { name: "postgres-connection", key: "host" },
    });
    assert.deepEqual(env.get("PGSSLMODE"), { name: "PGSSLMODE", value: "verify-ca" });
  });

  it("refuses it on a cluster that runs none, and a restart of what has no pods", async () => {
    const postgres = { ...kaizenSettings.postgres, mode: "managed" as const, restartedAt: "now" };
    await assert.rejects(recordStudio({ settings: { postgres } }), {
      message: [
        "Invalid arguments:",
        '1. postgres.mode: got "managed", expected "statefulset", because the cluster has no ' +
          "PostgreSQL of a cloud. Leave it out, or use a cluster whose cloud runs databases.",
        '2. postgres.restartedAt: got "now", expected nothing, because postgres.mode is managed. ' +
          "Leave it out, and restart the server in the cloud's console.",
      ].join("\n"),
    });
  });
});
