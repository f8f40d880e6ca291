import http from "node:http";
import https from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import type { Json } from "../property-values.ts";
import { ApiError, SignInError, UnreachableError } from "./api-error.ts";
import type { Credential } from "./exec-credential.ts";
import type { ClusterAccess } from "./kubeconfig.ts";

const MAX_CONNECTIONS = 32;
const REQUEST_TIMEOUT_MILLISECONDS = 60_000;
const MAX_THROTTLED_RETRIES = 10;
// A kept-alive connection may be closed by the server just as a request is written to it.
const STALE_CONNECTION_CODES = new Set(["ECONNRESET", "EPIPE"]);

export type Method = "GET" | "POST" | "PATCH" | "DELETE" | "PUT";

export interface ApiRequest {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Json;
  readonly contentType?: string;
  /** The wanted form of the answer. @default "application/json" */
  readonly accept?: string;
}

export interface ApiResponse {
  readonly body: Json;
  /** Texts of the server's Warning headers. */
  readonly warnings: readonly string[];
}

/** Sends requests to one API server over kept-alive connections. */
export class ApiClient {
  private readonly access: ClusterAccess;
  private readonly agent: http.Agent;
  private readonly transport: typeof http | typeof https;

  constructor(access: ClusterAccess) {
    this.access = access;
    const secure = access.server.protocol === "https:";
    this.transport = secure ? https : http;
    const connections = { keepAlive: true, maxSockets: MAX_CONNECTIONS };
    this.agent = secure
      ? new https.Agent({
          ...connections,
          rejectUnauthorized: !access.insecure,
          ...(access.ca === undefined ? {} : { ca: access.ca }),
          ...(access.serverName === undefined ? {} : { servername: access.serverName }),
        })
      : new http.Agent(connections);
  }

  close(): void {
    this.agent.destroy();
  }

  /** Throws {@link ApiError} for a refusal and {@link UnreachableError} when nothing answers. */
  async send(method: Method, path: string, request: ApiRequest = {}): Promise<ApiResponse> {
    for (let attempt = 0; ; attempt++) {
      const credential = await this.credential();
      const { status, text, headers } = await this.exchange(method, path, request, credential);
      if (status === 401 && attempt === 0 && this.access.signIn?.refused(credential) === true) {
        continue;
      }
      if (status === 429 && attempt < MAX_THROTTLED_RETRIES) {
        await sleep(1000 * (Number(headers["retry-after"]) || 1));
        continue;
      }
      const body = parseBody(text);
      if (status >= 400) throw new ApiError(status, body);
      return { body, warnings: warningTexts(headers["warning"]) };
    }
  }

  private async credential(): Promise<Credential> {
    const { signIn } = this.access;
    if (signIn === undefined) return this.access;
    try {
      return await signIn.credential();
    } catch (error) {
      throw new SignInError(this.access.server.origin, (error as Error).message);
    }
  }

  private async exchange(
    method: Method,
    path: string,
    request: ApiRequest,
    credential: Credential,
    retried = false,
  ): Promise<Answer> {
    try {
      return await this.once(method, path, request, credential);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? "";
      if (!retried && method === "GET" && STALE_CONNECTION_CODES.has(code)) {
        return this.exchange(method, path, request, credential, true);
      }
      const message = error instanceof Error ? error.message : String(error);
      throw new UnreachableError(this.access.server.origin, message === "" ? code : message);
    }
  }

  private once(
    method: Method,
    path: string,
    request: ApiRequest,
    { token, clientCertificate, clientKey }: Credential,
  ): Promise<Answer> {
    const { server, basicAuth } = this.access;
    const query = new URLSearchParams(request.query).toString();
    const payload = request.body === undefined ? undefined : JSON.stringify(request.body);
    const authorization =
      token !== undefined
        ? `Bearer ${token}`
        : basicAuth !== undefined
          ? `Basic ${Buffer.from(basicAuth).toString("base64")}`
          : undefined;
    return new Promise((resolve, reject) => {
      const outgoing = this.transport.request(
        {
          agent: this.agent,
          method,
          hostname: server.hostname,
          port: server.port,
          path: `${server.pathname.replace(/\/$/, "")}${path}${query === "" ? "" : `?${query}`}`,
          timeout: REQUEST_TIMEOUT_MILLISECONDS,
          ...(clientCertificate === undefined ? {} : { cert: clientCertificate }),
          ...(clientKey === undefined ? {} : { key: clientKey }),
          headers: {
            accept: request.accept ?? "application/json",
            ...(authorization === undefined ? {} : { authorization }),
            ...(payload === undefined
              ? {}
              : {
                  "content-type": request.contentType ?? "application/json",
                  "content-length": Buffer.byteLength(payload),
                }),
          },
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
          incoming.on("error", reject);
          incoming.on("end", () => {
            resolve({
              status: incoming.statusCode ?? 0,
              text: Buffer.concat(chunks).toString("utf8"),
              headers: incoming.headers,
            });
          });
        },
      );
      outgoing.on("error", reject);
      outgoing.on("timeout", () => {
        outgoing.destroy(new Error(`no answer within ${REQUEST_TIMEOUT_MILLISECONDS / 1000} s`));
      });
      outgoing.end(payload);
    });
  }
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: http.IncomingHttpHeaders;
}

function parseBody(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // Proxies and the server's own early refusals answer in plain text.
    return { message: text.trim() };
  }
}

/** `299 - "text"`, several separated by commas. */
function warningTexts(header: string | string[] | undefined): string[] {
  const text = Array.isArray(header) ? header.join(", ") : (header ?? "");
  return [...text.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, quoted = ""]) =>
    quoted.replace(/\\(.)/g, "$1"),
  );
}
