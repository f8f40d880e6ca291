import { z } from "zod";
import type { GkeSettings } from "../../../components/clusters/settings.ts";
import { readJson } from "../answer.ts";
import { judged, type Check } from "../check.ts";
import { ok, problem, type Verdict } from "../finding.ts";
import type { GoogleCommands } from "./google-commands.ts";

const projectSchema = z.object({ lifecycleState: z.string() });
const zonesSchema = z.array(z.object({ name: z.string(), status: z.string() }));

/** Whether the project is there and alive. */
export function judgeProject(text: string, project: string): Verdict {
  const { lifecycleState } = readJson(projectSchema, text);
  if (lifecycleState === "ACTIVE") return ok(project);
  return problem(`${project} is being deleted`, `gcloud projects undelete ${project}`);
}

/** Whether every zone of the stack is one of the region and up. */
export function judgeGoogleZones(
  text: string,
  { region, zones, project }: Pick<GkeSettings, "region" | "zones" | "project">,
): Verdict {
  const known = readJson(zonesSchema, text);
  if (known.length === 0) {
    return problem(
      `there is no region ${region}`,
      `gcloud compute regions list --project=${project}`,
    );
  }
  const up = known.filter(({ status }) => status === "UP").map(({ name }) => name);
  const unusable = zones.filter((zone) => !up.includes(zone));
  if (unusable.length === 0) return ok(`${region}: ${zones.join(", ")}`);
  return problem(
    `${unusable.join(", ")}: not among the zones of ${region} that are up (${up.toSorted().join(", ")})`,
    "Write three of these as slipway:cluster.zones.",
  );
}

/** The APIs that the program's resources are made through. */
export function neededServices({
  dnsDomain,
  registry,
  storage,
}: Pick<GkeSettings, "dnsDomain" | "registry" | "storage">): string[] {
  return [
    "cloudkms",
    "cloudresourcemanager",
    "compute",
    "container",
    "iam",
    "iamcredentials",
    "logging",
    "monitoring",
    "storage",
    ...(dnsDomain === undefined ? [] : ["dns"]),
    ...(registry ? ["artifactregistry"] : []),
    ...(storage.rwx ? ["file"] : []),
  ].map((name) => `${name}.googleapis.com`);
}

/** Whether these APIs are enabled in the project. */
export function judgeServices(text: string, needed: readonly string[], project: string): Verdict {
  const enabled = new Set(text.split("\n").map((line) => line.trim()));
  const off = needed.filter((name) => !enabled.has(name));
  if (off.length === 0) return ok(`all ${needed.length} that are needed are enabled`);
  return problem(
    `not enabled: ${off.join(", ")}`,
    `gcloud services enable ${off.join(" ")} --project=${project}`,
  );
}

/** Project, region, zones and APIs. */
export function googlePlace(commands: GoogleCommands, settings: GkeSettings): Check[] {
  const { project } = settings;
  // Google does not tell those who may not see a project whether it exists.
  const noProject = problem(
    `there is no project ${project}, or you may not see it`,
    `gcloud projects list   # then write one as slipway:cluster.project, or: gcloud projects create ${project}`,
  );
  return [
    judged(
      "Place",
      "project",
      commands.project,
      (text) => judgeProject(text, project),
      ({ is }) => (is === "denied" || is === "not there" ? noProject : undefined),
    ),
    judged("Place", "zones", commands.zones, (text) => judgeGoogleZones(text, settings)),
    judged("Place", "APIs", commands.services, (text) =>
      judgeServices(text, neededServices(settings), project),
    ),
  ];
}
