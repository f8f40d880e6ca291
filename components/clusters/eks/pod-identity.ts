import type { Cluster } from "@pulumi/aws/eks/cluster.js";
import { PodIdentityAssociation } from "@pulumi/aws/eks/podIdentityAssociation.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import * as pulumi from "@pulumi/pulumi";
import { InvalidArgsError } from "../../core/invalid-args.ts";
import type { Problem } from "../../core/problem.ts";
import type { Grant, ServiceAccountRef, WorkloadIdentity } from "../../core/workload-identity.ts";
import type { EksDnsZone } from "./dns-zone.ts";
import {
  balancerStatements,
  bucketStatements,
  scalingStatements,
  secretStatements,
  snapshotStatements,
  zoneStatements,
} from "./grant-policies.ts";
import type { EksKeys } from "./keys.ts";
import type { EksObjectStore } from "./object-stores.ts";
import type { EksPlace } from "./place.ts";
import { podTrust } from "./pod-trust.ts";
import { policyDocument, type Statement } from "./policy-document.ts";

/** What grants can lead to. */
export interface Grantable {
  readonly cluster: Cluster;
  readonly keys: EksKeys;
  readonly stores: readonly EksObjectStore[];
  readonly dns: EksDnsZone | undefined;
}

/** A grant in the words of IAM, or why there is none. */
type Answer = Granted | { readonly problem: Omit<Problem, "path"> };

interface Granted {
  readonly statements: pulumi.Input<Statement[]>;
  /** There before the grant is of use. */
  readonly ready?: readonly pulumi.Resource[];
}

/**
 * A role for pods of one ServiceAccount, with what the grants need and no more. EKS hands it out by the
 * names alone, so the ServiceAccount carries nothing.
 */
export function podIdentity(
  place: EksPlace,
  grantable: Grantable,
  serviceAccount: ServiceAccountRef,
  grants: readonly Grant[],
  subject: pulumi.Resource,
): WorkloadIdentity {
  const { name, args, names, child } = place;
  const answers = grants.map((grant) => answer(place, grantable, grant));
  const path = `identityFor(${serviceAccount.namespace}/${serviceAccount.name})`;
  const problems = answers.flatMap((one) => ("problem" in one ? [{ ...one.problem, path }] : []));
  if (problems.length > 0) throw new InvalidArgsError(problems, subject);
  const granted = answers.flatMap((one) => ("statements" in one ? [one] : []));

  const purpose = `${serviceAccount.namespace}-${serviceAccount.name}`;
  const role = new Role(
    `${name}-identity-${purpose}`,
    { name: names.role(purpose), assumeRolePolicy: podTrust(args, serviceAccount) },
    child(),
  );
  const policies = granted.length === 0 ? [] : [rolePolicy(place, purpose, role, granted)];
  const association = new PodIdentityAssociation(
    `${name}-identity-${purpose}-association`,
    {
      clusterName: args.name,
      namespace: serviceAccount.namespace,
      serviceAccount: serviceAccount.name,
      roleArn: role.arn,
    },
    child({ dependsOn: [grantable.cluster, ...policies] }),
  );
  return {
    serviceAccountAnnotations: {},
    podLabels: {},
    ready: [...policies, association, ...granted.flatMap(({ ready = [] }) => ready)],
  };
}

/** One policy for all grants; IAM takes none that says nothing. */
function rolePolicy(
  { name, child }: EksPlace,
  purpose: string,
  role: Role,
  granted: readonly Granted[],
): RolePolicy {
  return new RolePolicy(
    `${name}-identity-${purpose}-policy`,
    {
      name: "grants",
      role: role.name,
      policy: pulumi
        .all(granted.map(({ statements }) => statements))
        .apply((all) => policyDocument(all.flat())),
    },
    child(),
  );
}

function answer(place: EksPlace, grantable: Grantable, grant: Grant): Answer {
  const { args } = place;
  switch (grant.purpose) {
    case "read-write-bucket":
      return bucketAnswer(place, grantable, grant.bucket);
    case "manage-dns-zone":
      return zoneAnswer(place, grantable, grant.zone);
    case "scale-nodes":
      return { statements: scalingStatements(args) };
    case "read-secrets":
      return secretAnswer(place, grantable, grant.prefix, false);
    case "read-write-secrets":
      return secretAnswer(place, grantable, grant.prefix, true);
    case "snapshot-volumes":
      return { statements: snapshotStatements(args) };
    case "manage-load-balancers":
      return { statements: balancerStatements(args) };
  }
}

function bucketAnswer({ args }: EksPlace, { keys, stores }: Grantable, bucket: string): Answer {
  const store = stores.find((one) => one.bucket === bucket);
  if (store !== undefined) {
    const statements = keys.data.arn.apply((key) => bucketStatements(args, bucket, key));
    return { statements, ready: store.ready };
  }
  return {
    problem: {
      got: `the bucket ${JSON.stringify(bucket)}`,
      expected: `one of ${stores.map((one) => one.bucket).join(", ")}`,
      remedy: "Take the bucket's name from objectStores.",
    },
  };
}

function zoneAnswer({ args }: EksPlace, { dns }: Grantable, zone: string): Answer {
  if (dns?.contract.zone === zone) {
    return { statements: dns.zone.arn.apply((arn) => zoneStatements(args, arn)) };
  }
  return {
    problem: {
      got: `the zone ${JSON.stringify(zone)}`,
      expected: dns === undefined ? "no zone, because dnsDomain is absent" : dns.contract.zone,
      remedy: "Set dnsDomain, and take the zone's name from dns.",
    },
  };
}

function secretAnswer(
  { args, names }: EksPlace,
  { keys }: Grantable,
  prefix: string,
  writes: boolean,
): Answer {
  // A star in a prefix would open what the prefix closes.
  if (prefix.startsWith(names.secretPrefix) && /^[\w/+=.@-]+$/.test(prefix)) {
    const statements = keys.data.arn.apply((keyArn) =>
      secretStatements(args, { prefix, writes, keyArn }),
    );
    return { statements };
  }
  return {
    problem: {
      got: `secrets below ${JSON.stringify(prefix)}`,
      expected: `a prefix that begins with ${names.secretPrefix}`,
      remedy: "Begin with the prefix in secretStore.",
    },
  };
}
