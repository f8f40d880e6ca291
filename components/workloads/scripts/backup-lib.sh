# shellcheck shell=sh
# What the scripts of this folder share. Sourced, never run. POSIX sh with the programs of BusyBox, as
# in the official alpine images of PostgreSQL, Redis and rclone.
#
# A backup is a file BACKUP_DIR/BACKUP_NAME-STAMP.KIND, where STAMP is UTC. It has that name only once
# it is whole and was read back; before, it is a hidden file that the next run clears away. Files of any
# other name are never deleted: who wants to keep a backup for good renames it.

LC_ALL=C # The order of names is the order of time.
export LC_ALL
umask 077

program=${0##*/}
program=${program%.sh}
stamp_format=%Y%m%dT%H%M%SZ
stamp_pattern='[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]T[0-9][0-9][0-9][0-9][0-9][0-9]Z'

say() { printf '%s: %s\n' "$program" "$1"; }

fail() {
  printf '%s: %s\n' "$program" "$1" >&2
  exit 1
}

# need VARIABLE...: refuses to start while one is unset or empty.
need() {
  for variable in "$@"; do
    eval "value=\${$variable-}"
    [ -n "$value" ] || fail "$variable is not set, expected a value. Set it in the environment."
  done
}

# need_number VARIABLE...: digits only, since the value goes into arithmetic.
need_number() {
  for variable in "$@"; do
    eval "value=\${$variable-}"
    case $value in
      '' | *[!0-9]*) fail "$variable is \"$value\", expected a whole number. Correct it." ;;
    esac
  done
}

size_of() { wc -c <"$1" | tr -d ' '; }

# only_backups KIND: those of the names on standard input that a backup made by these scripts has.
only_backups() {
  while IFS= read -r name; do
    # shellcheck disable=SC2254 # The pattern is meant as one.
    case $name in
      "$BACKUP_NAME"-$stamp_pattern."$1") printf '%s\n' "$name" ;;
    esac
  done
}

# list_backups KIND: names in BACKUP_DIR, oldest first.
list_backups() {
  for file in "$BACKUP_DIR/$BACKUP_NAME"-*."$1"; do
    [ ! -f "$file" ] || printf '%s\n' "${file##*/}"
  done | only_backups "$1"
}

newest_backup() { list_backups "$1" | tail -n 1; }

# One at a time: two would take each other's unfinished files for left-overs. The lock goes with the
# process, so that a killed run leaves none behind.
lock_folder() {
  [ -d "$BACKUP_DIR" ] || fail "$BACKUP_DIR is no folder. Mount the volume of the backups there."
  [ -w "$BACKUP_DIR" ] || fail "$BACKUP_DIR cannot be written to. Check the owner of the volume."
  exec 9>>"$BACKUP_DIR/.$BACKUP_NAME.lock"
  flock -n 9 ||
    fail "another backup or restore of $BACKUP_NAME is running in $BACKUP_DIR. Wait for it to end."
}

# require_space FOLDER BYTES PURPOSE
require_space() {
  free_kib=$(df -Pk "$1" | awk 'NR == 2 { print $4 }')
  need_kib=$((($2 + 1023) / 1024))
  [ "$free_kib" -ge "$need_kib" ] || fail "$1 has $((free_kib / 1024)) MiB free, expected at least \
$(((need_kib + 1023) / 1024)) MiB for $3. Grow the volume, or delete files that are not needed. Nothing was changed."
}

# begin_backup KIND: sets `final` and `partial`, the path to write to.
begin_backup() {
  lock_folder
  : "${KEEP_COUNT:=10}" "${KEEP_DAYS:=0}" "${MIN_FREE_MIB:=64}"
  need_number KEEP_COUNT KEEP_DAYS MIN_FREE_MIB
  [ "$KEEP_COUNT" -ge 1 ] || fail "KEEP_COUNT is 0, expected at least 1. Keep one backup or more."
  rm -f "$BACKUP_DIR/.$BACKUP_NAME"-*.partial
  newest=$(newest_backup "$1")
  newest_size=0
  [ -z "$newest" ] || newest_size=$(size_of "$BACKUP_DIR/$newest")
  require_space "$BACKUP_DIR" $((newest_size * 5 / 4 + MIN_FREE_MIB * 1048576)) "the next backup"
  final=$BACKUP_NAME-$(date -u +$stamp_format).$1
  partial=$BACKUP_DIR/.$final.partial
  trap 'rm -f "$partial"' EXIT
  trap 'exit 143' TERM
  trap 'exit 130' INT
  [ ! -e "$BACKUP_DIR/$final" ] || fail "$final is there already. Try again in a second."
}

# finish_backup KIND: gives the checked file its name, and only then lets old ones go.
finish_backup() {
  sync
  mv "$partial" "$BACKUP_DIR/$final"
  say "wrote $final, $(size_of "$BACKUP_DIR/$final") bytes"
  list_backups "$1" | only_expired | while IFS= read -r name; do
    rm -f "$BACKUP_DIR/$name"
    say "deleted $name, beyond the $KEEP_COUNT backups and $KEEP_DAYS days that are kept"
  done
}

# only_expired: those of the names on standard input, oldest first, that are more than KEEP_COUNT from
# the end or, unless KEEP_DAYS is 0, older than that; never the last one.
only_expired() {
  oldest_kept=
  if [ "$KEEP_DAYS" -gt 0 ]; then
    oldest_kept=$(date -u -d "@$(($(date +%s) - KEEP_DAYS * 86400))" +$stamp_format)
  fi
  awk -v count="$KEEP_COUNT" -v oldest="$oldest_kept" -v skip="${#BACKUP_NAME}" '
    { names[NR] = $0 }
    END {
      for (i = 1; i < NR; i++)
        if (i <= NR - count || substr(names[i], skip + 2, 16) < oldest) print names[i]
    }'
}

# choose_backup NAME|latest KIND: sets `path` to the file that is to be restored.
choose_backup() {
  chosen=$1
  if [ "$chosen" = latest ]; then
    chosen=$(newest_backup "$2")
    [ -n "$chosen" ] ||
      fail "there is no backup $BACKUP_NAME-*.$2 in $BACKUP_DIR. Make one first, or fetch one."
    say "the newest backup is $chosen"
  fi
  case $chosen in
    '' | .* | */*)
      fail "got \"$chosen\", expected \"latest\" or the name of a file in $BACKUP_DIR. Leave out the folder."
      ;;
  esac
  path=$BACKUP_DIR/$chosen
  [ -f "$path" ] || fail "there is no $chosen in $BACKUP_DIR. It holds: \
$(list_backups "$2" | tail -n 5 | tr '\n' ' ')(at most the newest five are listed)."
  [ -s "$path" ] || fail "$chosen is empty. Choose another backup. Nothing was changed."
}
