#!/bin/sh
# Copies a backup from an object store into BACKUP_DIR: fetch-backup.sh FILE|latest KIND, where KIND is
# dump or rdb.
#
# Environment: BACKUP_DIR, BACKUP_NAME; STORE, a path of rclone such as store:bucket/folder;
# RCLONE_CONFIG_STORE_* as rclone reads them.
set -eu
# shellcheck source-path=SCRIPTDIR source=backup-lib.sh
. "${0%/*}/backup-lib.sh"

need BACKUP_DIR BACKUP_NAME STORE
[ $# -eq 2 ] || fail "got $# arguments, expected two: the name of a backup or latest, and dump or rdb."
export RCLONE_CONFIG="${RCLONE_CONFIG:-/notfound}"

if [ "$1" != latest ] && [ -f "$BACKUP_DIR/$1" ]; then
  say "$1 is in $BACKUP_DIR already"
  exit 0
fi
all=$(rclone lsf --files-only "$STORE") || fail "$STORE cannot be listed, for the reason above."
name=$1
if [ "$name" = latest ]; then
  name=$(printf '%s\n' "$all" | only_backups "$2" | sort | tail -n 1)
  [ -n "$name" ] || fail "there is no backup $BACKUP_NAME-*.$2 in $STORE. Make one first."
fi
printf '%s\n' "$all" | grep -qxF "$name" ||
  fail "there is no $name in $STORE. The newest there is $(
    printf '%s\n' "$all" | only_backups "$2" | sort | tail -n 1
  )."
rclone copyto "$STORE/$name" "$BACKUP_DIR/.$name.partial" ||
  fail "copying $name from $STORE failed, for the reason above."
mv "$BACKUP_DIR/.$name.partial" "$BACKUP_DIR/$name"
say "fetched $name from $STORE, $(size_of "$BACKUP_DIR/$name") bytes"
