#!/bin/sh
# Takes a snapshot of a running Redis over the network, as a replica would, checks it to its end, gives
# it its name and lets old ones go. The server makes the snapshot for this run, so nothing has to wait
# for one to be finished (D-33, B-26).
#
# Environment: BACKUP_DIR, BACKUP_NAME; REDIS_HOST, REDIS_PORT (6379), REDISCLI_AUTH as redis-cli reads
# it; KEEP_COUNT (10), KEEP_DAYS (0: any age), MIN_FREE_MIB (64).
set -eu
# shellcheck source-path=SCRIPTDIR source=backup-lib.sh
. "${0%/*}/backup-lib.sh"

: "${REDIS_HOST:=}" "${REDIS_PORT:=6379}"
need BACKUP_DIR BACKUP_NAME REDIS_HOST
kept="Earlier backups are untouched."

begin_backup rdb
# BusyBox leaves a process behind that watches the time; it must not hold the lock.
answer=$(timeout 15 redis-cli -h "$REDIS_HOST" -p "$REDIS_PORT" ping 2>&1 9>&-) || true
[ "$answer" = PONG ] || fail "Redis at $REDIS_HOST:$REDIS_PORT did not answer PONG but \
\"$(printf %s "$answer" | tr '\n' ' ')\". Check that it runs, and the password in REDISCLI_AUTH. $kept"
redis-cli -h "$REDIS_HOST" -p "$REDIS_PORT" --rdb "$partial" ||
  fail "the snapshot of $REDIS_HOST:$REDIS_PORT failed, for the reason above. $kept"
redis-check-rdb "$partial" >/dev/null ||
  fail "the snapshot of $REDIS_HOST:$REDIS_PORT is damaged, so it was thrown away. $kept"
finish_backup rdb
