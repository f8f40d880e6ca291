import { z } from "zod";
import type { EksSettings } from "../../../components/clusters/settings.ts";
import { readJson } from "../answer.ts";
import { judged, type Check } from "../check.ts";
import { ok, problem, type Verdict } from "../finding.ts";
import type { AwsCommands } from "./aws-commands.ts";

const callerSchema = z.object({ Account: z.string(), Arn: z.string() });

/** Whether the credentials are for the account of the stack file; undefined where it names none yet. */
export function judgeAwsAccount(text: string, account: string | undefined): Verdict {
  const { Account, Arn } = readJson(callerSchema, text);
  if (account === undefined || Account === account) return ok(`${Arn} in account ${Account}`);
  return problem(
    `you are in account ${Account}, and slipway:cluster.account is ${account}`,
    `aws configure list-profiles   # then: export AWS_PROFILE=<a profile of account ${account}>`,
  );
}

/**
 * The user or role behind an ARN, as `account:role/name`. A session of a role has another service, adds
 * its own name and leaves the role's path out.
 */
export function awsPrincipal(arn: string): string {
  const [, account = "", kind = "", rest = ""] =
    /^arn:[\w-]+:(?:iam|sts)::(\d*):([\w-]+)\/?(.*)$/.exec(arn) ?? [];
  const parts = rest.split("/");
  if (kind === "assumed-role") return `${account}:role/${parts[0] ?? ""}`;
  return kind === "root" ? `${account}:root` : `${account}:${kind}/${parts.at(-1) ?? ""}`;
}

/** Whether the caller is the `deployer` of the stack file. */
export function judgeAwsDeployer(text: string, deployer: string): Verdict {
  const { Arn } = readJson(callerSchema, text);
  if (awsPrincipal(Arn) === awsPrincipal(deployer)) return ok(deployer);
  const says = `you are ${Arn}, and slipway:cluster.deployer is ${deployer}`;
  if (!awsPrincipal(deployer).includes(":role/")) {
    return problem(says, "aws configure list-profiles   # then: export AWS_PROFILE=<that user's>");
  }
  const set = (key: string, value: string) =>
    `aws configure set ${key} ${value} --profile slipway-deployer`;
  return problem(
    says,
    `${set("role_arn", deployer)} && ${set("source_profile", '"${AWS_PROFILE:-default}"')} && ` +
      "export AWS_PROFILE=slipway-deployer",
  );
}

/** Who is signed in, and whether in the account of the stack file, where that names one. */
export function awsAccountCheck(
  { caller }: AwsCommands,
  { account }: EksSettings,
  isPlaceholder: boolean,
): Check {
  const signedOut = problem(
    "the AWS CLI is not signed in, or its session has ended",
    "aws sso login   # or, the first time: aws configure sso",
  );
  return judged(
    "Sign-in",
    "account",
    caller,
    (text) => judgeAwsAccount(text, isPlaceholder ? undefined : account),
    ({ is }) => (is === "signed out" ? signedOut : undefined),
  );
}

/** Whether that is the deployer. */
export function awsDeployerCheck({ caller }: AwsCommands, { deployer }: EksSettings): Check {
  return judged("Sign-in", "deployer", caller, (text) => judgeAwsDeployer(text, deployer));
}
