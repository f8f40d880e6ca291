import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Backup, Postgres, Redis, SystemNamespace } from "../../../components/workloads/index.ts";
import { describePlanProblem, judge } from "../../../plan/judge/index.ts";
import { planModel } from "../../../plan/model/plan-model.ts";
import { S3_STORE } from "../../support/backup-fixtures.ts";
import { managedCloud } from "../../support/managed-postgres.ts";
import { recordOn } from "../../support/recorded-program.ts";
import { postgresArgs, redisArgs, storeSecret } from "../../support/store-fixtures.ts";
import { namespaceArgs, PLACE } from "../../support/workload-fixtures.ts";

describe("data stores in a plan", () => {
  it("leave no judge anything to say", async () => {
    const recording = await recordOn(({ providers }) => {
      const parent = new pulumi.ComponentResource(
        "slipway:systems:Shop",
        "shop",
        {},
        { providers },
      );
      const home = new SystemNamespace("home", namespaceArgs, { parent });
      const opts = { parent, providers, dependsOn: [home] };
      const source = storeSecret("secrets", opts);
      new Postgres("db", postgresArgs(source), opts);
      new Redis("cache", redisArgs(source), opts);
      const others = { component: "queue", serviceName: "queue-service" };
      const server = managedCloud(home).create("managed", {
        version: "15",
        size: { cpu: "2", memory: "4Gi" },
        storage: "50Gi",
        databases: ["orders"],
        adminUser: "orders",
        adminPassword: pulumi.secret("known to nobody"),
        highlyAvailable: true,
        backupDays: 7,
        retain: true,
      });
      const orders = { ...PLACE, component: "orders", database: "orders", monitors: undefined };
      const managed = new Postgres("orders", { ...orders, mode: "managed", server }, opts);
      const { password, ...access } = managed.access;
      new Backup(
        "orders-backup",
        {
          ...PLACE,
          component: "orders-backup",
          source: {
            kind: "postgres",
            addresses: server.peers,
            ...access,
            password,
            client: access,
          },
          volume: { size: "50Gi", storageClass: "standard" },
          store: S3_STORE,
          workloadIdentity: { serviceAccountAnnotations: { "cloud.test/a": "b" }, podLabels: {} },
          restore: { file: "latest", requestedAt: "2026-11-21T10:00" },
        },
        opts,
      );
      new Redis("queue", { ...redisArgs(source), ...others, mode: "replicated" }, opts);
    });
    const model = planModel(recording, {
      nodePools: [{ name: "general", cpu: "4", memory: "16Gi", minNodes: 1, maxNodes: 3 }],
      storageClasses: { standard: "standard", fastSsd: "fast-ssd" },
    });
    const problems = judge(model).map(describePlanProblem);
    // The ground of recorded programs is no part of what is judged.
    assert.deepEqual(
      problems.filter((problem) => !problem.includes("test-earlier")),
      [],
    );
  });
});
