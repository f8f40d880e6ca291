import assert from "node:assert/strict";
import { MACHINE_TYPES } from "../../../components/clusters/machine-types.ts";
import { edited, message, type Cloud } from "./stack-sources.ts";

const CLUSTER = "slipway:cluster";

/** What is changed below `slipway:cluster` of prod on which cloud, and the problem but for that beginning. */
type Case = [title: string, cloud: Cloud, key: string, value: unknown, problem: string];

const signIn =
  "restricted or private: only GKE has a name behind its own sign-in. " +
  "Write restricted with allowedCidrs, or private.";
const types = (cloud: Cloud) => Object.keys(MACHINE_TYPES[cloud]).join(", ");

const CASES: readonly Case[] = [
  ...(["eks", "aks"] as const).map((cloud): Case => [
    "a name behind a sign-in that the cloud has not",
    cloud,
    "endpoint",
    "dns",
    `got "dns", expected ${signIn}`,
  ]),
  [
    "a zone as GKE writes it",
    "eks",
    "zones[0]",
    "us-east-1-a",
    'got "us-east-1-a", expected a zone of the region us-east-1. ' +
      "Write zones such as us-east-1a, us-east-1b, us-east-1c.",
  ],
  [
    "a zone as EKS writes it",
    "aks",
    "zones[2]",
    "eastus3",
    'got "eastus3", expected a zone of the region eastus. Write zones such as "1", "2", "3".',
  ],
  [
    "a disk that is too small",
    "eks",
    "nodePools[1].diskGb",
    29,
    "got 29, expected at least 30, which the node image and its containers need. " +
      "Raise it to 30 or more.",
  ],
  [
    "a disk that is too small",
    "aks",
    "nodePools[1].diskGb",
    63,
    "got 63, expected at least 64, which the node image and its containers need. " +
      "Raise it to 64 or more.",
  ],
  ...(
    [
      ["eks", 100],
      ["aks", 63],
    ] as const
  ).map(([cloud, longest]): Case => [
    "a name that is too long",
    cloud,
    "name",
    "a".repeat(longest + 1),
    `got ${longest + 1} characters, expected at most ${longest}. Shorten it: it is an address that ` +
      "people type, so nothing shortens it for you.",
  ]),
  [
    "a machine type of another cloud",
    "eks",
    "nodePools[1].machineType",
    "n2-standard-4",
    `got "n2-standard-4", expected one of ${types("eks")}, or cpu and memory beside it. ` +
      "Write one of these, or add cpu and memory of one such machine.",
  ],
  [
    "a machine type of another cloud",
    "aks",
    "nodePools[1].machineType",
    "t3.xlarge",
    `got "t3.xlarge", expected one of ${types("aks")}, or cpu and memory beside it. ` +
      "Write one of these, or add cpu and memory of one such machine.",
  ],
];

describe("checkStack, of what differs between the clouds", () => {
  for (const [title, cloud, key, value, problem] of CASES) {
    it(`${cloud}: refuses ${title}`, () => {
      const path = `${CLUSTER}.${key}`;
      const changes = {
        [path]: value,
        // No ranges, where the endpoint would not read them.
        ...(key === "endpoint" ? { [`${CLUSTER}.allowedCidrs`]: [] } : {}),
      };
      assert.equal(
        message(edited("prod", changes, cloud)),
        `Pulumi.prod.yaml: ${path}: ${problem}`,
      );
    });
  }

  it("aks: refuses pods among the Services, as GKE does", () => {
    const changes = { [`${CLUSTER}.network.pods`]: "10.104.0.0/14" };
    assert.equal(
      message(edited("prod", changes, "aks")),
      `Pulumi.prod.yaml: ${CLUSTER}.network.pods: got 10.104.0.0/14, expected no address of ` +
        "network.services (10.104.0.0/20). Move one of the two.",
    );
  });
});
