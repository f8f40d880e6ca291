import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { ManagedPostgres } from "../../../components/core/managed-postgres.ts";
import { Postgres } from "../../../components/workloads/index.ts";
import { byName, maskSecrets, reveal } from "../../../plan/recording.ts";
import { fullCapabilities } from "../../support/capabilities.ts";
import { DATABASE_PEERS } from "../../support/managed-postgres.ts";
import { dependencyNames, outline, recordOn } from "../../support/recorded-program.ts";
import { workload } from "../../support/recorded-store.ts";
import { PLACE } from "../../support/workload-fixtures.ts";

/** A server of a cloud, and what clients of it are given. */
async function recordManaged(
  change: Partial<ManagedPostgres> = {},
  args: { readonly database?: string; readonly suspended?: boolean } = {},
) {
  let access: Postgres["access"] | undefined;
  const recording = await recordOn(({ providers, earlier }) => {
    const server: ManagedPostgres = {
      host: pulumi.output("db.cloud.test"),
      port: 5432,
      adminUser: "kaizen_user",
      adminPassword: pulumi.secret("p@ss"),
      peers: DATABASE_PEERS,
      ready: [earlier],
      ...change,
    };
    const { monitors } = fullCapabilities(earlier);
    const base = {
      ...PLACE,
      mode: "managed",
      server,
      database: "kaizen_studio",
      monitors,
    } as const;
    ({ access } = new Postgres("db", { ...base, ...args }, { providers }));
  });
  return { recording, access: access ?? assert.fail() };
}

const signed = { caCertificate: pulumi.output("-----BEGIN CERTIFICATE-----") };

describe("Postgres, managed", () => {
  it("makes a Secret for clients and an exporter, after the server, and no server of its own", async () => {
    const { recording } = await recordManaged();
    assert.deepEqual(outline(recording), [
      "Deployment db-exporter-deployment",
      "GeneratedSecrets db-connection",
      "Postgres db",
      "RandomPassword db-connection-checksum-salt",
      "Secret db-connection-secret",
      "Service db-exporter-service",
      "ServiceAccount db-exporter-service-account",
      "ServiceMonitor db-exporter-monitor",
      "WebService db-exporter",
    ]);
    const secret = byName(recording, "db-connection-secret");
    assert.deepEqual(dependencyNames(secret), ["test-earlier"]);
    assert.partialDeepStrictEqual(secret.inputs["metadata"], { name: "postgres-connection" });
  });

  it("tells clients all of it, encoded where a URL needs it, and shows nothing of it", async () => {
    const { recording } = await recordManaged(signed);
    const { data } = byName(recording, "db-connection-secret").inputs;
    const texts = Object.entries(reveal(data) as Record<string, string>).map(
      ([key, value]) => [key, Buffer.from(value, "base64").toString()] as const,
    );
    assert.deepEqual(Object.fromEntries(texts), {
      host: "db.cloud.test",
      port: "5432",
      database: "kaizen_studio",
      user: "kaizen_user",
      password: "p@ss",
      url: "postgresql://kaizen_user:p%40ss@db.cloud.test:5432/kaizen_studio?sslmode=verify-ca",
      "exporter-uri": "db.cloud.test:5432/kaizen_studio?sslmode=verify-ca",
      "ca.crt": "-----BEGIN CERTIFICATE-----",
    });
    const hidden = Object.values(maskSecrets(data) as Record<string, unknown>);
    assert.deepEqual([...new Set(hidden)], ["[secret]"]);
  });

  it("has clients check who signed the certificate where that is known, and encrypt always", async () => {
    const known = (await recordManaged(signed)).access;
    assert.deepEqual(known.env, {
      PGSSLMODE: "verify-ca",
      PGSSLROOTCERT: "/etc/postgres-ca/ca.crt",
    });
    assert.deepEqual(
      known.mounts.map(({ path, key }) => [path, key]),
      [["/etc/postgres-ca/ca.crt", "ca.crt"]],
    );
    const { env, mounts, url } = (await recordManaged()).access;
    assert.deepEqual([env, mounts, url?.key], [{ PGSSLMODE: "require" }, [], "url"]);
  });

  it("exports metrics under the name that alerts and dashboard know", async () => {
    const { recording } = await recordManaged(signed);
    const { spec } = byName(recording, "db-exporter-monitor").inputs;
    assert.partialDeepStrictEqual(spec, {
      selector: { matchLabels: { "app.kubernetes.io/component": "postgres" } },
    });
    const [exporter] = workload(recording, "db-exporter-deployment").template.spec.containers;
    const from = (name: string, key: string) => ({
      name,
      valueFrom: { secretKeyRef: { name: "postgres-connection", key } },
    });
    assert.deepEqual(exporter.env, [
      from("DATA_SOURCE_URI", "exporter-uri"),
      { name: "DATA_SOURCE_USER", value: "kaizen_user" },
      from("DATA_SOURCE_PASS", "password"),
      { name: "PGSSLMODE", value: "verify-ca" },
      { name: "PGSSLROOTCERT", value: "/etc/postgres-ca/ca.crt" },
    ]);
  });

  it("runs no exporter when suspended; the server is the cloud's", async () => {
    const { recording } = await recordManaged({}, { suspended: true });
    assert.equal(workload(recording, "db-exporter-deployment").replicas, 0);
  });

  it("refuses a server to which no way out is known, and names that need quoting", async () => {
    await assert.rejects(recordManaged({ peers: [] }, { database: "Kaizen" }), {
      message: [
        "Invalid arguments:",
        '1. database: got "Kaizen", expected a name of small letters, digits and underscores. ' +
          "Other names would have to be quoted wherever they are used.",
        "2. server.peers: got [], expected at least one address range. " +
          "Name where the server answers: the namespace lets nothing out to anywhere else.",
      ].join("\n"),
    });
  });
});
