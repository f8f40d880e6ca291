import type { CloudCluster } from "../cluster-folder.ts";
import type { Cloud } from "../cluster-hook-types.ts";
import type { AccountResource } from "./account-resources.ts";

/** What somebody may do in a cluster; each but `none` is a group that roles are bound to. */
export type Right = "admin" | "edit" | "view" | "none";

/** Whom an API server takes somebody for. */
export interface Person {
  readonly username: string;
  readonly groups: readonly string[];
}

/** The group of those with a right; ROLES binds it. */
export const groupOf = (right: Exclude<Right, "none">) => `cloud:${right}`;

/** The right of the most powerful of several grants. */
function highest(rights: readonly (Right | undefined)[]): Right {
  const order: readonly Right[] = ["admin", "edit", "view"];
  return order.find((right) => rights.includes(right)) ?? "none";
}

const text = (value: unknown) => (typeof value === "string" ? value : "");

const ofType = (resources: readonly AccountResource[], type: string) =>
  resources.filter((resource) => resource.type === type).map(({ inputs }) => inputs);

const GKE_ROLES: Readonly<Record<string, Right>> = {
  "roles/owner": "admin",
  "roles/container.admin": "admin",
  "roles/editor": "edit",
  "roles/container.developer": "edit",
  "roles/viewer": "view",
  "roles/container.viewer": "view",
};

/** Who deploys owns the project; others need a role in it. All whom Google knows are let in to ask. */
function gkePerson(
  _cluster: CloudCluster,
  principal: string,
  resources: readonly AccountResource[],
  deployer: string,
): Person {
  const members = ofType(resources, "gcp:projects/iAMMember:IAMMember").filter(
    ({ member }) => text(member).replace(/^[^:]*:/, "") === principal,
  );
  const granted = members.map(({ role }) => GKE_ROLES[text(role)]);
  return person(principal, highest([...granted, principal === deployer ? "admin" : undefined]));
}

const EKS_POLICIES: Readonly<Record<string, Right>> = {
  AmazonEKSClusterAdminPolicy: "admin",
  AmazonEKSAdminPolicy: "edit",
  AmazonEKSEditPolicy: "edit",
  AmazonEKSAdminViewPolicy: "view",
  AmazonEKSViewPolicy: "view",
};

const scopeOf = (association: Readonly<Record<string, unknown>>) =>
  text((association["accessScope"] as { readonly type?: unknown } | undefined)?.type);

/** Nobody is let in who has no access entry, not even whoever made the cluster unless it says so. */
function eksPerson(
  { name, creator, creatorIsAdmin }: CloudCluster,
  principal: string,
  resources: readonly AccountResource[],
): Person | undefined {
  const isMine = (grant: Readonly<Record<string, unknown>>) =>
    grant["clusterName"] === name && grant["principalArn"] === principal;
  const entries = ofType(resources, "aws:eks/accessEntry:AccessEntry").filter(isMine);
  const implicit = creatorIsAdmin && principal === creator;
  const [entry] = entries;
  if (entry === undefined && !implicit) return undefined;
  const policies = ofType(
    resources,
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
  ).filter((grant) => isMine(grant) && scopeOf(grant) === "cluster");
  const granted = policies.map(
    ({ policyArn }) => EKS_POLICIES[text(policyArn).split("/").at(-1) ?? ""],
  );
  const { username, groups } = person(
    principal,
    highest([...granted, implicit ? "admin" : undefined]),
  );
  const own = entry?.["kubernetesGroups"];
  return { username, groups: [...groups, ...(Array.isArray(own) ? own.map(String) : [])] };
}

/** Built-in roles of Azure for what is in a cluster, by the id that is the same everywhere. */
const AKS_ROLES: Readonly<Record<string, Right>> = {
  "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b": "admin",
  "3498e952-d568-435e-9b2c-8d77e338d7f7": "edit",
  "a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb": "edit",
  "7f6c6a51-bcf8-42ba-9220-52d62157d7db": "view",
};

/** Everybody whom Entra knows is let in to ask; a role assignment on the cluster or above it gives rights. */
function aksPerson(
  { id, cloudRoles }: CloudCluster,
  principal: string,
  resources: readonly AccountResource[],
): Person {
  const assignments = ofType(resources, "azure-native:authorization:RoleAssignment").filter(
    ({ principalId, scope }) => principalId === principal && isWithin(id, text(scope)),
  );
  const granted = assignments.map(
    ({ roleDefinitionId }) => AKS_ROLES[text(roleDefinitionId).split("/").at(-1) ?? ""],
  );
  return person(principal, cloudRoles ? highest(granted) : "none");
}

function isWithin(id: string, scope: string): boolean {
  const [inner, outer] = [id.toLowerCase(), scope.toLowerCase().replace(/\/$/, "")];
  return inner === outer || inner.startsWith(`${outer}/`);
}

function person(username: string, right: Right): Person {
  return { username, groups: right === "none" ? [] : [groupOf(right)] };
}

const PERSONS: Readonly<
  Record<
    Cloud,
    (
      cluster: CloudCluster,
      principal: string,
      resources: readonly AccountResource[],
      deployer: string,
    ) => Person | undefined
  >
> = { gcp: gkePerson, aws: eksPerson, "azure-native": aksPerson };

/** Whom a cluster takes a principal of its cloud for; undefined when it does not let them in at all. */
export function personIn(
  cluster: CloudCluster,
  principal: string,
  resources: readonly AccountResource[],
  deployer: string,
): Person | undefined {
  return PERSONS[cluster.cloud](cluster, principal, resources, deployer);
}
