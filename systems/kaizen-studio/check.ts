import type { Guard } from "../../components/core/guard.ts";
import type { Problem } from "../../components/core/problem.ts";
import { checkMemory, checkResourceBounds } from "../../components/core/quantity.ts";
import { checkRestore } from "../../components/workloads/restore-request.ts";
import { checkSchedule } from "../../components/core/schedule.ts";
import { checkApplicationImage } from "../../components/workloads/stand-in-image.ts";
import { checkLife, type GivenSecrets } from "./life.ts";
import type { StoreName } from "./names.ts";
import { checkOverrides } from "./overrides.ts";
import { checkSignIn } from "./sign-in.ts";
import type { DataStoreSettings, KaizenStudioSettings } from "./settings.ts";

/** Fewest replicas under guard strict (K-07, K-25): one pod can go without an outage. */
const STRICT_REPLICAS = 2;

function checkReplicas(replicas: number, guard: Guard, path: string): Problem[] {
  if (guard === "relaxed" || replicas >= STRICT_REPLICAS) return [];
  return [
    {
      path,
      got: String(replicas),
      expected: `at least ${STRICT_REPLICAS}, because slipway:guard is strict`,
      remedy: "Raise it, so that one pod can go without an outage.",
    },
  ];
}

function checkHpa(hpa: KaizenStudioSettings["backend"]["hpa"]): Problem[] {
  if (hpa.maxReplicas >= hpa.minReplicas) return [];
  return [
    {
      path: "backend.hpa.maxReplicas",
      got: String(hpa.maxReplicas),
      expected: `at least minReplicas (${hpa.minReplicas})`,
      remedy: "Raise maxReplicas or lower minReplicas.",
    },
  ];
}

function checkDebug(debug: boolean, guard: Guard): Problem[] {
  if (guard === "relaxed" || !debug) return [];
  return [
    {
      path: "debug",
      got: "true",
      expected: "false, because slipway:guard is strict",
      remedy: "Turn it off: debug pages show the inside of the system to whoever asks.",
    },
  ];
}

function checkStore(
  { resources, storage, backupStorage, restore }: DataStoreSettings,
  path: StoreName,
): Problem[] {
  return [
    ...checkMemory(storage, `${path}.storage`),
    ...checkResourceBounds(resources, `${path}.resources`),
    ...checkMemory(backupStorage, `${path}.backupStorage`),
    ...(restore === undefined ? [] : checkRestore(restore, path, `${path}.restore`)),
  ];
}

/** Everything wrong with the settings of Kaizen Studio that their types cannot say. */
export function checkKaizenStudio(
  settings: KaizenStudioSettings,
  guard: Guard,
  given: GivenSecrets,
): Problem[] {
  const { backend, frontend } = settings;
  return [
    ...checkDebug(settings.debug, guard),
    ...checkLife(settings, given),
    ...checkSignIn(settings, guard),
    ...checkApplicationImage(backend.image, guard, "backend.image"),
    ...checkHpa(backend.hpa),
    ...checkReplicas(backend.hpa.minReplicas, guard, "backend.hpa.minReplicas"),
    ...checkResourceBounds(backend.resources, "backend.resources"),
    ...checkApplicationImage(frontend.image, guard, "frontend.image"),
    ...checkReplicas(frontend.replicas, guard, "frontend.replicas"),
    ...checkResourceBounds(frontend.resources, "frontend.resources"),
    ...checkStore(settings.postgres, "postgres"),
    ...checkStore(settings.redis, "redis"),
    ...checkSchedule(settings.backup.schedule, "backup.schedule"),
    ...checkOverrides(settings),
  ];
}

/** Cluster or platform have to be such that can run the database, and a database of a cloud has no pods. */
export function checkDatabase(
  { postgres }: Pick<KaizenStudioSettings, "postgres">,
  { runsPostgres, operatesPostgres }: DatabaseRunners,
): Problem[] {
  if (postgres.mode === "statefulset") return [];
  if (postgres.mode === "cnpg") return operatesPostgres ? [] : [WITHOUT_OPERATOR];
  const nowhere: Problem = {
    path: "postgres.mode",
    got: '"managed"',
    expected: '"statefulset", because the cluster has no PostgreSQL of a cloud',
    remedy: "Leave it out, or use a cluster whose cloud runs databases.",
  };
  const restart: Problem = {
    path: "postgres.restartedAt",
    got: JSON.stringify(postgres.restartedAt),
    expected: "nothing, because postgres.mode is managed",
    remedy: "Leave it out, and restart the server in the cloud's console.",
  };
  return [
    ...(runsPostgres ? [] : [nowhere]),
    ...(postgres.restartedAt === undefined ? [] : [restart]),
  ];
}

/** Who there is to run databases beside a StatefulSet. */
export interface DatabaseRunners {
  /** The cluster's cloud. */
  readonly runsPostgres: boolean;
  /** The platform's operator. */
  readonly operatesPostgres: boolean;
}

const WITHOUT_OPERATOR: Problem = {
  path: "postgres.mode",
  got: '"cnpg"',
  expected: '"statefulset" or "managed", because the platform has no operator for PostgreSQL',
  remedy: "Turn slipway:platform.postgresOperator on, or leave it out.",
};

/** What checkExposure has to know of the platform. */
export interface FrontDoor {
  readonly letsHttpIn: boolean;
  readonly issuesCertificates: boolean;
}

/** Sign-in over plain HTTP would hand passwords to whoever listens. */
export function checkExposure(
  { issuer, state }: Pick<KaizenStudioSettings, "issuer" | "state">,
  guard: Guard,
  { letsHttpIn, issuesCertificates }: FrontDoor,
): Problem[] {
  const isReached = state === "running" && letsHttpIn;
  if (guard === "relaxed" || !isReached || issuesCertificates) return [];
  return [
    {
      path: "issuer",
      got: JSON.stringify(issuer),
      expected: "a platform that issues certificates, because slipway:guard is strict",
      remedy: "Turn slipway:platform.certManager on.",
    },
  ];
}
