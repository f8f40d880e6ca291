import { IAMMember } from "@pulumi/gcp/projects/iammember.js";
import { Account } from "@pulumi/gcp/serviceaccount/account.js";
import type * as pulumi from "@pulumi/pulumi";
import type { GkePlace } from "./place.ts";

/** What a node needs to be one: writing logs and metrics. Images have a grant of their own. */
export const NODE_ROLES = {
  "is-node": "roles/container.defaultNodeServiceAccount",
  "writes-metrics": "roles/monitoring.metricWriter",
  "writes-metadata": "roles/stackdriver.resourceMetadata.writer",
} as const;

/** Who the nodes are in Google Cloud; the account that is there by default may change the project. */
export interface NodeAccount {
  readonly account: Account;
  /** What it must be allowed before a node starts. */
  readonly ready: readonly pulumi.Resource[];
}

/** Makes the account. */
export function nodeAccount({ name, args, names, child }: GkePlace): NodeAccount {
  const { project } = args;
  const account = new Account(
    `${name}-nodes-account`,
    {
      project,
      accountId: names.nodesAccount,
      displayName: `Nodes of ${args.name}`,
    },
    child(),
  );
  const ready = Object.entries(NODE_ROLES).map(
    ([what, role]) =>
      new IAMMember(`${name}-nodes-${what}`, { project, role, member: account.member }, child()),
  );
  return { account, ready };
}
