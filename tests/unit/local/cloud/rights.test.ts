import assert from "node:assert/strict";
import type { CloudCluster } from "../../../../local/cloud/cluster-folder.ts";
import type { AccountResource } from "../../../../local/cloud/identity/account-resources.ts";
import { personIn } from "../../../../local/cloud/identity/rights.ts";
import { sampleCluster } from "./cluster-samples.ts";

const groups = (cluster: CloudCluster, principal: string, ...resources: AccountResource[]) =>
  personIn(cluster, principal, resources, "deployer")?.groups;

describe("rights in a GKE cluster", () => {
  const cluster = sampleCluster("gcp");
  const member = (role: string) => ({
    type: "gcp:projects/iAMMember:IAMMember",
    inputs: { member: "user:ann@example.com", role },
  });

  it("are all for whoever deploys, and by role for others", () => {
    assert.deepEqual(groups(cluster, "deployer"), ["cloud:admin"]);
    assert.deepEqual(groups(cluster, "ann@example.com"), []);
    const viewer = member("roles/container.viewer");
    assert.deepEqual(groups(cluster, "ann@example.com", viewer), ["cloud:view"]);
    assert.deepEqual(groups(cluster, "ann@example.com", viewer, member("roles/container.admin")), [
      "cloud:admin",
    ]);
    assert.deepEqual(groups(cluster, "ann@example.com", member("roles/dns.admin")), []);
  });
});

describe("rights in an EKS cluster", () => {
  const cluster = sampleCluster("aws");
  const grant = { clusterName: "prod", principalArn: "arn:ann" };
  const entry = (more: object = {}) => ({
    type: "aws:eks/accessEntry:AccessEntry",
    inputs: { ...grant, ...more },
  });
  const policy = (name: string, more: object = {}) => ({
    type: "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
    inputs: {
      ...grant,
      policyArn: `arn:aws:eks::aws:cluster-access-policy/${name}`,
      accessScope: { type: "cluster" },
      ...more,
    },
  });

  it("need an entry in that very cluster; without one nobody is let in", () => {
    assert.equal(groups(cluster, "arn:ann"), undefined);
    assert.equal(groups(cluster, "deployer"), undefined);
    assert.equal(groups(cluster, "arn:ann", entry({ clusterName: "staging" })), undefined);
    assert.equal(groups(cluster, "arn:ann", policy("AmazonEKSClusterAdminPolicy")), undefined);
    assert.deepEqual(groups(cluster, "arn:ann", entry()), []);
  });

  it("come from policies for the whole cluster and from the entry's own groups", () => {
    const admin = policy("AmazonEKSClusterAdminPolicy");
    assert.deepEqual(groups(cluster, "arn:ann", entry(), admin), ["cloud:admin"]);
    const narrow = policy("AmazonEKSClusterAdminPolicy", { accessScope: { type: "namespace" } });
    assert.deepEqual(groups(cluster, "arn:ann", entry(), narrow), []);
    const own = entry({ kubernetesGroups: ["team"] });
    const view = policy("AmazonEKSViewPolicy");
    assert.deepEqual(groups(cluster, "arn:ann", own, view), ["cloud:view", "team"]);
  });

  it("are all for the creator where the cluster says so", () => {
    const open = sampleCluster("aws", { creator: "arn:ann", creatorIsAdmin: true });
    assert.deepEqual(groups(open, "arn:ann"), ["cloud:admin"]);
    assert.equal(groups({ ...open, creatorIsAdmin: false }, "arn:ann"), undefined);
  });
});

describe("rights in an AKS cluster", () => {
  const id =
    "/subscriptions/s/resourceGroups/prod/providers/Microsoft.ContainerService/managedClusters/prod";
  const cluster = sampleCluster("azure-native", { id });
  const role = (definition: string, scope: string) => ({
    type: "azure-native:authorization:RoleAssignment",
    inputs: { principalId: "ann", roleDefinitionId: `/x/roleDefinitions/${definition}`, scope },
  });
  const ADMIN = "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b";

  it("come from a role on the cluster or on what holds it", () => {
    assert.deepEqual(groups(cluster, "ann"), []);
    for (const scope of [
      id.toUpperCase(),
      "/subscriptions/s/resourceGroups/prod",
      "/subscriptions/s/",
    ]) {
      assert.deepEqual(groups(cluster, "ann", role(ADMIN, scope)), ["cloud:admin"], scope);
    }
    const neighbour = "/subscriptions/s/resourceGroups/pro";
    assert.deepEqual(groups(cluster, "ann", role(ADMIN, neighbour)), []);
    const unknown = "00000000-0000-0000-0000-000000000000";
    assert.deepEqual(groups(cluster, "ann", role(unknown, id)), []);
  });

  it("come from no role of Azure where the cluster does not go by them", () => {
    const closed = { ...cluster, cloudRoles: false };
    assert.deepEqual(groups(closed, "ann", role(ADMIN, id)), []);
  });
});
