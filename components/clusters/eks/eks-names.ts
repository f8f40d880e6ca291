import { shortened } from "../cloud-names.ts";
import type { EksSettings } from "../settings.ts";

/** Longest name of a role, of a bucket and of a database server. */
const LONGEST_ROLE = 64;
const LONGEST_BUCKET = 63;
/** AWS ends names by 26 characters; launch templates take 125 in all, everything else more. */
const LONGEST_PREFIX = 99;

/** Physical names that follow from settings alone, so that other layers and policies can name them. */
export interface EksNames {
  readonly backupsBucket: string;
  readonly logsBucket: string;
  /** Where EKS writes; it would make the group itself, with no end to what it keeps. */
  readonly controlPlaneLogs: string;
  readonly flowLogs: string;
  /** What the names of the stack's secrets begin with. */
  readonly secretPrefix: string;
  /** What the names of the stack's images begin with. */
  readonly imagePrefix: string;
  /** Roles are of the account and not of a region, so their names hold the region. */
  readonly role: (purpose: string) => string;
  /** What a name begins with that AWS ends itself, so that a new one can be there before the old goes. */
  readonly prefix: (purpose: string) => string;
}

export function eksNames({ name, account, region }: EksSettings): EksNames {
  // Names of buckets are of the whole world: the account keeps them apart from anybody else's.
  const bucket = (purpose: string) => {
    const end = `-${purpose}`;
    return shortened(`${name}-${account}-${region}`, LONGEST_BUCKET - end.length) + end;
  };
  return {
    backupsBucket: bucket("backups"),
    logsBucket: bucket("logs"),
    controlPlaneLogs: `/aws/eks/${name}/cluster`,
    flowLogs: `/aws/vpc/${name}/flow-logs`,
    secretPrefix: `${name}/`,
    imagePrefix: name,
    prefix: (purpose) => `${shortened(`${name}-${purpose}`, LONGEST_PREFIX - 1)}-`,
    role: (purpose) => shortened(`${name}-${region}-${purpose}`, LONGEST_ROLE),
  };
}
