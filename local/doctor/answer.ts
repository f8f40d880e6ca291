import { z } from "zod";
import { notChecked, type Verdict } from "./finding.ts";
import { commandText, type CommandLine, type Outcome } from "./command-runner.ts";

/** Why a program gave no answer. */
export type Refusal =
  "missing" | "hung" | "offline" | "signed out" | "not there" | "denied" | "api off" | "failed";

/** What a program answered, or why it did not; `error` is a line of what it said about that. */
export type Answer =
  | { readonly is: "answer"; readonly text: string }
  | { readonly is: Refusal; readonly error: string };

/** What the programs say of each, first match first: without a network gcloud advises to sign in again. */
const REFUSALS: readonly (readonly [Refusal, RegExp])[] = [
  [
    "offline",
    /Max retries exceeded|Could not connect to the endpoint URL|Connect(ion)? timeout|Connection (refused|reset|aborted|error)|Name or service not known|name resolution|nodename nor servname|no such host|Failed to (resolve|establish a new connection)|Unable to find the server|Network is unreachable|No route to host|i\/o timeout|ProxyError|proxyconnect/i,
  ],
  [
    "signed out",
    /do not currently have an active account|gcloud auth (login|application-default login)|Reauthentication|invalid_grant|default credentials were not found|Unable to locate credentials|ExpiredToken|InvalidClientTokenId|security token included in the request is|SSO (session|Token)|Token has expired|aws (sso )?login|az login|AADSTS\d+|PULUMI_ACCESS_TOKEN must be set|Invalid access token|\b401\b.*Unauthorized/i,
  ],
  [
    "api off",
    /SERVICE_DISABLED|API .*(not enabled|is disabled)|has not been used in project|MissingSubscriptionRegistration/i,
  ],
  [
    "denied",
    /PERMISSION_DENIED|does not have permission|Required '.*' permission|AccessDenied|not authorized|AuthorizationFailed|UnauthorizedOperation|Insufficient privileges/i,
  ],
  [
    "not there",
    /code=404|NOT_FOUND|ResourceNotFound|ResourceGroupNotFound|was not found|could not be found|No cluster found/i,
  ],
];

const LONGEST_LINE = 200;

/**
 * The line of an error that says most: the first that speaks of an error, else the first. What looks like
 * a token in it is not shown.
 */
export function errorLine(stderr: string): string {
  const lines = stderr
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const line = lines.find((text) => /error/i.test(text)) ?? lines[0] ?? "it said nothing";
  const safe = line
    .replace(/^(ERROR|error|Error): /, "")
    .replace(/\b(ya29\.|eyJ|pul-|k8s-aws-v1\.)[\w.-]+/g, "[hidden]")
    .replace(/[\w+=]{40,}/g, "[hidden]")
    .replace(/\.$/, "");
  return safe.length > LONGEST_LINE ? `${safe.slice(0, LONGEST_LINE)}...` : safe;
}

/** What an ended command amounts to. */
export function answerOf(outcome: Exclude<Outcome, { is: "interrupted" }>): Answer {
  if (outcome.is !== "ended") return { is: outcome.is, error: "" };
  const { exitCode, stdout, stderr } = outcome;
  if (exitCode === 0) return { is: "answer", text: stdout };
  const said = `${stderr}\n${stdout}`;
  const refusal = REFUSALS.find(([, pattern]) => pattern.test(said))?.[0] ?? "failed";
  return { is: refusal, error: errorLine(said) };
}

/** The verdict where a program did not answer and that is nobody's fault that this check is about. */
export function unanswered(
  line: CommandLine,
  { is, error }: Exclude<Answer, { is: "answer" }>,
  timeout: number,
): Verdict {
  const program = line.file;
  switch (is) {
    case "missing":
      return notChecked(`${program} is not on PATH`);
    case "hung":
      return notChecked(`${program} did not answer within ${timeout / 1000} s`);
    case "offline":
      return notChecked(`${program} cannot reach its cloud from here`);
    case "signed out":
      return notChecked(`${program} is not signed in`);
    case "denied":
      return notChecked(`you may not look (${error})`);
    case "api off":
      return notChecked(`an API is not enabled (${error})`);
    case "not there":
    case "failed":
      return notChecked(`${commandText(line)} failed (${error})`);
  }
}

/** An answer that is not of the form that was expected of a program. */
export class UnexpectedAnswer extends Error {
  override readonly name = "UnexpectedAnswer";
}

/** JSON of a known form. Throws UnexpectedAnswer, without what it was, for that may be a secret. */
export function readJson<T>(schema: z.ZodType<T>, text: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new UnexpectedAnswer("its answer has an unexpected form", { cause: error });
  }
}
