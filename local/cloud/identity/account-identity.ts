import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { Cloud } from "../cluster-hook-types.ts";

/** Who deploys, in the form in which each cloud names people: grants are compared with it. */
const DEPLOYER: Readonly<Record<Cloud, string>> = {
  gcp: "deployer@slipway-project.iam.gserviceaccount.com",
  // The number that the documentation of AWS writes for an account.
  aws: "arn:aws:iam::123456789012:role/deployer",
  "azure-native": "00000000-0000-4000-8000-00000000d001",
};

/** Names somebody else as the caller, to try what that person may do. */
const CALLER_VARIABLE = "SLIPWAY_CLOUD_CALLER";

/** Who calls the cloud: whoever deploys, unless the environment names somebody else. */
export function callerOf(cloud: Cloud, environment: NodeJS.ProcessEnv = process.env): string {
  return environment[CALLER_VARIABLE] ?? DEPLOYER[cloud];
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
