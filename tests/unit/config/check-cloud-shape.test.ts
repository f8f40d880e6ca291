import assert from "node:assert/strict";
import { checkStack } from "../../../config/check-stack.ts";
import { edited, message, onOwnCluster, type Cloud } from "./stack-sources.ts";

const CLUSTER = "slipway:cluster";
const POOL = `${CLUSTER}.nodePools[0]`;
const KINDS = 'expected one of "existing", "gke", "eks", "aks".';

/** What is changed on which cloud, and the whole message but for the file's name. */
type Case = [title: string, cloud: Cloud, changes: Record<string, unknown>, message: string];

const CASES: readonly Case[] = [
  [
    "an unknown key, with the nearest known one",
    "gke",
    { [`${CLUSTER}.allowedCidr`]: ["10.0.0.0/8"] },
    `${CLUSTER}.allowedCidr: got an unknown key, expected a known one. Did you mean "allowedCidrs"?`,
  ],
  [
    "an unknown key in a list, with the nearest known one",
    "eks",
    { [`${POOL}.disk`]: 100 },
    `${POOL}.disk: got an unknown key, expected a known one. Did you mean "diskGb"?`,
  ],
  [
    "a range of pods where they live in the network's own",
    "eks",
    { [`${CLUSTER}.network.pods`]: "10.68.0.0/14" },
    `${CLUSTER}.network.pods: got an unknown key, expected one of cidr, services, peers. ` +
      "Remove it, or use one of these.",
  ],
  [
    "an account's number without quotes",
    "eks",
    { [`${CLUSTER}.account`]: 123456789012 },
    `${CLUSTER}.account: got 123456789012, expected the 12 digits of an account, in quotes. ` +
      'Write it in quotes: "123456789012".',
  ],
  [
    "a zone's number without quotes",
    "aks",
    { [`${CLUSTER}.zones[1]`]: 2 },
    `${CLUSTER}.zones[1]: got 2, expected text without spaces or control characters. ` +
      'Write it in quotes: "2".',
  ],
  [
    "a version without quotes",
    "gke",
    { [`${CLUSTER}.kubernetesVersion`]: 1.35 },
    `${CLUSTER}.kubernetesVersion: got 1.35, expected a minor version in quotes, such as "1.35". ` +
      'Write it in quotes: "1.35".',
  ],
  [
    "a patch version",
    "gke",
    { [`${CLUSTER}.kubernetesVersion`]: "1.35.2" },
    `${CLUSTER}.kubernetesVersion: got "1.35.2", expected a minor version in quotes, such as "1.35". ` +
      "Write it in this form.",
  ],
  [
    "a subscription by its name",
    "aks",
    { [`${CLUSTER}.subscription`]: "Production" },
    `${CLUSTER}.subscription: got "Production", expected a UUID such as ` +
      "123e4567-e89b-12d3-a456-426614174000. Write it in this form.",
  ],
  [
    "a project's number",
    "gke",
    { [`${CLUSTER}.project`]: "123456789012" },
    `${CLUSTER}.project: got "123456789012", expected the id of a project: 6 to 30 lower-case ` +
      "letters, digits and dashes. Write it in this form.",
  ],
  [
    "a name that no cloud takes",
    "gke",
    { [`${CLUSTER}.name`]: "Atlasia_prod" },
    `${CLUSTER}.name: got "Atlasia_prod", expected lower-case letters, digits and dashes, beginning ` +
      "with a letter. Write it in this form.",
  ],
  [
    "a way to the API server that there is not",
    "gke",
    { [`${CLUSTER}.endpoint`]: "public" },
    `${CLUSTER}.endpoint: got "public", expected one of "dns", "restricted", "private". ` +
      "Write one of these.",
  ],
  [
    "a role that there is not",
    "aks",
    { [`${POOL}.role`]: "sytem" },
    `${POOL}.role: got "sytem", expected one of "system", "general", "interruptible", ` +
      '"high-performance". Did you mean "system"?',
  ],
  [
    "a short name of a day",
    "gke",
    { [`${CLUSTER}.maintenance.days[0]`]: "Sat" },
    `${CLUSTER}.maintenance.days[0]: got "Sat", expected one of "Monday", "Tuesday", "Wednesday", ` +
      '"Thursday", "Friday", "Saturday", "Sunday". Write one of these.',
  ],
  [
    "a time of day that there is not",
    "gke",
    { [`${CLUSTER}.maintenance.start`]: "24:00" },
    `${CLUSTER}.maintenance.start: got "24:00", expected a time of day in quotes, such as "02:00". ` +
      "Write it in this form.",
  ],
  [
    "a range without its prefix",
    "gke",
    { [`${CLUSTER}.network.cidr`]: "10.64.0.0" },
    `${CLUSTER}.network.cidr: got "10.64.0.0", expected an IPv4 range such as 10.64.0.0/16. ` +
      "Write it in this form.",
  ],
  [
    "logs that are kept for too short a time",
    "gke",
    { [`${CLUSTER}.logRetentionDays`]: 3 },
    `${CLUSTER}.logRetentionDays: got 3, expected a whole number from 7 to 3653. ` +
      "Raise it to 7 or more.",
  ],
];

describe("checkStack, of the shape of a cluster in a cloud", () => {
  for (const [title, cloud, changes, expected] of CASES) {
    it(`${cloud}: refuses ${title}`, () => {
      assert.equal(message(edited("prod", changes, cloud)), `Pulumi.prod.yaml: ${expected}`);
    });
  }
});

describe("checkStack, of the kind of a cluster", () => {
  const words: [written: string, cloud: Cloud, meant: string][] = [
    ["gkee", "gke", "gke"],
    ["EKS", "eks", "eks"],
    ["aws", "eks", "eks"],
    ["Azure", "aks", "aks"],
    ["google", "gke", "gke"],
    // Like none of them: the other keys tell.
    ["kubernetes", "gke", "gke"],
    ["kubernetes", "eks", "eks"],
    ["kubernetes", "aks", "aks"],
  ];
  for (const [written, cloud, meant] of words) {
    it(`${cloud}: names all four for "${written}" and suggests ${meant}`, () => {
      assert.equal(
        message(edited("prod", { [`${CLUSTER}.kind`]: written }, cloud)),
        `Pulumi.prod.yaml: ${CLUSTER}.kind: got "${written}", ${KINDS} Did you mean "${meant}"?`,
      );
    });
  }

  const missing = { [`${CLUSTER}.kind`]: undefined };
  for (const [title, source] of [
    ["on GKE", edited("prod", missing)],
    ["on EKS", edited("prod", missing, "eks")],
    ["on AKS", edited("prod", missing, "aks")],
    ["that is there already", onOwnCluster("prod", missing)],
  ] as const) {
    it(`asks for nothing but the kind of a cluster ${title}`, () => {
      assert.equal(message(source), `Pulumi.prod.yaml: ${CLUSTER}.kind: ${KINDS} Add the key.`);
    });
  }

  it("judges the other keys by the kind that is written", () => {
    const { problems } = checkStack(edited("prod", { [`${CLUSTER}.kind`]: "eks" }));
    const paths = problems.map(({ path }) => path);
    // First the keys, then what EKS would not take of GKE's values.
    assert.deepEqual(
      paths.slice(0, 3),
      ["account", "network.pods", "project"].map((key) => `${CLUSTER}.${key}`),
    );
    for (const key of ["zones[0]", "endpoint", "nodePools[0].machineType"]) {
      assert.ok(paths.includes(`${CLUSTER}.${key}`), key);
    }
  });

  it("takes a section that is empty for one of a cluster that is there already", () => {
    const { problems } = checkStack(edited("prod", { [CLUSTER]: {} }));
    assert.deepEqual(
      problems.map(({ path }) => path),
      ["kind", "clusterIdentifier", "context", "nodePools"].map((key) => `${CLUSTER}.${key}`),
    );
  });
});
