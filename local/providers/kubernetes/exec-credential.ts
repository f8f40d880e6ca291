import { execFile, type ExecFileException } from "node:child_process";
import { resolve } from "node:path";
import type { Json, JsonObject } from "../property-values.ts";
import { at, isObject, listAt, objectAt, textAt } from "./json-access.ts";

const VERSIONS = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"];
/** The extension of a cluster entry that is handed on to the program. */
const CLUSTER_EXTENSION = "client.authentication.k8s.io/exec";
/** Long enough for a person at a browser; a program that waits for nobody is ended. */
const PATIENCE_MILLISECONDS = 120_000;
const MAX_OUTPUT_BYTES = 1024 * 1024;

/** What a request is signed with. */
export interface Credential {
  readonly token?: string;
  readonly clientCertificate?: string;
  readonly clientKey?: string;
}

/** A program that signs in, as `user.exec` of a kubeconfig describes it. */
export interface SignInCommand {
  readonly apiVersion: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly installHint?: string;
  /** What the program is told of the cluster; absent unless the kubeconfig asks for it. */
  readonly cluster?: JsonObject;
}

/** Reads `user.exec`. Throws where the program could not be run as it says. */
export function signInCommand(
  exec: JsonObject,
  cluster: JsonObject,
  folder: string,
): SignInCommand {
  const apiVersion = textAt(exec, "apiVersion") ?? "";
  if (!VERSIONS.includes(apiVersion)) {
    throw new Error(
      `kubeconfig: exec.apiVersion: got "${apiVersion}", expected one of ${VERSIONS.join(", ")}.`,
    );
  }
  const command = textAt(exec, "command") ?? "";
  if (command === "") throw new Error("kubeconfig: exec.command: expected the name of a program.");
  if (textAt(exec, "interactiveMode") === "Always") {
    throw new Error(
      `kubeconfig: exec.interactiveMode: "${command}" asks for a terminal, and there is none here. ` +
        "Use IfAvailable or Never, and sign in beforehand.",
    );
  }
  const args = at(exec, "args");
  const env = listAt(exec, "env").map((entry) => [textAt(entry, "name"), textAt(entry, "value")]);
  const installHint = textAt(exec, "installHint");
  return {
    apiVersion,
    // As for client-go: a path counts from the kubeconfig's folder, a bare name is looked for on PATH.
    command: command.includes("/") ? resolve(folder, command) : command,
    args: Array.isArray(args) ? args.map(String) : [],
    env: Object.fromEntries(env) as Record<string, string>,
    ...(installHint === undefined ? {} : { installHint }),
    ...(at(exec, "provideClusterInfo") === true ? { cluster: clusterInfo(cluster) } : {}),
  };
}

function clusterInfo(cluster: JsonObject): JsonObject {
  const told = ["server", "tls-server-name", "insecure-skip-tls-verify", "proxy-url"];
  const authority = textAt(cluster, "certificate-authority-data");
  const extension = listAt(cluster, "extensions").find(({ name }) => name === CLUSTER_EXTENSION);
  return {
    ...Object.fromEntries(Object.entries(cluster).filter(([key]) => told.includes(key))),
    ...(authority === undefined ? {} : { "certificate-authority-data": authority }),
    ...(extension === undefined ? {} : { config: objectAt(extension, "extension") }),
  };
}

interface Held {
  readonly credential: Credential;
  /** Milliseconds since 1970; forever when the program names no end. */
  readonly expires: number;
}

/** Credentials from a program, which is run again only when those that it gave have run out. */
export class SignIn {
  private readonly command: SignInCommand;
  private held: Held | undefined;
  private running: Promise<Credential> | undefined;

  constructor(command: SignInCommand) {
    this.command = command;
  }

  /** Throws, naming the program, what it said and what to do, when it gives none. */
  credential(): Promise<Credential> {
    if (this.held !== undefined && Date.now() < this.held.expires) {
      return Promise.resolve(this.held.credential);
    }
    // However many requests wait, the program runs once.
    this.running ??= this.renew().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  /** Lets go of a credential that the server did not accept. False when it is not held any more. */
  refused(credential: Credential): boolean {
    if (this.held?.credential !== credential) return false;
    this.held = undefined;
    return true;
  }

  private async renew(): Promise<Credential> {
    this.held = readExecCredential(await run(this.command), this.command);
    return this.held.credential;
  }
}

function run(call: SignInCommand): Promise<string> {
  const { apiVersion, command, args, cluster } = call;
  const spec = { interactive: false, ...(cluster === undefined ? {} : { cluster }) };
  const info = JSON.stringify({ apiVersion, kind: "ExecCredential", spec });
  const options = {
    env: { ...process.env, ...call.env, KUBERNETES_EXEC_INFO: info },
    timeout: PATIENCE_MILLISECONDS,
    maxBuffer: MAX_OUTPUT_BYTES,
  };
  return new Promise((done, failed) => {
    const child = execFile(command, [...args], options, (error, stdout, stderr) => {
      if (error === null) done(stdout);
      else failed(new Error(explained(call, error, stderr)));
    });
    child.stdin?.end();
  });
}

function explained(
  { command, installHint }: SignInCommand,
  error: ExecFileException,
  stderr: string,
): string {
  if (error.code === "ENOENT") {
    const remedy = installHint?.trim() ?? "Install it, or put the folder that holds it on PATH.";
    return `the kubeconfig signs in with "${command}", which is not on PATH. ${remedy}`;
  }
  // The message of Node's error repeats the arguments, which may hold what nobody should read.
  const end =
    error.killed === true
      ? `no answer within ${PATIENCE_MILLISECONDS / 1000} s`
      : typeof error.code === "number"
        ? `exit code ${String(error.code)}`
        : (error.code ?? "it was ended");
  const said = stderr.trim();
  return `the kubeconfig signs in with "${command}", which failed (${end})${said === "" ? "." : `: ${said}`}`;
}

/** What a program printed. Never shown in a message, for it holds the credential. */
export function readExecCredential(
  output: string,
  { command, apiVersion }: Pick<SignInCommand, "command" | "apiVersion">,
): Held {
  const refuse = (what: string) =>
    new Error(`the kubeconfig signs in with "${command}", which ${what}.`);
  let answer: Json;
  try {
    answer = JSON.parse(output) as Json;
  } catch {
    throw refuse("printed no ExecCredential");
  }
  if (!isObject(answer) || answer["kind"] !== "ExecCredential") {
    throw refuse("printed no ExecCredential");
  }
  const version = textAt(answer, "apiVersion") ?? "";
  if (version !== apiVersion) {
    throw refuse(
      `answered in version "${version}", expected "${apiVersion}" as in exec.apiVersion`,
    );
  }
  const token = textAt(answer, "status", "token");
  const clientCertificate = textAt(answer, "status", "clientCertificateData");
  const clientKey = textAt(answer, "status", "clientKeyData");
  if (token === undefined && (clientCertificate === undefined || clientKey === undefined)) {
    throw refuse("gave neither a token nor a client certificate with its key");
  }
  const end = Date.parse(textAt(answer, "status", "expirationTimestamp") ?? "");
  return {
    credential: {
      ...(token === undefined ? {} : { token }),
      ...(clientCertificate === undefined ? {} : { clientCertificate }),
      ...(clientKey === undefined ? {} : { clientKey }),
    },
    expires: Number.isNaN(end) ? Infinity : end,
  };
}
