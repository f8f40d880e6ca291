import assert from "node:assert/strict";
import { checkGke } from "../../../../components/clusters/gke/check-gke.ts";
import { principals } from "../../../../components/clusters/gke/principals.ts";
import type { GkeSettings } from "../../../../components/clusters/settings.ts";
import { describeProblem } from "../../../../components/core/problem.ts";
import { gkeSettings } from "../../../support/gke-fixtures.ts";

const messages = (more: Partial<GkeSettings>) =>
  checkGke({ ...gkeSettings, ...more }, "strict").map(describeProblem);

describe("checkGke", () => {
  it("accepts settings that are right, for each endpoint", () => {
    assert.deepEqual(messages({}), []);
    assert.deepEqual(messages({ endpoint: "private" }), []);
    assert.deepEqual(messages({ endpoint: "restricted", allowedCidrs: ["192.0.2.0/24"] }), []);
  });

  it("wants zones that are a region and a letter", () => {
    const zones = ["europe-west1-b", "europe-west1-c", "europe-west1-1"];
    assert.deepEqual(messages({ zones }), [
      'zones[2]: got "europe-west1-1", expected a zone of the region europe-west1. Write zones such ' +
        "as europe-west1-a, europe-west1-b, europe-west1-c.",
    ]);
    assert.equal(messages({ zones: ["europe-west10-b", ...zones.slice(0, 2)] }).length, 1);
  });

  it("wants a name that GKE takes", () => {
    assert.deepEqual(messages({ name: "a".repeat(41) }), [
      "name: got 41 characters, expected at most 40. Shorten it: it is an address that people type, " +
        "so nothing shortens it for you.",
    ]);
  });

  it("wants pools whose names begin with a letter", () => {
    const nodePools = gkeSettings.nodePools.map((pool, index) =>
      index === 0 ? { ...pool, name: "1general" } : pool,
    );
    assert.deepEqual(messages({ nodePools }), [
      'nodePools[0].name: got "1general", expected a name that begins with a letter, as GKE wants ' +
        "it. Put a letter in front.",
    ]);
  });

  it("knows principals as gcloud writes them, and refuses those that are everybody", () => {
    const pool = "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci";
    const right = [
      "user:a@example.com",
      "group:b@example.com",
      "serviceAccount:c@p.iam.gserviceaccount.com",
      `principal:${pool}/subject/repo`,
      `principalSet:${pool}/attribute.repository/shop`,
    ];
    assert.deepEqual(messages({ admins: right }), []);
    for (const wrong of ["allUsers", "allAuthenticatedUsers", "domain:example.com", "a@b.com"]) {
      assert.deepEqual(messages({ viewers: [wrong] }), [
        `viewers[0]: got "${wrong}", expected user:, group: or serviceAccount: and an address, or ` +
          "principal:// or principalSet:// and what follows. Write it as gcloud projects " +
          "add-iam-policy-binding takes it.",
      ]);
    }
    assert.match(messages({ deployer: "me" }).join(), /^deployer: got "me"/);
  });

  it("keeps logs no longer than Google does", () => {
    assert.deepEqual(messages({ logRetentionDays: 3651 }), [
      "logRetentionDays: got 3651, expected at most 3650, which Cloud Logging keeps. Write 3650 or " +
        "less.",
    ]);
  });

  it("passes on what is wrong with windows and ranges, all at once", () => {
    const found = messages({
      maintenance: { ...gkeSettings.maintenance, days: ["Sunday"] },
      network: { ...gkeSettings.network, cidr: "10.96.0.0/24" },
    });
    assert.deepEqual(
      found.map((message) => message.split(":")[0]),
      ["network.cidr", "maintenance"],
    );
  });
});

describe("principals", () => {
  it("has nobody twice, and nobody in both lists", () => {
    const { deployer, admins } = gkeSettings;
    const found = principals({
      ...gkeSettings,
      admins: [...admins, deployer, ...admins],
      viewers: ["group:x@example.com", ...admins],
    });
    assert.deepEqual(found, {
      admins: [deployer, ...admins],
      viewers: ["group:x@example.com"],
    });
  });
});
