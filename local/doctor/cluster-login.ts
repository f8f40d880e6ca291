import http from "node:http";
import https from "node:https";
import { z } from "zod";
import { readJson } from "./answer.ts";
import { Interrupted } from "./check.ts";
import { notChecked, ok, problem, type Verdict } from "./finding.ts";

/** An API server, and who asks it. */
export interface LoginAttempt {
  /** `https://` and the host, as a rule. */
  readonly server: string;
  /** PEM; absent where the certificate is one that everybody trusts. */
  readonly certificateAuthority?: string;
  readonly token?: string;
  /** PEM of a client certificate and its key. */
  readonly cert?: string;
  readonly key?: string;
}

/** What came of asking an API server for its version. */
export type Reply =
  | { readonly is: "reply"; readonly status: number; readonly version?: string }
  | { readonly is: "silent"; readonly why: string };

const credentialSchema = z.object({ status: z.object({ token: z.string().min(1) }) });

/** The token in what an exec plugin prints. It goes to the API server and nowhere else. */
export function readToken(text: string): string {
  return readJson(credentialSchema, text).status.token;
}

const versionSchema = z.object({ gitVersion: z.string() });

function versionIn(body: string): string | undefined {
  try {
    return readJson(versionSchema, body).gitVersion;
  } catch {
    return undefined;
  }
}

/** Asks an API server for its version. What it says of a failure holds no token: only a code. */
export function askVersion(
  attempt: LoginAttempt,
  timeout: number,
  signal: AbortSignal,
): Promise<Reply> {
  const { server, certificateAuthority, token, cert, key } = attempt;
  // What kubectl proxy offers is no TLS.
  const client = server.startsWith("http:") ? http : https;
  const agent = new client.Agent({ proxyEnv: process.env });
  return new Promise<Reply>((resolve, reject) => {
    const request = client.get(
      new URL("/version", server),
      {
        agent,
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
        ...(certificateAuthority === undefined ? {} : { ca: certificateAuthority }),
        ...(cert === undefined ? {} : { cert }),
        ...(key === undefined ? {} : { key }),
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      },
      (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (part: string) => {
          body += part;
        });
        response.on("error", fail);
        response.on("end", () => {
          const version = versionIn(body);
          resolve({
            is: "reply",
            status: response.statusCode ?? 0,
            ...(version === undefined ? {} : { version }),
          });
        });
      },
    );
    function fail(error: NodeJS.ErrnoException): void {
      if (signal.aborted) reject(new Interrupted("Interrupted."));
      else if (error.name === "AbortError" || error.name === "TimeoutError") {
        resolve({ is: "silent", why: `no answer within ${timeout / 1000} s` });
      } else resolve({ is: "silent", why: error.code ?? error.name });
    }
    request.on("error", fail);
  })
    .catch((error: unknown): Reply => {
      if (error instanceof Interrupted) throw error;
      // An address or a certificate that is none.
      return { is: "silent", why: (error as NodeJS.ErrnoException).code ?? "it cannot be asked" };
    })
    .finally(() => {
      agent.destroy();
    });
}

/** How a person gets in where the answer is no. */
export interface LoginRemedies {
  /** Where the API server does not answer; undefined where nobody is meant to reach it from here. */
  readonly silent: string | undefined;
  /** Where it does not know the caller, or allows nothing. */
  readonly refused: string;
}

/** Whether an API server lets the caller in. */
export function judgeLogin(reply: Reply, remedies: LoginRemedies): Verdict {
  if (reply.is === "silent") {
    if (remedies.silent === undefined) {
      return notChecked(
        `the API server is reached from inside its network alone (${reply.why}); run make doctor there too`,
      );
    }
    return problem(`the API server does not answer (${reply.why})`, remedies.silent);
  }
  const { status, version } = reply;
  if (status === 401) {
    return problem("the API server does not know you (401)", remedies.refused);
  }
  if (status === 403) {
    return problem("the API server knows you and allows you nothing (403)", remedies.refused);
  }
  if (status !== 200 || version === undefined) {
    return notChecked(`what answers is no API server that is ready (status ${status})`);
  }
  return ok(`the API server lets you in; it is ${version}`);
}
