import { z } from "zod";
import { readJson, unanswered } from "../answer.ts";
import { judged, type Asking, type Check } from "../check.ts";
import { notChecked, ok, problem, type Verdict } from "../finding.ts";
import type { GoogleCommands } from "./google-commands.ts";

const accountsSchema = z.array(z.object({ account: z.string() }));
const configSchema = z.object({
  auth: z.object({ impersonate_service_account: z.string().optional() }).optional(),
});

const SIGN_IN = "gcloud auth login";

/** Who gcloud, and through it the exec plugin, signs in as. */
export function judgeGoogleAccount(text: string): Verdict {
  const [active] = readJson(accountsSchema, text);
  return active === undefined ? problem("gcloud is not signed in", SIGN_IN) : ok(active.account);
}

/** The principal that calls are made as: the account, or the service account that it stands in for. */
export function googlePrincipal(accounts: string, config: string): string | undefined {
  const { auth } = readJson(configSchema, config);
  return auth?.impersonate_service_account ?? readJson(accountsSchema, accounts)[0]?.account;
}

/** Whether the principal is the `deployer` of the stack file, as Google's IAM names members. */
export function judgeGoogleDeployer(principal: string | undefined, deployer: string): Verdict {
  if (principal === undefined) return notChecked("gcloud is not signed in");
  const [, kind, email] = /^(user|serviceAccount):(.+)$/.exec(deployer) ?? [];
  if (kind === undefined || email === undefined) {
    return notChecked(`gcloud does not tell whether ${principal} belongs to ${deployer}`);
  }
  if (email.toLowerCase() === principal.toLowerCase()) return ok(deployer);
  const fix =
    kind === "user"
      ? `gcloud auth login ${email} && gcloud auth application-default login`
      : `gcloud config set auth/impersonate_service_account ${email} && ` +
        `gcloud auth application-default login --impersonate-service-account=${email}`;
  return problem(`you are ${principal}, and slipway:cluster.deployer is ${deployer}`, fix);
}

/** Who is signed in, for gcloud and for Pulumi, and whether it is the deployer. */
export function googleSignIn(commands: GoogleCommands, deployer: string): Check[] {
  const { accounts, config, applicationDefault } = commands;
  const isDeployer = async ({ ask, timeout }: Asking): Promise<Verdict> => {
    const [who, settings] = await Promise.all([ask(accounts), ask(config)]);
    if (who.is !== "answer") return unanswered(accounts, who, timeout);
    if (settings.is !== "answer") return unanswered(config, settings, timeout);
    return judgeGoogleDeployer(googlePrincipal(who.text, settings.text), deployer);
  };
  const noCredentials = problem(
    "Pulumi finds none that it can use",
    "gcloud auth application-default login",
  );
  return [
    judged("Sign-in", "account", accounts, judgeGoogleAccount),
    judged(
      "Sign-in",
      "application-default credentials",
      applicationDefault,
      () => ok("they give a token, which is what Pulumi needs"),
      ({ is }) => (is === "signed out" ? noCredentials : undefined),
    ),
    { section: "Sign-in", title: "deployer", run: isDeployer },
  ];
}
