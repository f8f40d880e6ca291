import type { Problem } from "../../components/core/problem.ts";
import type { KaizenStudioSecrets, KaizenStudioSettings, Rotation } from "./settings.ts";

/** Names of the secrets that config gives. */
export type GivenSecrets = readonly (keyof KaizenStudioSecrets)[];

/** Which given secret would take the place of what a rotation draws anew. */
const ROTATES = {
  postgresPassword: "postgresPassword",
  redisPassword: "redisPassword",
  jwtKey: "jwtSecret",
} as const satisfies Record<keyof Rotation, keyof KaizenStudioSecrets>;

/** The flat config key of a secret. */
export function secretKey(name: keyof KaizenStudioSecrets): string {
  return `slipway:kaizenStudio${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** Removal has to be asked for twice, and no stack keeps the second word lying about. */
function checkRemoval({ state, deleteData }: KaizenStudioSettings): Problem[] {
  if (state === "running" && deleteData) {
    return [
      {
        path: "deleteData",
        got: "true",
        expected: "false, because state is running",
        remedy: "Write it together with state: removed, or the next removal asks nobody.",
      },
    ];
  }
  if (state !== "removed" || deleteData) return [];
  return [
    {
      path: "state",
      got: '"removed"',
      expected: "deleteData: true beside it, because databases and their backups go too",
      remedy: "Take a backup out of the cluster, then add deleteData: true; or write suspended.",
    },
  ];
}

/** A restore needs the system's network policies, which go with its pods. */
function checkRestoreTime(settings: KaizenStudioSettings): Problem[] {
  if (settings.state === "running") return [];
  return (["postgres", "redis"] as const)
    .filter((store) => settings[store].restore !== undefined)
    .map((store) => ({
      path: `${store}.restore`,
      got: JSON.stringify(settings[store].restore?.file),
      expected: `nothing, because state is ${settings.state}`,
      remedy: "Leave it out, and ask again once the system runs.",
    }));
}

function checkRotation({ rotation }: KaizenStudioSettings, given: GivenSecrets): Problem[] {
  return (Object.keys(ROTATES) as (keyof Rotation)[])
    .filter((name) => rotation[name] !== undefined && given.includes(ROTATES[name]))
    .map((name) => ({
      path: `rotation.${name}`,
      got: JSON.stringify(rotation[name]),
      expected: `nothing, because ${secretKey(ROTATES[name])} gives the value`,
      remedy: "Set that secret to another value, or remove it to have one generated.",
    }));
}

function checkSigning({ jwtAlgorithm }: KaizenStudioSettings, given: GivenSecrets): Problem[] {
  if (jwtAlgorithm === "HS256" || !given.includes("jwtSecret")) return [];
  return [
    {
      path: "jwtAlgorithm",
      got: '"RS256"',
      expected: `"HS256", because ${secretKey("jwtSecret")} is set`,
      remedy: "Remove that secret: RS256 signs with a generated key pair.",
    },
  ];
}

/** Problems of turning the system off, of rotating its secrets, and of what signs its tokens. */
export function checkLife(settings: KaizenStudioSettings, given: GivenSecrets): Problem[] {
  return [
    ...checkRemoval(settings),
    ...checkSigning(settings, given),
    ...checkRestoreTime(settings),
    ...checkRotation(settings, given),
  ];
}
