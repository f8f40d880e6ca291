import { Secret } from "../../../secret.ts";
import type { CloudResource } from "../cloud-resource.ts";
import { isProperties, lastSegment, type Properties } from "../properties.ts";

export const projectOf = (r: CloudResource): string =>
  r.text("project", r.account.project).replace(/^projects\//, "");

export const regionOf = (r: CloudResource): string =>
  lastSegment(r.text("region", r.account.region));

/** Where a resource is that takes a region or a zone. */
export const locationOf = (r: CloudResource): string => r.text("location", r.account.region);

export const isZone = (location: string): boolean => /-[a-z]$/.test(location);

/** The zones of a location: itself if it is one, else three as most regions have them. */
export function zonesOf(r: CloudResource): string[] {
  const given = r.list("nodeLocations").filter((zone) => typeof zone === "string");
  const location = locationOf(r);
  if (given.length > 0) return given;
  return isZone(location) ? [location] : ["a", "b", "c"].map((zone) => `${location}-${zone}`);
}

export const selfLink = (path: string): string => `https://www.googleapis.com/compute/v1/${path}`;

/** The labels that a resource ends up with; the provider marks them secret. */
export function labels(r: CloudResource, key = "labels"): Properties {
  const own = r.inputs[key];
  const all = {
    ...r.account.defaultLabels,
    ...(isProperties(own) ? own : {}),
    "goog-pulumi-provisioned": "true",
  };
  return { effectiveLabels: new Secret(all), pulumiLabels: new Secret(all) };
}

/** Eight digits of a policy's version, as the clouds write them. */
export const etag = (r: CloudResource): string => `BwY${r.hex("etag", 8)}=`;
