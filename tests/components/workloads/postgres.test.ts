import assert from "node:assert/strict";
import {
  Postgres,
  type ConfigSource,
  type StatefulPostgresArgs,
} from "../../../components/workloads/index.ts";
import { byName } from "../../../plan/recording.ts";
import { fullCapabilities } from "../../support/capabilities.ts";
import { recordOn, type Ground } from "../../support/recorded-program.ts";
import { fromSecret, own, workload } from "../../support/recorded-store.ts";
import { postgresArgs, storeSecret } from "../../support/store-fixtures.ts";

type Change = (ground: Ground, source: ConfigSource) => Partial<StatefulPostgresArgs>;

const recordPostgres = (change: Change = () => ({})) =>
  recordOn((ground) => {
    const { providers } = ground;
    const source = storeSecret("secrets", { providers });
    const args = { ...postgresArgs(source), ...change(ground, source) };
    return new Postgres("db", args, { providers });
  });
const monitored = ({ earlier }: Ground) => ({ monitors: fullCapabilities(earlier).monitors });

describe("Postgres", () => {
  it("makes a server with volume, Services, files and, where something reads it, a monitor", async () => {
    const recording = await recordPostgres(monitored);
    assert.deepEqual(own(recording), [
      "ConfigMap db-files",
      "PersistentVolumeClaim db-server-claim-data-postgres-0",
      "Postgres db",
      "Service db-server-headless",
      "Service db-server-service",
      "ServiceAccount db-server-service-account",
      "ServiceMonitor db-server-monitor",
      "StatefulService db-server",
      "StatefulSet db-server-statefulset",
    ]);
    assert.deepEqual(byName(recording, "db-server-monitor").inputs["spec"], {
      selector: {
        matchLabels: {
          "app.kubernetes.io/name": "kaizen-studio",
          "app.kubernetes.io/component": "postgres",
        },
      },
      jobLabel: "app.kubernetes.io/component",
      endpoints: [{ port: "metrics", path: "/metrics", interval: "30s" }],
    });
    assert.ok(
      !own(await recordPostgres())
        .join()
        .includes("monitor"),
    );
  });

  it("is called as the guide says", async () => {
    const recording = await recordPostgres();
    const names = ["statefulset", "service", "headless", "claim-data-postgres-0"].map((child) => {
      const { inputs } = byName(recording, `db-server-${child}`);
      return (inputs["metadata"] as { name: string }).name;
    });
    assert.deepEqual(names, [
      "postgres",
      "postgres-service",
      "postgres-service-headless",
      "data-postgres-0",
    ]);
    const { ports } = byName(recording, "db-server-service").inputs["spec"] as {
      ports: { name: string; port: number }[];
    };
    assert.deepEqual(
      ports.map(({ name, port }) => [name, port]),
      [
        ["postgres", 5432],
        ["metrics", 9187],
      ],
    );
  });

  it("runs the official image as its user, after what lets a new password in", async () => {
    const { template } = workload(await recordPostgres(), "db-server-statefulset");
    const { securityContext, containers, initContainers = [] } = template.spec;
    const [server, exporter] = containers;
    assert.equal(securityContext.runAsUser, 70);
    assert.equal(server.image, "docker.io/library/postgres:15.19-alpine");
    assert.deepEqual(server.args, [
      "postgres",
      "-c",
      "config_file=/etc/postgresql/postgresql.conf",
    ]);
    const env = [
      { name: "PGDATA", value: "/var/lib/postgresql/data/pgdata" },
      { name: "POSTGRES_DB", value: "kaizen_studio" },
      { name: "POSTGRES_USER", value: "kaizen_user" },
      fromSecret("POSTGRES_PASSWORD", "postgres-password"),
    ];
    assert.deepEqual(server.env, [
      ...env,
      { name: "POSTGRES_INITDB_ARGS", value: "--data-checksums --auth-host=scram-sha-256" },
    ]);
    assert.deepEqual(
      server.volumeMounts.map(({ mountPath }) => mountPath),
      [
        "/tmp",
        "/var/run/postgresql",
        "/var/lib/postgresql/data",
        "/etc/postgresql",
        "/docker-entrypoint-initdb.d/extensions.sql",
        "/dev/shm",
      ],
    );
    assert.deepEqual(server.startupProbe?.exec, {
      command: ["pg_isready", "-h", "127.0.0.1", "-U", "kaizen_user", "-d", "kaizen_studio"],
    });
    assert.equal(server.startupProbe.failureThreshold, 180);
    const [prepare] = initContainers;
    assert.equal(prepare?.image, server.image);
    assert.deepEqual(prepare.command, ["sh", "/etc/postgresql/prepare.sh"]);
    assert.deepEqual(prepare.env, env);
    assert.deepEqual(exporter.env, [
      { name: "DATA_SOURCE_URI", value: "127.0.0.1:5432/kaizen_studio?sslmode=disable" },
      { name: "DATA_SOURCE_USER", value: "kaizen_user" },
      fromSecret("DATA_SOURCE_PASS", "postgres-password"),
    ]);
  });

  it("writes settings for its memory, and lets those that are given win", async () => {
    const recording = await recordPostgres(() => ({
      parameters: { max_connections: "50", search_path: "it's" },
      extensions: ["pg_trgm"],
    }));
    const { data } = byName(recording, "db-files").inputs as { data: Record<string, string> };
    assert.deepEqual(data["postgresql.conf"]?.trimEnd().split("\n"), [
      "listen_addresses = '*'",
      "max_connections = '50'",
      "shared_buffers = '512MB'",
      "effective_cache_size = '2048MB'",
      "maintenance_work_mem = '102MB'",
      "timezone = 'UTC'",
      "log_timezone = 'UTC'",
      "log_min_duration_statement = '1000'",
      "search_path = 'it''s'",
    ]);
    assert.equal(data["extensions.sql"], 'CREATE EXTENSION IF NOT EXISTS "pg_trgm";\n');
    assert.deepEqual(byName(recording, "db-files").inputs["metadata"], {
      namespace: "studio",
      name: "postgres-files",
      labels: {
        "app.kubernetes.io/name": "kaizen-studio",
        "app.kubernetes.io/component": "postgres",
        "app.kubernetes.io/managed-by": "slipway",
      },
    });
  });

  it("pulls public images through the mirror, and its own image from where it says", async () => {
    const images = async (change: Partial<StatefulPostgresArgs>) => {
      const recording = await recordPostgres(() => change);
      const { containers } = workload(recording, "db-server-statefulset").template.spec;
      return containers.map(({ image }) => image);
    };
    assert.deepEqual(await images({ imageMirrorPrefix: "mirror.test/public" }), [
      "mirror.test/public/docker.io/library/postgres:15.19-alpine",
      "mirror.test/public/quay.io/prometheuscommunity/postgres-exporter:v0.17.1",
    ]);
    assert.equal((await images({ image: "registry.test/pg:15" }))[0], "registry.test/pg:15");
  });

  it("refuses what cannot run, all at once", async () => {
    const bad = recordPostgres((_, source) => ({
      replicas: 2,
      database: "Kaizen",
      extensions: ["x; DROP"],
      parameters: { port: "1", "bad name": "1" },
      password: { source, key: "password" },
    }));
    await assert.rejects(bad, {
      message: [
        "Invalid arguments:",
        '1. database: got "Kaizen", expected a name of small letters, digits and underscores. ' +
          "Other names would have to be quoted wherever they are used.",
        '2. extensions[0]: got "x; DROP", expected the name of an extension. ' +
          "See the view pg_available_extensions for those that the image has.",
        "3. parameters.port: expected a setting that the block leaves open. " +
          "Leave it out: the block sets it.",
        "4. parameters.bad name: expected the name of a server setting with a value of one line. " +
          "See the view pg_settings for those that there are.",
        "5. replicas: got 2, expected 1, because mode is statefulset. " +
          "Leave it out: a second server of this mode would not follow the first.",
        '6. password.key: got "password", expected a key of Secret studio-secrets. ' +
          "It has postgres-password, redis-password.",
      ].join("\n"),
    });
  });
});
