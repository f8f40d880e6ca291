#!/bin/sh
# Makes a PostgreSQL database what it was at the time of a backup: restore-postgres.sh FILE|latest.
# Takes dumps in the custom format (.dump) and plain ones (.sql, .sql.gz) (D-58). All of it is one
# transaction: either the database is what the backup says, or it is as it was before.
#
# Environment: BACKUP_DIR, BACKUP_NAME; PGHOST, PGPORT, PGUSER, PGDATABASE and PGPASSWORD or PGPASSFILE
# as libpq reads them. RESTORE_ID names the request: a request that was carried out is not again.
set -eu
# shellcheck source-path=SCRIPTDIR source=backup-lib.sh
. "${0%/*}/backup-lib.sh"

need BACKUP_DIR BACKUP_NAME PGHOST PGUSER PGDATABASE
[ -n "${PGPASSWORD-}" ] || [ -r "${PGPASSFILE-}" ] ||
  fail "neither PGPASSWORD nor a readable PGPASSFILE is set, expected one. Take it from the Secret."
[ $# -eq 1 ] || fail "got $# arguments, expected one: the name of a backup, or latest."
export PGCONNECT_TIMEOUT="${PGCONNECT_TIMEOUT:-10}"
same="The database is as it was."

sql() { psql --no-psqlrc --no-password --quiet --set=ON_ERROR_STOP=1 "$@"; }

# To the last line of a plain dump, which pg_dump writes when it is done.
ends_well() { tail -n 20 | grep -q '^-- PostgreSQL database dump complete'; }

# The backup as SQL, or failure when it cannot be read to its end.
as_sql() {
  case $path in
    *.dump) pg_restore --file=- "$path" ;;
    *.sql.gz) gunzip -c "$path" ;;
    *.sql) cat "$path" ;;
  esac
}

lock_folder
choose_backup "$1" dump
case $chosen in
  *.dump) pg_restore --file=/dev/null "$path" ;;
  *.sql.gz) gunzip -t "$path" && gunzip -c "$path" | ends_well ;;
  *.sql) ends_well <"$path" ;;
  *) fail "got \"$chosen\", expected a name that ends in .dump, .sql or .sql.gz. Choose another file." ;;
esac || fail "$chosen is damaged or not whole. Choose another backup. $same"

before=$(sql --no-align --tuples-only --command="SELECT shobj_description(oid, 'pg_database')
  FROM pg_database WHERE datname = current_database()") ||
  fail "the database $PGDATABASE at $PGHOST cannot be reached, for the reason above. $same"
mark="restored by request ${RESTORE_ID-}"
if [ -n "${RESTORE_ID-}" ] && [ "$before" = "$mark" ]; then
  say "request $RESTORE_ID was carried out before. $same"
  exit 0
fi

whole=$(mktemp -d)
trap 'rm -rf "$whole"' EXIT
# Without the last words, psql closes the connection and the server takes everything back.
{
  echo 'BEGIN;'
  cat "${0%/*}/empty-database.sql"
  if as_sql; then
    [ -z "${RESTORE_ID-}" ] || echo "COMMENT ON DATABASE :\"DBNAME\" IS :'mark';"
    : >"$whole/read"
    echo 'COMMIT;'
  fi
} | sql --output=/dev/null --set=mark="$mark" ||
  fail "restoring $chosen failed, for the reason above. Stop what uses the database, if it waited for a lock. $same"
[ -e "$whole/read" ] || fail "$chosen could not be read to its end. Choose another backup. $same"
say "restored $PGDATABASE from $chosen"
# A dump has no statistics, without which the first queries are slow. Not worth failing for.
sql --command=ANALYZE || say "ANALYZE failed; the data is whole. Run it by hand."
