import type { CloudAnswer, CloudResource, OutputRules } from "./cloud-resource.ts";
import { isProperties } from "./properties.ts";
import { CONTAINER } from "./gcp/container.ts";
import { DATA } from "./gcp/data.ts";
import { IDENTITY } from "./gcp/identity.ts";
import { NETWORK } from "./gcp/network.ts";
import { etag, labels, projectOf } from "./gcp/place.ts";

/** What Google Cloud answers with. */
export const GCP_OUTPUTS: OutputRules = { ...NETWORK, ...CONTAINER, ...IDENTITY, ...DATA };

/** `fooBars` of `gcp:module/fooBar:FooBar`. */
function collection(type: string): string {
  const kind = type.slice(type.lastIndexOf("/") + 1, type.lastIndexOf(":"));
  return kind.endsWith("s") ? kind : `${kind}s`;
}

/** An answer for a type that has no rule: a path as most of Google's are. */
export function gcpAnswer(r: CloudResource): CloudAnswer {
  const project = projectOf(r);
  if (r.type.endsWith("IAMMember") || r.type.endsWith("IamMember")) {
    const on = Object.entries(r.inputs)
      .filter(([key, value]) => typeof value === "string" && !["role", "member"].includes(key))
      .map(([, value]) => String(value));
    const id = [...on, r.text("role"), r.text("member")].join("/");
    return { id, outputs: { etag: etag(r) } };
  }
  const location = r.text("location", r.text("region"));
  const place = location === "" ? "" : `locations/${location}/`;
  return {
    id: `projects/${project}/${place}${collection(r.type)}/${r.text("name", r.name)}`,
    outputs: { project, ...(isProperties(r.inputs["labels"]) ? labels(r) : {}) },
  };
}
