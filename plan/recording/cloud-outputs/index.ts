import { AWS_OUTPUTS, awsAnswer } from "./aws.ts";
import { azureAnswer } from "./azure-native.ts";
import {
  CLOUDS,
  CloudResource,
  type Cloud,
  type CloudAnswer,
  type CloudResourceArgs,
} from "./cloud-resource.ts";
import { AZURE_PATHS } from "./azure/paths.ts";
import { GCP_OUTPUTS, gcpAnswer } from "./gcp.ts";

export { cloudAccount, type CloudAccount } from "./account.ts";
export { automaticName, autonameOf, plannedDigits, type DrawDigits } from "./autonames.ts";
export { AZURE_PATHS } from "./azure/paths.ts";
export type { Cloud, CloudAnswer, CloudResourceArgs, ServedApi } from "./cloud-resource.ts";
export { NO_CERTIFICATE } from "./cloud-resource.ts";
export { asUuid, digest } from "./drawn-numbers.ts";
export { isProperties, lastSegment, type Properties } from "./properties.ts";
export { filled, type SecretForm } from "./fill.ts";
export { cloudFunction, type KnownResource, type ResourcesOf } from "./invokes.ts";

/** The package of a type token, if it is a cloud's. Providers themselves are not. */
export function cloudOf(token: string): Cloud | undefined {
  return CLOUDS.find((cloud) => token.startsWith(`${cloud}:`));
}

/** The types that have a rule of their own; others get an answer after the pattern of most. */
export const KNOWN_TYPES: readonly string[] = [
  ...Object.keys(GCP_OUTPUTS),
  ...Object.keys(AWS_OUTPUTS),
  "azure-native:resources:ResourceGroup",
  ...Object.keys(AZURE_PATHS),
];

/**
 * The id and the outputs that a cloud would answer with. The same for a plan and for a stand-in plugin,
 * so that a plan says what the state will hold.
 */
export function cloudAnswer(args: CloudResourceArgs): CloudAnswer {
  const resource = new CloudResource(args);
  switch (cloudOf(args.type)) {
    case "gcp":
      return (GCP_OUTPUTS[args.type] ?? gcpAnswer)(resource);
    case "aws":
      return (AWS_OUTPUTS[args.type] ?? awsAnswer)(resource);
    case "azure-native":
      return azureAnswer(resource);
    case undefined:
      throw new Error(`${args.type} is no type of ${CLOUDS.join(", ")}.`);
  }
}
