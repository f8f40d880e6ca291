#!/bin/sh
# Copies the newest backup to an object store, checks its size there, and lets old ones there go:
# ship-backup.sh KIND, where KIND is dump or rdb (K-33).
#
# Environment: BACKUP_DIR, BACKUP_NAME; STORE, a path of rclone such as store:bucket/folder;
# RCLONE_CONFIG_STORE_* as rclone reads them; KEEP_COUNT (10), KEEP_DAYS (0: any age).
set -eu
# shellcheck source-path=SCRIPTDIR source=backup-lib.sh
. "${0%/*}/backup-lib.sh"

need BACKUP_DIR BACKUP_NAME STORE
[ $# -eq 1 ] || fail "got $# arguments, expected one: the kind of backup, dump or rdb."
: "${KEEP_COUNT:=10}" "${KEEP_DAYS:=0}"
need_number KEEP_COUNT KEEP_DAYS
[ "$KEEP_COUNT" -ge 1 ] || fail "KEEP_COUNT is 0, expected at least 1. Keep one backup or more."
export RCLONE_CONFIG="${RCLONE_CONFIG:-/notfound}"
kept="Earlier backups are untouched."

newest=$(newest_backup "$1")
[ -n "$newest" ] || fail "there is no backup $BACKUP_NAME-*.$1 in $BACKUP_DIR to ship. Make one first."
rclone copyto "$BACKUP_DIR/$newest" "$STORE/$newest" ||
  fail "copying $newest to $STORE failed, for the reason above. $kept"
there=$(rclone lsf --format=s "$STORE/$newest") || there=
here=$(size_of "$BACKUP_DIR/$newest")
[ "$there" = "$here" ] ||
  fail "$newest has ${there:-no} bytes in $STORE, expected $here. Check the store. $kept"
say "shipped $newest to $STORE, $here bytes"
all=$(rclone lsf --files-only "$STORE") || fail "$STORE cannot be listed, so nothing old was deleted."
printf '%s\n' "$all" | only_backups "$1" | sort | only_expired | while IFS= read -r name; do
  rclone deletefile "$STORE/$name" || fail "$name could not be deleted from $STORE, for the reason above."
  say "deleted $name, beyond the $KEEP_COUNT backups and $KEEP_DAYS days that are kept"
done
