import assert from "node:assert/strict";
import { MACHINE_TYPES } from "../../../components/clusters/machine-types.ts";
import { edited, message } from "./stack-sources.ts";

const CLUSTER = "slipway:cluster";
const POOLS = `${CLUSTER}.nodePools`;
const STRICT = "because slipway:guard is strict";
const TYPES = Object.keys(MACHINE_TYPES.gke).join(", ");

const exclusion = (name: string, from: string, until: string) => ({ name, from, until });
const pool = (name: string, role: string, changes: object = {}) => ({
  name,
  role,
  machineType: "n2-standard-4",
  minNodes: 3,
  maxNodes: 6,
  diskGb: 100,
  ...changes,
});

/** What is changed below `slipway:cluster` of prod on GKE, and the problem but for that beginning. */
type Case = [title: string, changes: Record<string, unknown>, ...problems: string[]];

const CASES: readonly Case[] = [
  [
    "a name that is too long",
    { name: "a".repeat(41) },
    "name: got 41 characters, expected at most 40. Shorten it: it is an address that people type, so " +
      "nothing shortens it for you.",
  ],
  [
    "a zone of another region",
    { "zones[1]": "europe-west1-b" },
    'zones[1]: got "europe-west1-b", expected a zone of the region us-central1. Write zones such as ' +
      "us-central1-a, us-central1-b, us-central1-c.",
  ],
  [
    "a zone that is there twice",
    { "zones[2]": "us-central1-a" },
    'zones[2]: got "us-central1-a", expected each zone once. Remove one of the two.',
  ],
  [
    "two zones under strict",
    { zones: ["us-central1-a", "us-central1-b"] },
    `zones: got 2, expected at least 3, ${STRICT}. Write zones such as us-central1-a, us-central1-b, ` +
      "us-central1-c.",
  ],
  [
    "a version that is not supported",
    { kubernetesVersion: "1.30" },
    'kubernetesVersion: got "1.30", expected one of 1.34, 1.35, which the pinned charts and the ' +
      "clouds support. Write one of these, in quotes.",
  ],
  [
    "a restricted endpoint that nobody may reach",
    { endpoint: "restricted" },
    "allowedCidrs: got none, expected at least one range, because endpoint is restricted. " +
      "Write the ranges that deployments and people come from, or make endpoint private.",
  ],
  [
    "ranges that nobody would read",
    { endpoint: "private", allowedCidrs: ["198.18.0.0/24"] },
    "allowedCidrs: got 1 in all, expected none, because endpoint is private and nobody would read " +
      "them. Remove them, or make endpoint restricted.",
  ],
  ...["0.0.0.0/0", "128.0.0.0/1", "11.0.0.0/8"].map((cidr): Case => [
    `an endpoint that is open to ${cidr}`,
    { endpoint: "restricted", allowedCidrs: ["198.18.0.0/24", cidr] },
    `allowedCidrs[1]: got "${cidr}", expected a range narrower than /8: this one is as good as the ` +
      "world. Write the addresses of your offices, VPN or runners, or make endpoint private.",
  ]),
  ...["198.18.0.1/24", "300.0.0.0/24", "198.18.0.0/33"].map((cidr): Case => [
    `${cidr}, which is no range, beside others`,
    { endpoint: "restricted", allowedCidrs: [cidr, "198.18.0.0/24"] },
    `allowedCidrs[0]: got "${cidr}", expected an IPv4 range that begins at its own first address, such ` +
      "as 10.64.0.0/16. Write it in this form, with zeros behind the prefix.",
  ]),
  [
    "a network of addresses that are somebody's",
    { "network.cidr": "11.0.0.0/16" },
    'network.cidr: got "11.0.0.0/16", expected a range inside 10.0.0.0/8, 172.16.0.0/12, ' +
      "192.168.0.0/16, 100.64.0.0/10. Choose a range that is nobody's on the internet.",
  ],
  [
    "a network that does not begin at its first address",
    { "network.services": "10.104.0.1/20" },
    'network.services: got "10.104.0.1/20", expected an IPv4 range that begins at its own first ' +
      "address, such as 10.64.0.0/16. Write it in this form, with zeros behind the prefix.",
  ],
  [
    "Services inside the network",
    { "network.services": "10.96.16.0/20" },
    "network.services: got 10.96.16.0/20, expected no address of network.cidr (10.96.0.0/16). " +
      "Move one of the two.",
  ],
  [
    "pods among the Services",
    { "network.pods": "10.104.0.0/14" },
    "network.pods: got 10.104.0.0/14, expected no address of network.services (10.104.0.0/20). " +
      "Move one of the two.",
  ],
  [
    "a network that it is joined to and overlaps",
    { "network.peers": ["10.0.0.0/16", "10.100.0.0/16"] },
    "network.pods: got 10.100.0.0/14, expected no address of network.peers[1] (10.100.0.0/16). " +
      "Move one of the two.",
  ],
  [
    "a network that it is joined to and that is none",
    { "network.peers": ["10.0.0.1/16"] },
    'network.peers[0]: got "10.0.0.1/16", expected an IPv4 range that begins at its own first address, ' +
      "such as 10.64.0.0/16. Write it in this form, with zeros behind the prefix.",
  ],
  [
    "a machine type that is not known",
    { "nodePools[1].machineType": "n9-standard-4" },
    `nodePools[1].machineType: got "n9-standard-4", expected one of ${TYPES}, or cpu and memory beside ` +
      "it. Write one of these, or add cpu and memory of one such machine.",
  ],
  [
    "a machine type that is not known and half of its size",
    { "nodePools[1].machineType": "constructor", "nodePools[1].cpu": "4" },
    `nodePools[1].machineType: got "constructor", expected one of ${TYPES}, or cpu and memory beside ` +
      "it. Write one of these, or add cpu and memory of one such machine.",
  ],
  [
    "a size without a unit",
    {
      "nodePools[1].machineType": "n9-standard-4",
      "nodePools[1].cpu": "4",
      "nodePools[1].memory": "16",
    },
    'nodePools[1].memory: got "16", expected a quantity with a unit, such as "512Mi" or "2Gi". ' +
      "Add one of the units Ki, Mi, Gi, Ti.",
  ],
  [
    "a size that nobody would read",
    { "nodePools[1].cpu": "8", "nodePools[1].memory": "16Gi" },
    'nodePools[1].cpu: got "8", expected no size, because n2-standard-4 is known. Remove it.',
    'nodePools[1].memory: got "16Gi", expected no size, because n2-standard-4 is known. Remove it.',
  ],
  [
    "fewer nodes at most than at least",
    { "nodePools[1].maxNodes": 5 },
    "nodePools[1].maxNodes: got 5, expected at least minNodes (6). Raise maxNodes or lower minNodes.",
  ],
  [
    "a disk that is too small",
    { "nodePools[0].diskGb": 20 },
    "nodePools[0].diskGb: got 20, expected at least 30, which the node image and its containers need. " +
      "Raise it to 30 or more.",
  ],
  [
    "data on nodes that vanish under strict",
    { "nodePools[1].spot": true },
    "nodePools[1].spot: got true, expected false for every role but interruptible, because " +
      "slipway:guard is strict and data would stand on nodes that vanish. Write false, or make the " +
      "pool's role interruptible.",
  ],
  ...[0, 1].map((index): Case => [
    `a zone without a node of the pool ${index} under strict`,
    { [`nodePools[${index}].minNodes`]: 2 },
    `nodePools[${index}].minNodes: got 2, expected at least one for each of the 3 zones, ${STRICT}. ` +
      "Raise minNodes to 3 or more.",
  ]),
  [
    "a cluster without a pool for itself",
    { nodePools: [pool("general", "general")] },
    "nodePools: got no such pool, expected a pool with the role system. Add a small pool with role " +
      "system: what the cluster itself runs has its place there.",
  ],
  [
    "a cluster without a pool that takes any pod",
    { nodePools: [pool("system", "system"), pool("fast", "high-performance")] },
    "nodePools: got no such pool, expected a pool with the role general. Add a pool with role general: " +
      "every other pool is tainted.",
  ],
  [
    "two pools of one name",
    { "nodePools[2]": pool("general", "interruptible", { minNodes: 0, spot: true }) },
    'nodePools[2].name: got "general", expected a name that no other pool has. Give it another name.',
  ],
  [
    "an exclusion that ends before it begins",
    {
      "maintenance.exclusions": [
        exclusion("sale", "2026-11-30T00:00:00Z", "2026-11-30T00:30:00+01:00"),
      ],
    },
    "maintenance.exclusions[0].until: got 2026-11-30T00:30:00+01:00, expected a time after from " +
      "(2026-11-30T00:00:00Z). Swap the two, or mend one.",
  ],
  ...["2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2027-01-01T25:00:00Z"].map((time): Case => [
    `${time}, which no calendar has`,
    { "maintenance.exclusions": [exclusion("sale", "2026-01-01T00:00:00Z", time)] },
    `maintenance.exclusions[0].until: got ${time}, expected a time that there is. ` +
      "Correct the day or the hour.",
  ]),
  [
    "two exclusions of one name",
    {
      "maintenance.exclusions": [
        exclusion("sale", "2026-11-20T00:00:00Z", "2026-11-30T00:00:00Z"),
        exclusion("sale", "2026-12-20T00:00:00Z", "2026-12-30T00:00:00Z"),
      ],
    },
    'maintenance.exclusions[1].name: got "sale", expected a name that no other exclusion has. ' +
      "Give it another name.",
  ],
  ...["deletionProtection", "retainData"].map((key): Case => [
    `${key} that is off under strict`,
    { [key]: false },
    `${key}: got false, expected true, ${STRICT}. Write true; docs/clouds says how a protected stack ` +
      "is taken down.",
  ]),
  [
    "a cluster without an admin under strict",
    { admins: [] },
    "admins: got nobody, expected at least one, because slipway:guard is strict and the deployer is " +
      "no person. Name the group that is called at night.",
  ],
];

/** The changes as a stack file has them. */
const below = (changes: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(changes).map(([key, value]) => [`${CLUSTER}.${key}`, value]));

describe("checkStack, of the meaning of a cluster in a cloud", () => {
  for (const [title, changes, ...problems] of CASES) {
    it(`refuses ${title}`, () => {
      const [first = "", ...others] = problems.map((text) => `${CLUSTER}.${text}`);
      const expected =
        others.length === 0
          ? `: ${first}`
          : [` has ${problems.length} problems:`, first, ...others]
              .map((text, index) => (index === 0 ? text : `${index}. ${text}`))
              .join("\n");
      assert.equal(message(edited("prod", below(changes))), `Pulumi.prod.yaml${expected}`);
    });
  }

  it("refuses a kubeconfig, because the cluster gives its own", () => {
    const source = edited("prod", { "slipway:kubeconfig": "[encrypted]" });
    assert.equal(
      message({ ...source, secretKeys: ["slipway:kubeconfig"] }),
      "Pulumi.prod.yaml: slipway:kubeconfig: expected no kubeconfig, because slipway:cluster.kind is " +
        "gke and the cluster gives its own. Run: pulumi config rm slipway:kubeconfig",
    );
  });

  const taken: [title: string, stack: string, changes: Record<string, unknown>][] = [
    ["one zone", "dev", { zones: ["us-central1-a"] }],
    ["nodes that vanish", "dev", { "nodePools[1].spot": true }],
    ["nobody as admin", "dev", { admins: [] }],
    ["a restricted endpoint", "prod", { endpoint: "restricted", allowedCidrs: ["198.18.0.0/24"] }],
    ["a private endpoint", "prod", { endpoint: "private" }],
    ["the longest name", "prod", { name: "a".repeat(40) }],
    [
      "networks elsewhere that overlap each other",
      "prod",
      { "network.peers": Array(2).fill("10.0.0.0/16") },
    ],
    [
      "a pool of nodes that vanish, for work that may stop",
      "prod",
      { "nodePools[2]": pool("spare", "interruptible", { minNodes: 0, spot: true }) },
    ],
    [
      "a machine type with its size",
      "prod",
      {
        "nodePools[1].machineType": "n9-standard-4",
        "nodePools[1].cpu": "4",
        "nodePools[1].memory": "16Gi",
      },
    ],
  ];
  for (const [title, stack, changes] of taken) {
    it(`${stack}: takes ${title}`, () => {
      assert.equal(message(edited(stack, below(changes))), undefined);
    });
  }

  it("says of a broken pool what can be told beside it", () => {
    const source = edited(
      "prod",
      below({ "nodePools[1].role": "genral", "nodePools[1].diskGb": 20 }),
    );
    assert.equal(
      message(source),
      "Pulumi.prod.yaml has 2 problems:\n" +
        `1. ${POOLS}[1].role: got "genral", expected one of "system", "general", "interruptible", ` +
        '"high-performance". Did you mean "general"?\n' +
        `2. ${POOLS}[1].diskGb: got 20, expected at least 30, which the node image and its containers ` +
        "need. Raise it to 30 or more.",
    );
  });
});
