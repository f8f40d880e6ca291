import assert from "node:assert/strict";
import { checkAks } from "../../../../components/clusters/aks/check-aks.ts";
import { parsePrincipal, principals } from "../../../../components/clusters/aks/principals.ts";
import type {
  AksSettings,
  CloudNodePoolSettings,
} from "../../../../components/clusters/settings.ts";
import { describeProblem } from "../../../../components/core/problem.ts";
import { ADMINS, aksSettings, DEPLOYER, VIEWERS } from "../../../support/aks-fixtures.ts";

const messages = (more: Partial<AksSettings>, guard: "strict" | "relaxed" = "strict") =>
  checkAks({ ...aksSettings, ...more }, guard).map(describeProblem);

const system = aksSettings.nodePools.find(({ role }) => role === "system");
const general = aksSettings.nodePools.find(({ role }) => role === "general");
assert.ok(system && general);

const withSystem = (more: Partial<CloudNodePoolSettings>) => ({
  nodePools: [general, { ...system, ...more }],
});

describe("checkAks", () => {
  it("accepts a sound cluster", () => {
    assert.deepEqual(messages({}), []);
  });

  it("wants zones as Azure numbers them", () => {
    assert.deepEqual(messages({ zones: ["1", "2", "westeurope-3"] }), [
      'zones[2]: got "westeurope-3", expected a zone of the region westeurope. ' +
        'Write zones such as "1", "2", "3".',
    ]);
  });

  it("wants a disk that holds the node image", () => {
    assert.deepEqual(messages(withSystem({ diskGb: 63 })), [
      "nodePools[1].diskGb: got 63, expected at least 64, which the node image and its containers " +
        "need. Raise it to 64 or more.",
    ]);
  });

  it("refuses a name that AKS would not take, and the name of GKE's endpoint", () => {
    assert.deepEqual(messages({ name: "a".repeat(64) }), [
      "name: got 64 characters, expected at most 63. " +
        "Shorten it: it is an address that people type, so nothing shortens it for you.",
    ]);
    assert.deepEqual(messages({ endpoint: "dns" }), [
      'endpoint: got "dns", expected restricted or private: only GKE has a name behind its own ' +
        "sign-in. Write restricted with allowedCidrs, or private.",
    ]);
  });

  it("refuses system pools that AKS refuses, even under guard relaxed", () => {
    assert.deepEqual(messages(withSystem({ minNodes: 0, spot: true }), "relaxed"), [
      "nodePools[1].minNodes: got 0, expected at least 1, because AKS runs its own pods on a pool " +
        "with role system. Raise it to 1 or more.",
      "nodePools[1].spot: got true, expected false, because AKS refuses nodes that vanish in a pool " +
        "with role system. Write false.",
    ]);
  });

  it("wants room for a node in every zone, where AKS has a pool", () => {
    assert.deepEqual(messages(withSystem({ minNodes: 1, maxNodes: 2 }), "relaxed"), [
      "nodePools[1].maxNodes: got 2, expected at least one for each of the 3 zones, because AKS has " +
        "a pool in each. Raise it to 3, or write fewer zones.",
    ]);
  });

  it("wants names of pools that begin with a letter", () => {
    assert.deepEqual(messages(withSystem({ name: "1st" })), [
      'nodePools[1].name: got "1st", expected a name that begins with a letter, as AKS wants it. ' +
        "Put a letter in front.",
    ]);
  });

  it("refuses to promise logs for longer than they are kept", () => {
    assert.deepEqual(messages({ logRetentionDays: 731 }), [
      "logRetentionDays: got 731, expected at most 730, which a Log Analytics workspace keeps. " +
        "Write 730 or less, and export what has to be kept for longer.",
    ]);
    assert.deepEqual(messages({ logRetentionDays: 730 }), []);
  });

  it("wants ids for principals", () => {
    const lookUp = "Look it up with az ad sp show, az ad group show or az ad user show.";
    const form =
      "expected an object id of Entra ID, with user:, group: or servicePrincipal: in front of it " +
      "where it is not";
    assert.deepEqual(
      messages({ deployer: "ci@example.com", admins: ["robot:x"], viewers: [`group:${VIEWERS}`] }),
      [
        `deployer: got "ci@example.com", ${form} a service principal. ${lookUp}`,
        `admins[0]: got "robot:x", ${form} a group. ${lookUp}`,
      ],
    );
  });
});

describe("principals", () => {
  it("takes the deployer for a program and the others for groups, unless told otherwise", () => {
    const deployer = `user:${DEPLOYER}`;
    const admins = [ADMINS, "servicePrincipal:66666666-6666-4666-8666-666666666666"];
    assert.deepEqual(principals({ ...aksSettings, deployer, admins }), {
      admins: [
        { id: DEPLOYER, type: "User" },
        { id: ADMINS, type: "Group" },
        { id: "66666666-6666-4666-8666-666666666666", type: "ServicePrincipal" },
      ],
      viewers: [{ id: VIEWERS, type: "Group" }],
    });
    assert.equal(principals(aksSettings).admins[0]?.type, "ServicePrincipal");
  });

  it("lets nobody in twice", () => {
    const found = principals({
      ...aksSettings,
      admins: [ADMINS, ADMINS.toUpperCase(), DEPLOYER],
      viewers: [ADMINS, VIEWERS, VIEWERS],
    });
    assert.deepEqual(
      found.admins.map(({ id }) => id),
      [DEPLOYER, ADMINS],
    );
    assert.deepEqual(
      found.viewers.map(({ id }) => id),
      [VIEWERS],
    );
  });

  it("reads nothing else as an id", () => {
    for (const text of ["", "admin", `robot:${ADMINS}`, `${ADMINS}0`, `user:${ADMINS} `]) {
      assert.equal(parsePrincipal(text, "User"), undefined, text);
    }
  });
});
