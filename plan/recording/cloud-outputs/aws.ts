import type { CloudAnswer, CloudResource, OutputRules } from "./cloud-resource.ts";
import { isProperties } from "./properties.ts";
import { DATA } from "./aws/data.ts";
import { EKS } from "./aws/eks.ts";
import { IDENTITY } from "./aws/identity.ts";
import { NETWORK } from "./aws/network.ts";
import { arn, regionOf, tags } from "./aws/place.ts";

/** What AWS answers with. */
export const AWS_OUTPUTS: OutputRules = { ...NETWORK, ...IDENTITY, ...EKS, ...DATA };

/** An answer for a type that has no rule: its name as the id, and an ARN of its service. */
export function awsAnswer(r: CloudResource): CloudAnswer {
  const [, service = "", kind = ""] = /^aws:([^/]+)\/([^:]+):/.exec(r.type) ?? [];
  const name = r.text("name", `${kind}-0${r.hex("id", 16)}`);
  const own = { arn: arn(r, service, `${kind.toLowerCase()}/${name}`), region: regionOf(r) };
  return { id: name, outputs: { ...own, ...(isProperties(r.inputs["tags"]) ? tags(r) : {}) } };
}
