import { LocalError } from "../local-error.ts";
import type { CommandOptions } from "./options.ts";

/** Refuses the stand-in plugins for a cluster that somebody else runs: they do not do all that is needed. */
export function refuseStandIns(
  command: "up" | "down",
  { stack, plugins }: Pick<CommandOptions, "stack" | "plugins">,
  usesControlPlane: boolean,
): void {
  if (usesControlPlane || plugins === "real") return;
  const forStack = stack === "local" ? "" : ` STACK=${stack}`;
  throw new LocalError(
    `The cluster of stack ${stack} is not one that make up started, and the stand-in plugins are only for those. ` +
      `Run make ${command}${forStack} PLUGINS=real.`,
  );
}
