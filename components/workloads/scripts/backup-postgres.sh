#!/bin/sh
# Dumps a PostgreSQL database in the custom format (K-33), reads the dump back to its end, gives it its
# name and lets old ones go.
#
# Environment: BACKUP_DIR, BACKUP_NAME; PGHOST, PGPORT, PGUSER, PGDATABASE and PGPASSWORD or PGPASSFILE
# as libpq reads them; KEEP_COUNT (10), KEEP_DAYS (0: any age), MIN_FREE_MIB (64).
set -eu
# shellcheck source-path=SCRIPTDIR source=backup-lib.sh
. "${0%/*}/backup-lib.sh"

need BACKUP_DIR BACKUP_NAME PGHOST PGUSER PGDATABASE
[ -n "${PGPASSWORD-}" ] || [ -r "${PGPASSFILE-}" ] ||
  fail "neither PGPASSWORD nor a readable PGPASSFILE is set, expected one. Take it from the Secret."
export PGCONNECT_TIMEOUT="${PGCONNECT_TIMEOUT:-10}"
kept="Earlier backups are untouched."

begin_backup dump
pg_dump --no-password --format=custom --lock-wait-timeout=60000 --file="$partial" ||
  fail "pg_dump of $PGDATABASE at $PGHOST failed, for the reason above. $kept"
# `pg_restore --list` would read the beginning only, which a dump without an end has as well.
pg_restore --file=/dev/null "$partial" ||
  fail "the dump of $PGDATABASE cannot be read back, so it was thrown away. $kept"
finish_backup dump
