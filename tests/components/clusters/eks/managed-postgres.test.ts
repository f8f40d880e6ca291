import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { EksClusterArgs } from "../../../../components/clusters/cloud-context.ts";
import { rdsAuthority } from "../../../../components/clusters/eks/rds-authority.ts";
import type { ManagedPostgresRequest } from "../../../../components/core/managed-postgres.ts";
import { byName, byType, Secret } from "../../../../plan/recording.ts";
import { KNOWN_SECRET } from "../../../support/component-contract.ts";
import {
  postgresRequest,
  recordEksWith,
  RELAXED,
  sourcesOf,
} from "../../../support/eks-fixtures.ts";
import { dependencyNames } from "../../../support/recorded-program.ts";

const recordServer = (
  request: Partial<ManagedPostgresRequest> = {},
  more: Partial<EksClusterArgs> = {},
) => recordEksWith(more, (cluster) => cluster.managedPostgres("main", postgresRequest(request)));

describe("managed PostgreSQL on EKS", () => {
  it("is a server in two zones, encrypted, backed up and protected", async () => {
    const { recording } = await recordServer();
    const server = byName(recording, "cluster-postgres-main");
    const { parameterGroupName, dbSubnetGroupName, vpcSecurityGroupIds, ...inputs } = server.inputs;
    assert.deepEqual(inputs, {
      identifier: "shop-prod-main",
      engine: "postgres",
      engineVersion: "15",
      engineLifecycleSupport: "open-source-rds-extended-support-disabled",
      instanceClass: "db.m7g.large",
      allocatedStorage: 100,
      storageType: "gp3",
      storageEncrypted: true,
      kmsKeyId: byName(recording, "cluster-data-key").outputs["arn"],
      multiAz: true,
      maintenanceWindow: "sat:02:00-sat:03:00",
      backupWindow: "01:00-02:00",
      backupRetentionPeriod: 14,
      username: "shop",
      password: new Secret(KNOWN_SECRET),
      dbName: "orders",
      port: 5432,
      publiclyAccessible: false,
      caCertIdentifier: "rds-ca-rsa2048-g1",
      copyTagsToSnapshot: true,
      deletionProtection: true,
      deleteAutomatedBackups: false,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: "shop-prod-main-final",
      allowMajorVersionUpgrade: true,
      autoMinorVersionUpgrade: true,
      applyImmediately: true,
      enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
    });
    assert.equal(server.protect, true);
    assert.equal(
      parameterGroupName,
      byName(recording, "cluster-postgres-main-parameters-15").outputs["name"],
    );
    assert.equal(
      dbSubnetGroupName,
      byName(recording, "cluster-postgres-main-subnets").outputs["name"],
    );
    assert.equal((vpcSecurityGroupIds as unknown[]).length, 1);
  });

  it("takes encrypted connections alone, and from nodes and pods alone", async () => {
    const { recording } = await recordServer();
    const { family, parameters } = byName(recording, "cluster-postgres-main-parameters-15").inputs;
    assert.equal(family, "postgres15");
    assert.deepEqual(parameters, [{ name: "rds.force_ssl", value: "1", applyMethod: "immediate" }]);
    const group = byName(recording, "cluster-postgres-main");
    assert.deepEqual(sourcesOf(group, "vpcSecurityGroupIds"), ["cluster-postgres-main-group"]);
    const rules = byType(
      recording,
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    ).filter((rule) => sourcesOf(rule, "securityGroupId").join() === "cluster-postgres-main-group");
    assert.deepEqual(
      rules.map((rule) => [sourcesOf(rule, "referencedSecurityGroupId"), rule.inputs["fromPort"]]),
      [[["cluster-nodes-group"], 5432]],
    );
  });

  it("stands in subnets of its own, which network policies can name beforehand", async () => {
    const { recording, used, handle } = await recordServer();
    const zones = ["a", "b", "c"].map((zone) => `cluster-data-us-east-1${zone}`);
    const subnets = byName(recording, "cluster-postgres-main-subnets");
    assert.deepEqual(sourcesOf(subnets, "subnetIds"), zones);
    assert.deepEqual(
      used.peers,
      zones.map((zone) => ({
        cidr: byName(recording, zone).inputs["cidrBlock"],
        ports: [{ port: 5432, protocol: "TCP" }],
      })),
    );
    assert.deepEqual(handle.networkPeers.managedData, used.peers);
  });

  it("has places for its logs before it writes any", async () => {
    const { recording } = await recordServer();
    const before = dependencyNames(byName(recording, "cluster-postgres-main"));
    for (const log of ["postgresql", "upgrade"]) {
      const name = `cluster-postgres-main-${log}-logs`;
      assert.ok(before.includes(name), name);
      const { inputs } = byName(recording, name);
      assert.equal(inputs["name"], `/aws/rds/instance/shop-prod-main/${log}`);
      assert.equal(inputs["retentionInDays"], 90);
    }
  });

  it("says who may connect, where, and by whose word the server is the right one", async () => {
    let host: unknown;
    let certificate: unknown;
    let password: unknown;
    const { used } = await recordEksWith({}, (cluster) => {
      const server = cluster.managedPostgres("main", postgresRequest());
      server.host.apply((value) => (host = value));
      server.caCertificate?.apply((value) => (certificate = value));
      server.adminPassword.apply((value) => (password = value));
      return server;
    });
    assert.match(String(host), /^shop-prod-main\..*\.rds\.amazonaws\.com$/);
    assert.equal(certificate, rdsAuthority("us-east-1"));
    assert.equal(password, KNOWN_SECRET);
    assert.equal(await pulumi.isSecret(used.adminPassword), true);
    assert.deepEqual([used.port, used.adminUser, used.ready.length], [5432, "shop", 2]);
  });

  it("goes with the cluster where the stack says so", async () => {
    const request = { retain: false, highlyAvailable: false, size: { cpu: "1", memory: "1Gi" } };
    const { recording } = await recordServer(request, RELAXED);
    const { inputs, protect } = byName(recording, "cluster-postgres-main");
    assert.deepEqual(
      [
        protect,
        inputs["deletionProtection"],
        inputs["skipFinalSnapshot"],
        inputs["finalSnapshotIdentifier"],
        inputs["deleteAutomatedBackups"],
        inputs["multiAz"],
        inputs["instanceClass"],
      ],
      [false, false, true, undefined, true, false, "db.t4g.micro"],
    );
  });

  it("is protected when the request or the stack wants it", async () => {
    const protectedIn = async (retain: boolean, deletionProtection: boolean) => {
      const { recording } = await recordServer({ retain }, { ...RELAXED, deletionProtection });
      const { inputs, protect } = byName(recording, "cluster-postgres-main");
      assert.equal(inputs["deletionProtection"], protect);
      return protect;
    };
    assert.deepEqual(
      [
        await protectedIn(true, false),
        await protectedIn(false, true),
        await protectedIn(false, false),
      ],
      [true, true, false],
    );
  });

  it("is refused before anything is made, with all reasons", async () => {
    const { recording } = await recordEksWith({}, (cluster) => {
      const bad = postgresRequest({ databases: [], adminUser: "admin" });
      assert.throws(() => cluster.managedPostgres("main", bad), {
        message:
          /^Invalid arguments:\n1\. managedPostgres\(main\)\.adminUser: .*\n2\. managedPostgres\(main\)\.databases: /,
      });
    });
    assert.deepEqual(byType(recording, "aws:rds/instance:Instance"), []);
  });
});
