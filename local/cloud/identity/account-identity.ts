import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { Cloud } from "../cluster-hook-types.ts";
import { accountResources } from "./account-resources.ts";

/**
 * Who deploys, in the form in which each cloud names people: what its functions that ask "who am I" answer
 * with, for grants name it.
 */
const DEPLOYER: Readonly<Record<Cloud, (account: string) => string>> = {
  gcp: () => "deployer@slipway-project.iam.gserviceaccount.com",
  aws: (account) => `arn:${awsAccount(account)}:user/slipway`,
  "azure-native": () => "00000000-0000-0000-0000-00000000de91",
};

/** Partition and number of the AWS account that the resources are in. */
function awsAccount(account: string): string {
  const [place] = accountResources(account, "aws").flatMap((resource) => resource.account ?? []);
  // The number that the documentation of AWS writes for an account.
  const { partition = "aws", accountId = "123456789012" } = place ?? {};
  return `${partition}:iam::${accountId}`;
}

/** Names somebody else as the caller, to try what that person may do. */
const CALLER_VARIABLE = "SLIPWAY_CLOUD_CALLER";

/** Who calls the cloud: whoever deploys, unless the environment names somebody else. */
export function callerOf(
  cloud: Cloud,
  account: string,
  environment: NodeJS.ProcessEnv = process.env,
): string {
  return environment[CALLER_VARIABLE] ?? DEPLOYER[cloud](account);
}

/** What credentials of an account are signed with; made when it is first needed. */
export function signingKey(account: string): string {
  const file = path.join(path.resolve(account), "signing-key");
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const made = `${file}.${process.pid}`;
  fs.writeFileSync(made, randomBytes(32).toString("hex"), { mode: 0o600 });
  try {
    // A link takes the name whole or finds it taken, by another process that was quicker.
    fs.linkSync(made, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    fs.rmSync(made);
  }
  return fs.readFileSync(file, "utf8");
}
