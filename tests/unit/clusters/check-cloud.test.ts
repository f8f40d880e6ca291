import assert from "node:assert/strict";
import { checkCloud, type CloudRules } from "../../../components/clusters/check-cloud.ts";
import type { CloudSettings } from "../../../components/clusters/settings.ts";
import { describeProblem } from "../../../components/core/problem.ts";
import type { Guard } from "../../../components/core/guard.ts";
import { aksSettings } from "../../support/aks-fixtures.ts";

/** Rules of a cloud that is none of the three. */
const RULES: CloudRules = {
  longestName: 10,
  smallestDiskGb: 30,
  isZoneOf: (zone, region) => zone.startsWith(region),
  zonesOf: (region) => `${region}-a, ${region}-b`,
};

const sound: CloudSettings = {
  ...aksSettings,
  name: "shop",
  region: "north",
  zones: ["north-a", "north-b", "north-c"],
};

const messages = (more: Partial<typeof aksSettings>, guard: Guard = "strict") =>
  checkCloud({ ...sound, ...more }, guard, RULES).map(describeProblem);

const network = (more: Partial<typeof aksSettings.network>) => ({
  network: { ...aksSettings.network, ...more },
});

describe("checkCloud", () => {
  it("accepts sound settings, strict and relaxed", () => {
    assert.deepEqual(messages({}), []);
    assert.deepEqual(messages({}, "relaxed"), []);
  });

  it("says everything at once", () => {
    const problems = checkCloud(
      {
        ...sound,
        name: "a-long-name",
        zones: ["north-a"],
        kubernetesVersion: "1.20",
        allowedCidrs: [],
        admins: [],
        retainData: false,
      },
      "strict",
      RULES,
    );
    assert.deepEqual(
      problems.map(({ path }) => path),
      ["name", "zones", "kubernetesVersion", "allowedCidrs", "retainData", "admins"],
    );
  });

  it("bounds the name by what the cloud takes", () => {
    assert.deepEqual(messages({ name: "shop-seven-" }), [
      "name: got 11 characters, expected at most 10. " +
        "Shorten it: it is an address that people type, so nothing shortens it for you.",
    ]);
    assert.deepEqual(messages({ name: "shop-seven" }), []);
  });

  describe("zones", () => {
    it("belong to the region, once each", () => {
      assert.deepEqual(messages({ zones: ["north-a", "south-a", "north-a"] }), [
        'zones[1]: got "south-a", expected a zone of the region north. ' +
          "Write zones such as north-a, north-b.",
        'zones[2]: got "north-a", expected each zone once. Remove one of the two.',
      ]);
    });

    it("are three or more under guard strict alone", () => {
      assert.deepEqual(messages({ zones: ["north-a", "north-b"] }), [
        "zones: got 2, expected at least 3, because slipway:guard is strict. " +
          "Write zones such as north-a, north-b.",
      ]);
      assert.deepEqual(messages({ zones: ["north-a", "north-b"] }, "relaxed"), []);
    });
  });

  it("takes the versions of Kubernetes that charts and clouds support", () => {
    assert.deepEqual(messages({ kubernetesVersion: "1.33" }), [
      'kubernetesVersion: got "1.33", expected one of 1.34, 1.35, which the pinned charts and the ' +
        "clouds support. Write one of these, in quotes.",
    ]);
  });

  describe("endpoint", () => {
    const offices =
      "Write the addresses of your offices, VPN or runners, or make endpoint private.";

    for (const guard of ["strict", "relaxed"] as const) {
      it(`is never open to the world, guard ${guard}`, () => {
        assert.deepEqual(messages({ allowedCidrs: ["0.0.0.0/0", "8.0.0.0/8"] }, guard), [
          'allowedCidrs[0]: got "0.0.0.0/0", expected a range narrower than /8: this one is as good ' +
            `as the world. ${offices}`,
          'allowedCidrs[1]: got "8.0.0.0/8", expected a range narrower than /8: this one is as good ' +
            `as the world. ${offices}`,
        ]);
      });
    }

    it("takes ranges that are narrower, in the form that clouds want", () => {
      assert.deepEqual(messages({ allowedCidrs: ["8.0.0.0/9"] }), []);
      assert.deepEqual(messages({ allowedCidrs: ["192.0.2.1/24"] }), [
        'allowedCidrs[0]: got "192.0.2.1/24", expected an IPv4 range that begins at its own first ' +
          "address, such as 10.64.0.0/16. Write it in this form, with zeros behind the prefix.",
      ]);
    });

    it("that is restricted says to whom", () => {
      assert.deepEqual(messages({ allowedCidrs: [] }), [
        "allowedCidrs: got none, expected at least one range, because endpoint is restricted. " +
          "Write the ranges that deployments and people come from, or make endpoint private.",
      ]);
    });

    it("that is private has no ranges that nobody reads", () => {
      assert.deepEqual(messages({ endpoint: "private" }), [
        "allowedCidrs: got 1 in all, expected none, because endpoint is private and nobody would " +
          "read them. Remove them, or make endpoint restricted.",
      ]);
      assert.deepEqual(messages({ endpoint: "private", allowedCidrs: [] }), []);
    });

    it("that has a name behind the sign-in is GKE's alone", () => {
      assert.deepEqual(messages({ endpoint: "dns", allowedCidrs: [] }), [
        'endpoint: got "dns", expected restricted or private: only GKE has a name behind its own ' +
          "sign-in. Write restricted with allowedCidrs, or private.",
      ]);
    });
  });

  describe("address ranges", () => {
    it("are nobody's on the internet", () => {
      assert.deepEqual(messages(network({ cidr: "8.8.0.0/16" })), [
        'network.cidr: got "8.8.0.0/16", expected a range inside 10.0.0.0/8, 172.16.0.0/12, ' +
          "192.168.0.0/16, 100.64.0.0/10. Choose a range that is nobody's on the internet.",
      ]);
    });

    it("do not overlap, and both are named", () => {
      assert.deepEqual(messages(network({ services: "10.96.16.0/20" })), [
        "network.services: got 10.96.16.0/20, expected no address of network.cidr (10.96.0.0/16). " +
          "Move one of the two.",
      ]);
    });

    it("keep off those of peers, which may overlap each other", () => {
      assert.deepEqual(messages(network({ peers: ["10.0.0.0/8", "10.96.128.0/17"] })), [
        "network.cidr: got 10.96.0.0/16, expected no address of network.peers[0] (10.0.0.0/8). " +
          "Move one of the two.",
        "network.services: got 10.104.0.0/20, expected no address of network.peers[0] (10.0.0.0/8). " +
          "Move one of the two.",
        "network.pods: got 10.100.0.0/14, expected no address of network.peers[0] (10.0.0.0/8). " +
          "Move one of the two.",
        "network.cidr: got 10.96.0.0/16, expected no address of network.peers[1] (10.96.128.0/17). " +
          "Move one of the two.",
      ]);
      assert.deepEqual(messages(network({ peers: ["8.8.0.0/16"] })), []);
    });

    it("of pods are looked at only where they have one", () => {
      const { cidr, services, peers } = aksSettings.network;
      const nodePools = sound.nodePools.map((pool) => ({ ...pool, machineType: "t3.large" }));
      const eks: CloudSettings = {
        ...sound,
        kind: "eks",
        account: "000000000000",
        network: { cidr, services, peers },
        nodePools,
      };
      assert.deepEqual(checkCloud(eks, "strict", RULES), []);
    });
  });

  it("wants protection, retained data and somebody to call under guard strict alone", () => {
    const open = { deletionProtection: false, retainData: false, admins: [] };
    assert.deepEqual(messages(open), [
      "deletionProtection: got false, expected true, because slipway:guard is strict. " +
        "Write true; docs/clouds says how a protected stack is taken down.",
      "retainData: got false, expected true, because slipway:guard is strict. " +
        "Write true; docs/clouds says how a protected stack is taken down.",
      "admins: got nobody, expected at least one, because slipway:guard is strict and the deployer " +
        "is no person. Name the group that is called at night.",
    ]);
    assert.deepEqual(messages(open, "relaxed"), []);
  });

  it("wants exclusions that end after they begin", () => {
    const sale = { name: "sale", from: "2026-12-01T00:00:00Z", until: "2026-12-01T00:00:00Z" };
    assert.deepEqual(
      messages({ maintenance: { ...aksSettings.maintenance, exclusions: [sale] } }),
      [
        "maintenance.exclusions[0].until: got 2026-12-01T00:00:00Z, expected a time after from " +
          "(2026-12-01T00:00:00Z). Swap the two, or mend one.",
      ],
    );
  });

  it("judges node pools by the disk that the cloud's image needs", () => {
    const nodePools = sound.nodePools.map((pool) => ({ ...pool, diskGb: 29 }));
    assert.deepEqual(
      checkCloud({ ...sound, nodePools }, "strict", RULES).map(({ path }) => path),
      ["nodePools[0].diskGb", "nodePools[1].diskGb"],
    );
  });
});
