#!/bin/sh
# Puts a snapshot into the data folder of a Redis that is stopped: restore-redis.sh FILE|latest. The
# server reads it when it starts next. What was in the folder goes into before-restore-STAMP beside it.
#
# A server with an append-only file reads nothing but that, so there the snapshot becomes the base of a
# new one (D-33). A server without must not find one either: it would be read, stale, on the day
# that somebody turns it on.
#
# Environment: BACKUP_DIR, BACKUP_NAME; REDIS_DATA_DIR; REDIS_HOST, REDIS_PORT (6379), where nothing may
# answer; WAIT_SECONDS (0), how long to wait for that; REDIS_APPENDONLY (no), as the server has it.
# RESTORE_ID names the request: a request that was carried out is not again.
set -eu
# shellcheck source-path=SCRIPTDIR source=backup-lib.sh
. "${0%/*}/backup-lib.sh"

: "${REDIS_HOST:=}" "${REDIS_PORT:=6379}" "${REDIS_APPENDONLY:=no}" "${WAIT_SECONDS:=0}"
need BACKUP_DIR BACKUP_NAME REDIS_DATA_DIR REDIS_HOST
need_number WAIT_SECONDS
[ $# -eq 1 ] || fail "got $# arguments, expected one: the name of a backup, or latest."
case $REDIS_APPENDONLY in
  yes | no) ;;
  *) fail "REDIS_APPENDONLY is \"$REDIS_APPENDONLY\", expected yes or no, as the server has it." ;;
esac
[ -w "$REDIS_DATA_DIR" ] || fail "$REDIS_DATA_DIR cannot be written to. Mount the volume of Redis there."
same="The data of Redis is as it was."

# Any answer counts, also a refused password or one that is still loading, and so does a connection
# without an answer: that server hangs. Where a Service without pods lets packets vanish, the system
# gives up connecting after about two minutes. BusyBox leaves a process behind that watches the time;
# it must not hold the lock.
answers() {
  ! timeout 180 redis-cli -h "$REDIS_HOST" -p "$REDIS_PORT" ping 2>&1 9>&- | grep -q '^Could not connect'
}

lock_folder
mark=$REDIS_DATA_DIR/.restored-${RESTORE_ID-}
if [ -n "${RESTORE_ID-}" ] && [ -e "$mark" ]; then
  say "request $RESTORE_ID was carried out before. $same"
  exit 0
fi
choose_backup "$1" rdb
redis-check-rdb "$path" >/dev/null || fail "$chosen is damaged or not whole. Choose another backup. $same"
waited=0
while answers; do
  [ "$waited" -lt "$WAIT_SECONDS" ] || fail "Redis at $REDIS_HOST:$REDIS_PORT is running, and would \
overwrite what is restored. Scale it to 0 first. $same"
  [ "$waited" -gt 0 ] || say "waiting for Redis at $REDIS_HOST:$REDIS_PORT to be scaled to 0"
  sleep 1
  waited=$((waited + 1))
done
require_space "$REDIS_DATA_DIR" "$(size_of "$path")" "the restored data"

new=$REDIS_DATA_DIR/.restore.partial
trap 'rm -rf "$new"' EXIT
rm -rf "$new"
mkdir "$new"
cp "$path" "$new/dump.rdb" || fail "copying $chosen failed, for the reason above. $same"
if [ "$REDIS_APPENDONLY" = yes ]; then
  mkdir "$new/appendonlydir"
  # The server replaces these files and never changes them, so the two may share their blocks.
  ln "$new/dump.rdb" "$new/appendonlydir/appendonly.aof.1.base.rdb"
  echo 'file appendonly.aof.1.base.rdb seq 1 type b' >"$new/appendonlydir/appendonly.aof.manifest"
fi
sync
before=before-restore-$(date -u +$stamp_format)
mkdir "$REDIS_DATA_DIR/$before"
for part in dump.rdb appendonlydir; do
  [ ! -e "$REDIS_DATA_DIR/$part" ] || mv "$REDIS_DATA_DIR/$part" "$REDIS_DATA_DIR/$before/$part"
  [ ! -e "$new/$part" ] || mv "$new/$part" "$REDIS_DATA_DIR/$part"
done
[ -z "${RESTORE_ID-}" ] || : >"$mark"
say "put $chosen into $REDIS_DATA_DIR; what was there is in $before. Start Redis now."
