import assert from "node:assert/strict";
import { checkStack } from "../../../config/check-stack.ts";
import type { StackSource } from "../../../config/stack-source.ts";
import { edited, message, onOwnCluster } from "./stack-sources.ts";

const CLUSTER = "slipway:cluster";
const POOL = `${CLUSTER}.nodePools[0]`;

/** What is changed, and the whole message but for the file's name. */
type Case = [title: string, source: StackSource, message: string];

const CASES: readonly Case[] = [
  [
    "an unknown key in a list",
    onOwnCluster("prod", { [`${POOL}.disk`]: "100Gi" }),
    `${POOL}.disk: got an unknown key, expected one of name, cpu, memory, minNodes, maxNodes. ` +
      "Remove it, or use one of these.",
  ],
  [
    "a key of a cluster in a cloud",
    onOwnCluster("prod", { [`${CLUSTER}.deletionProtection`]: true }),
    `${CLUSTER}.deletionProtection: got an unknown key, expected one of kind, clusterIdentifier, ` +
      "context, kubeconfigFile, nodePools, storageClasses. Remove it, or use one of these.",
  ],
  [
    "a number where a quantity belongs",
    onOwnCluster("prod", { [`${POOL}.cpu`]: 4 }),
    `${POOL}.cpu: got 4, expected a CPU quantity such as "250m" or "2". Write it in quotes: "4".`,
  ],
  ...["clusterIdentifier", "context", "kubeconfigFile"].map((key): Case => [
    `control characters in ${key}`,
    onOwnCluster("prod", { [`${CLUSTER}.${key}`]: "a\u0007b" }),
    `${CLUSTER}.${key}: got "a\\u0007b", expected text without spaces or control characters. ` +
      "Write it in this form.",
  ]),
  [
    "fewer nodes at most than at least",
    onOwnCluster("prod", { [`${POOL}.maxNodes`]: 4 }),
    `${POOL}.maxNodes: got 4, expected at least minNodes (5). Raise maxNodes or lower minNodes.`,
  ],
  [
    "a single node under strict",
    onOwnCluster("staging", { [`${POOL}.minNodes`]: 1 }),
    `${CLUSTER}.nodePools: got minNodes of 1 in all, expected at least 2, because slipway:guard is ` +
      "strict. Raise minNodes, so that a node can be drained without an outage.",
  ],
  [
    "two pools of one name",
    onOwnCluster("staging", {
      [`${CLUSTER}.nodePools[1]`]: {
        name: "general",
        cpu: "8",
        memory: "32Gi",
        minNodes: 1,
        maxNodes: 2,
      },
    }),
    `${CLUSTER}.nodePools[1].name: got "general", expected a name that no other pool has. ` +
      "Give it another name.",
  ],
  [
    "a kubeconfig given twice",
    edited("local", { "slipway:kubeconfig": "text" }),
    " has 2 problems:\n" +
      `1. ${CLUSTER}.kubeconfigFile: got ".local/kubeconfig", expected no file, because ` +
      "slipway:kubeconfig is set. Remove one of the two.\n" +
      "2. slipway:kubeconfig: got a value in clear, expected an encrypted one. Run: pulumi config set " +
      "--secret slipway:kubeconfig, and take the old value for known to others.",
  ],
];

describe("checkStack, of a cluster that is there already", () => {
  for (const [title, source, expected] of CASES) {
    it(`refuses ${title}`, () => {
      const glue = expected.startsWith(" has ") ? "" : ": ";
      assert.equal(message(source), `${source.file}${glue}${expected}`);
    });
  }

  it("takes the longest name of a pool, and letters of any language in a path", () => {
    const source = edited("local", {
      [`${POOL}.name`]: "x".repeat(40),
      [`${CLUSTER}.kubeconfigFile`]: "~/schlüssel/鍵",
    });
    assert.equal(message(source), undefined);
  });

  it("counts a kubeconfig that nobody gave, and no longer once it is there", () => {
    const paths = (source: StackSource) => checkStack(source).placeholders.map(({ path }) => path);
    const given = onOwnCluster("prod", { "slipway:kubeconfig": "[encrypted]" });
    const encrypted = { ...given, secretKeys: ["slipway:kubeconfig"] };
    assert.ok(paths(onOwnCluster("prod")).includes("slipway:kubeconfig"));
    assert.ok(!paths(encrypted).includes("slipway:kubeconfig"));
    assert.equal(message(encrypted), undefined);
  });
});
