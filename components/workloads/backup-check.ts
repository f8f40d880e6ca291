import { checkImage } from "../core/image.ts";
import { underPath, type Problem } from "../core/problem.ts";
import { checkCount } from "./availability.ts";
import type { FullBackupArgs } from "./backup-args.ts";
import type { BackupSource } from "./backup-source.ts";
import { checkBackupStore } from "./backup-store.ts";
import { checkVolume } from "./claim.ts";
import { checkRestore } from "./restore-request.ts";

/** Everything wrong with the arguments that their types cannot say; the CronJob's block checks the rest. */
export function checkBackup(args: FullBackupArgs): Problem[] {
  const long: Problem = {
    path: "component",
    got: JSON.stringify(args.component),
    expected: "at most 43 letters, because the name of a restore appends twenty",
    remedy: "Shorten it.",
  };
  return [
    ...(args.component.length <= 43 ? [] : [long]),
    ...checkSource(args.source),
    ...checkVolume(args.volume, "volume"),
    ...(args.store === undefined ? [] : underPath("store", checkBackupStore(args.store))),
    ...checkCount(args.keep, 1, "keep"),
    ...checkCount(args.keepOnVolume, 1, "keepOnVolume"),
    ...checkCount(args.keepDays, 0, "keepDays"),
    ...(args.restore === undefined ? [] : checkRestore(args.restore, args.source.kind, "restore")),
  ];
}

function checkSource(source: BackupSource): Problem[] {
  const { image, password, part } = source;
  const places = [part, source.kind === "postgres" ? source.addresses : undefined];
  const where: Problem = {
    path: "source",
    expected: "either part or addresses",
    remedy: "Name the part that runs the server, or the addresses of one outside.",
  };
  const key: Problem = {
    path: "source.password.key",
    got: JSON.stringify(password.key),
    expected: `a key of ${password.source.kind} ${password.source.name}`,
    remedy: `It has ${password.source.keys.join(", ")}.`,
  };
  return [
    ...(places.filter((place) => place !== undefined).length === 1 ? [] : [where]),
    ...(image === undefined ? [] : checkImage(image, "relaxed", "source.image")),
    ...(password.source.keys.includes(password.key) ? [] : [key]),
  ];
}
