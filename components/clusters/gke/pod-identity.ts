import type { Cluster } from "@pulumi/gcp/container/cluster.js";
import { DnsManagedZoneIamMember } from "@pulumi/gcp/dns/dnsManagedZoneIamMember.js";
import { IAMMember } from "@pulumi/gcp/projects/iammember.js";
import { BucketIAMMember } from "@pulumi/gcp/storage/bucketIAMMember.js";
import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../../core/invalid-args.ts";
import { underPath, type Problem } from "../../core/problem.ts";
import type { Grant, ServiceAccountRef, WorkloadIdentity } from "../../core/workload-identity.ts";
import type { GkeDns } from "./dns-zone.ts";
import type { GkeStores } from "./object-stores.ts";
import type { GkePlace } from "./place.ts";

/** What pods may be allowed to use. */
export interface Grantable {
  readonly cluster: Cluster;
  readonly stores: GkeStores;
  readonly dns: GkeDns | undefined;
}

/** Who is granted something, and what the resource that grants it is called. */
interface Grantee {
  readonly logical: string;
  readonly member: pulumi.Output<string>;
}

/** Makes what one grant comes to. */
type MakeGrant = (to: Grantee) => pulumi.Resource[];

/** Why a grant has no counterpart on GKE. */
const REFUSED: Readonly<Partial<Record<Grant["purpose"], Pick<Problem, "expected" | "remedy">>>> = {
  "scale-nodes": {
    expected: "no such grant, because GKE runs the autoscaler itself",
    remedy: "Leave the autoscaler out: ClusterHandle.needs says that none is needed.",
  },
  "manage-load-balancers": {
    expected: "no such grant, because GKE makes load balancers itself",
    remedy: "Leave the controller out: ClusterHandle.needs says that none is needed.",
  },
};

/** Reading, writing and deleting objects; buckets themselves and who may use them are left alone. */
const BUCKET_ROLE = "roles/storage.objectUser";
/** What programs ask of a bucket before they use it: whether it is there. */
const BUCKET_LOOK_ROLE = "roles/storage.bucketViewer";

function bucketGrant(
  { names, child }: GkePlace,
  { stores }: Grantable,
  bucket: string,
): MakeGrant | Problem {
  const known = { [names.backupsBucket]: stores.backups, [names.logsBucket]: stores.logs };
  const found = Object.hasOwn(known, bucket) ? known[bucket] : undefined;
  if (found === undefined) return unknown(bucket, Object.keys(known).join(", "));
  return ({ logical, member }) =>
    Object.entries({ uses: BUCKET_ROLE, finds: BUCKET_LOOK_ROLE }).map(
      ([what, role]) =>
        new BucketIAMMember(
          `${logical}-${what}-${bucket}`,
          { bucket: found.name, role, member },
          child(),
        ),
    );
}

function zoneGrant(
  { args, child }: GkePlace,
  { dns }: Grantable,
  zone: string,
): MakeGrant | Problem {
  if (dns?.contract.zone !== zone) return unknown(zone, dns?.contract.zone ?? "none");
  const { project } = args;
  return ({ logical, member }) => [
    new DnsManagedZoneIamMember(
      `${logical}-zone`,
      { project, managedZone: dns.zone.name, role: "roles/dns.admin", member },
      child(),
    ),
    // Controllers find the zone by listing those of the project.
    new IAMMember(`${logical}-zones`, { project, role: "roles/dns.reader", member }, child()),
  ];
}

const READ_SECRETS = { reads: "roles/secretmanager.secretAccessor" } as const;
const WRITE_SECRETS = {
  ...READ_SECRETS,
  writes: "roles/secretmanager.secretVersionManager",
} as const;

/** The names of secrets in conditions begin with the project's number. */
function secretsGrant(
  { args, agents, child }: GkePlace,
  prefix: string,
  roles: Readonly<Record<string, string>>,
): MakeGrant {
  return ({ logical, member }) =>
    Object.entries(roles).map(
      ([what, role]) =>
        new IAMMember(
          `${logical}-${what}-secrets-${prefix}`,
          {
            project: args.project,
            role,
            member,
            condition: {
              title: `secrets ${prefix}`,
              expression: pulumi.interpolate`resource.name.startsWith("projects/${agents.projectNumber}/secrets/${prefix}")`,
            },
          },
          child(),
        ),
    );
}

function outcomeOf(place: GkePlace, grantable: Grantable, grant: Grant): MakeGrant | Problem {
  const refused = REFUSED[grant.purpose];
  if (refused !== undefined) return { path: "", got: grant.purpose, ...refused };
  switch (grant.purpose) {
    case "read-write-bucket":
      return bucketGrant(place, grantable, grant.bucket);
    case "manage-dns-zone":
      return zoneGrant(place, grantable, grant.zone);
    case "read-secrets":
      return secretsGrant(place, grant.prefix, READ_SECRETS);
    case "read-write-secrets":
      return secretsGrant(place, grant.prefix, WRITE_SECRETS);
    default:
      // Snapshots are taken by the driver that GKE runs, for whoever may ask the API server.
      return () => [];
  }
}

function unknown(got: string, there: string): Problem {
  return {
    path: "",
    got: JSON.stringify(got),
    expected: `one that the cluster has (${there})`,
    remedy: "Take the name from ClusterHandle.",
  };
}

/** A ServiceAccount of the cluster as Google's policies name it, without an account of Google's between. */
export function podPrincipal(
  project: string,
  projectNumber: string,
  { namespace, name }: ServiceAccountRef,
): string {
  const pool = `projects/${projectNumber}/locations/global/workloadIdentityPools/${project}.svc.id.goog`;
  return `principal://iam.googleapis.com/${pool}/subject/ns/${namespace}/sa/${name}`;
}

/** Lets pods of one ServiceAccount use what is granted, and no one else. */
export function podIdentity(
  place: GkePlace,
  grantable: Grantable,
  serviceAccount: ServiceAccountRef,
  grants: readonly Grant[],
  subject: pulumi.Resource,
): WorkloadIdentity {
  const { namespace, name: account } = serviceAccount;
  const outcomes = grants.map((grant) => outcomeOf(place, grantable, grant));
  const problems = outcomes.flatMap((outcome) => (typeof outcome === "function" ? [] : [outcome]));
  refuse(underPath(`identityFor(${namespace}/${account})`, problems), subject);

  const member = pulumi
    // The pool of identities is there with the first cluster of the project.
    .all([place.agents.projectNumber, grantable.cluster.id])
    .apply(([number]) => podPrincipal(place.args.project, number, serviceAccount));
  const logical = `${place.name}-pods-${namespace}-${account}`;
  return {
    serviceAccountAnnotations: {},
    podLabels: {},
    ready: outcomes.flatMap((outcome) =>
      typeof outcome === "function" ? outcome({ logical, member }) : [],
    ),
  };
}
