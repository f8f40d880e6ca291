import { FederatedIdentityCredential } from "@pulumi/azure-native/managedidentity/federatedIdentityCredential.js";
import type { ManagedCluster } from "@pulumi/azure-native/containerservice/managedCluster.js";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity.js";
import type * as pulumi from "@pulumi/pulumi";
import { refuse } from "../../core/invalid-args.ts";
import { underPath, type Problem } from "../../core/problem.ts";
import type { Grant, ServiceAccountRef, WorkloadIdentity } from "../../core/workload-identity.ts";
import { shortened } from "../cloud-names.ts";
import type { AksDns } from "./dns-zone.ts";
import type { AksStores } from "./object-stores.ts";
import type { AksPlace } from "./place.ts";
import { grantRole, type RoleName } from "./roles.ts";

/** Azure takes 128 characters. */
const LONGEST_IDENTITY = 120;
/** What Azure expects a ServiceAccount's token to be issued for. */
const AUDIENCE = "api://AzureADTokenExchange";

/** What pods may be allowed to use. */
export interface Grantable {
  readonly cluster: ManagedCluster;
  readonly stores: AksStores;
  readonly dns: AksDns | undefined;
}

interface GrantedRole {
  readonly role: RoleName;
  readonly scope: pulumi.Output<string>;
  /** Part of the logical name. */
  readonly what: string;
}

/** Why a grant has no counterpart in Azure. */
const REFUSED: Readonly<Partial<Record<Grant["purpose"], Pick<Problem, "expected" | "remedy">>>> = {
  "scale-nodes": {
    expected: "no such grant, because AKS runs the autoscaler itself",
    remedy: "Leave the autoscaler out: ClusterHandle.needs says that none is needed.",
  },
  "manage-load-balancers": {
    expected: "no such grant, because AKS makes load balancers itself",
    remedy: "Leave the controller out: ClusterHandle.needs says that none is needed.",
  },
  "read-secrets": noSecrets(),
  "read-write-secrets": noSecrets(),
};

function noSecrets() {
  return {
    expected:
      "no such grant, because a key vault is opened whole or secret by secret, and never by a prefix",
    remedy: "Keep the secrets in the cluster: ClusterHandle.secretStore is absent on AKS.",
  };
}

/** What one grant comes to: roles, or the problem with it. */
interface Outcome {
  readonly roles: readonly GrantedRole[];
  readonly problems: readonly Problem[];
}

const granted = (...roles: readonly GrantedRole[]): Outcome => ({ roles, problems: [] });
const wrong = (problem: Problem): Outcome => ({ roles: [], problems: [problem] });

function outcomeOf(grant: Grant, { stores, dns }: Grantable): Outcome {
  const refused = REFUSED[grant.purpose];
  if (refused !== undefined) return wrong({ path: "", got: grant.purpose, ...refused });
  switch (grant.purpose) {
    case "read-write-bucket": {
      const { bucket } = grant;
      if (bucket !== "backups" && bucket !== "logs") return unknown(bucket, "backups, logs");
      const { id } = stores.byPurpose[bucket].container;
      return granted({ role: "Storage Blob Data Contributor", scope: id, what: bucket });
    }
    case "manage-dns-zone": {
      if (dns?.contract.zone !== grant.zone)
        return unknown(grant.zone, dns?.contract.zone ?? "none");
      return granted(
        { role: "DNS Zone Contributor", scope: dns.zone.id, what: "zone" },
        // Controllers find the zone by listing its group, which holds nothing else.
        { role: "Reader", scope: dns.group.id, what: "zone-group" },
      );
    }
    default:
      // Snapshots are taken by the driver that AKS runs, for whoever may ask the API server.
      return granted();
  }
}

function unknown(got: string, there: string): Outcome {
  return wrong({
    path: "",
    got: JSON.stringify(got),
    expected: `one that the cluster has (${there})`,
    remedy: "Take the name from ClusterHandle.",
  });
}

/** Makes an identity in Azure that pods of one ServiceAccount have, and no one else. */
export function podIdentity(
  place: AksPlace,
  grantable: Grantable,
  serviceAccount: ServiceAccountRef,
  grants: readonly Grant[],
  subject: pulumi.Resource,
): WorkloadIdentity {
  const { name, args, here, child } = place;
  const { namespace, name: account } = serviceAccount;
  const outcomes = grants.map((grant) => outcomeOf(grant, grantable));
  refuse(
    underPath(
      `identityFor(${namespace}/${account})`,
      outcomes.flatMap(({ problems }) => problems),
    ),
    subject,
  );

  const logical = `${name}-pods-${namespace}-${account}`;
  const identity = new UserAssignedIdentity(
    logical,
    {
      ...here,
      resourceName: shortened(`${args.name}-${namespace}-${account}`, LONGEST_IDENTITY),
    },
    child(),
  );
  const trust = new FederatedIdentityCredential(
    `${logical}-trust`,
    {
      resourceGroupName: here.resourceGroupName,
      resourceName: identity.name,
      federatedIdentityCredentialResourceName: "cluster",
      issuer: grantable.cluster.oidcIssuerProfile.apply((profile) => profile?.issuerURL ?? ""),
      subject: `system:serviceaccount:${namespace}:${account}`,
      audiences: [AUDIENCE],
    },
    child(),
  );
  const roles = outcomes.flatMap((outcome) => outcome.roles);
  const access = roles.map(({ role, scope, what }) =>
    grantRole(place, `${logical}-${what}`, {
      role,
      scope,
      principalId: identity.principalId,
      principalType: "ServicePrincipal",
    }),
  );
  const reachable = grants.some(({ purpose }) => purpose === "read-write-bucket")
    ? grantable.stores.ready
    : [];
  return {
    serviceAccountAnnotations: { "azure.workload.identity/client-id": identity.clientId },
    podLabels: { "azure.workload.identity/use": "true" },
    ready: [trust, ...access, ...reachable],
  };
}
