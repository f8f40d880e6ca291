import { parseMemory, type ResourceBounds } from "../core/quantity.ts";
import type { Problem } from "../core/problem.ts";

/** Where the ConfigMap is seen by the server. */
export const POSTGRES_FILES_PATH = "/etc/postgresql";

const MIB = 2 ** 20;

/** Settings by which the block finds its own server again. */
const OWN = ["config_file", "data_directory", "hba_file", "ident_file", "listen_addresses", "port"];

/** Settings of the server for the memory that it has [ours]; whatever is given wins. */
export function postgresParameters(
  { requests, limits }: ResourceBounds,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const share = (memory: string, part: number) =>
    `${Math.max(16, Math.floor(((parseMemory(memory) ?? 0) * part) / MIB))}MB`;
  return {
    listen_addresses: "*",
    // Ten backends with pools of fifteen, and room for people.
    max_connections: "200",
    // What the server manual advises for a machine of its own: a quarter, and half for the cache.
    shared_buffers: share(requests.memory, 0.25),
    effective_cache_size: share(limits.memory, 0.5),
    maintenance_work_mem: share(requests.memory, 0.05),
    timezone: "UTC",
    log_timezone: "UTC",
    log_min_duration_statement: "1000",
    ...given,
  };
}

/** Problems of settings that somebody gave. */
export function checkPostgresParameters(
  given: Readonly<Record<string, string>>,
  path: string,
): Problem[] {
  return Object.entries(given).flatMap(([name, value]): Problem[] => {
    const at = `${path}.${name}`;
    if (OWN.includes(name)) {
      const expected = "a setting that the block leaves open";
      return [{ path: at, expected, remedy: "Leave it out: the block sets it." }];
    }
    if (/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$/.test(name) && !/[\n\r]/.test(value)) return [];
    const expected = "the name of a server setting with a value of one line";
    return [{ path: at, expected, remedy: "See the view pg_settings for those that there are." }];
  });
}

/** The ConfigMap's files: settings, extensions, and what runs before each start. */
export function postgresFiles(
  parameters: Readonly<Record<string, string>>,
  extensions: readonly string[],
): Record<string, string> {
  const settings = Object.entries(parameters).map(
    ([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`,
  );
  const create = extensions.map((name) => `CREATE EXTENSION IF NOT EXISTS "${name}";\n`);
  return {
    "postgresql.conf": settings.join(""),
    "extensions.sql": create.join(""),
    "prepare.sh": PREPARE_SCRIPT,
  };
}

/**
 * Runs before the server, in its image. The image sets password and extensions when it makes the
 * database and never again; this lets a rotated password and a new extension in at any later start. The
 * server works for this one user then, so that nothing can come between. Reads PGDATA, PG_MAJOR,
 * POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB; the password is on no command line and in no log.
 */
export const PREPARE_SCRIPT = `set -eu
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  echo "No database yet: the server makes one."
  exit 0
fi
found=$(cat "$PGDATA/PG_VERSION")
if [ "$found" != "$PG_MAJOR" ]; then
  echo "The volume holds PostgreSQL $found and the image is PostgreSQL $PG_MAJOR." >&2
  echo "Go back to an image of $found, take a backup, and restore it into a new volume." >&2
  exit 1
fi
files=\${POSTGRES_FILES:-${POSTGRES_FILES_PATH}}
quote() {
  printf %s "$1" | sed "s/$2/$2$2/g"
}
run() {
  postgres --single -D "$PGDATA" -c config_file="$files/postgresql.conf" \\
    -c exit_on_error=on -c log_min_error_statement=panic -c log_statement=none "$1" >/dev/null
}
user=$(quote "$POSTGRES_USER" '"')
password=$(quote "$POSTGRES_PASSWORD" "'")
# No pipe: as a child of process 1 the server knows the lock of a server that was killed for its own.
run postgres <<SQL
ALTER ROLE "$user" PASSWORD '$password';
SQL
run "$POSTGRES_DB" <"$files/extensions.sql"
echo "Password and extensions are as the stack has them."
`;
