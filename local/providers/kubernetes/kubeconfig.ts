import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parse } from "yaml";
import type { Json, JsonObject } from "../property-values.ts";
import { SignIn, signInCommand } from "./exec-credential.ts";
import { at, isObject, listAt, objectAt, textAt } from "./json-access.ts";
import { trustedAuthority } from "./trusted-authority.ts";

/** How to reach one cluster, out of a kubeconfig. */
export interface ClusterAccess {
  readonly server: URL;
  readonly ca?: string;
  readonly insecure: boolean;
  readonly serverName?: string;
  readonly token?: string;
  readonly clientCertificate?: string;
  readonly clientKey?: string;
  readonly basicAuth?: string;
  /** Gives the credentials in place of the fields above. */
  readonly signIn?: SignIn;
  /** Namespace of the context, for objects that name none. */
  readonly namespace?: string;
}

export interface KubeconfigChoice {
  readonly context?: string;
  readonly cluster?: string;
}

/** The content of a kubeconfig given as content or as the path of a file, and where it lies. */
function readKubeconfig(contentOrPath: string): { content: JsonObject; folder: string } {
  const isPath = !contentOrPath.includes("\n") && existsSync(contentOrPath);
  const text = isPath ? readFileSync(contentOrPath, "utf8") : contentOrPath;
  const content = parse(text) as Json;
  if (!isObject(content)) {
    throw new Error("kubeconfig: expected the content of a kubeconfig or the path of one.");
  }
  return { content, folder: isPath ? dirname(resolve(contentOrPath)) : process.cwd() };
}

function named(config: JsonObject, list: string, name: string): JsonObject {
  const entry = listAt(config, list).find((item) => item["name"] === name);
  if (entry === undefined) throw new Error(`kubeconfig: ${list} has no entry named "${name}".`);
  return entry;
}

function choose(
  config: JsonObject,
  choice: KubeconfigChoice,
): { cluster: JsonObject; context: JsonObject } {
  const contextName = choice.context ?? textAt(config, "current-context") ?? "";
  if (contextName === "") {
    throw new Error("kubeconfig: no context is set and there is no current-context.");
  }
  const context = objectAt(named(config, "contexts", contextName), "context");
  const clusterName = choice.cluster ?? textAt(context, "cluster") ?? "";
  return { cluster: objectAt(named(config, "clusters", clusterName), "cluster"), context };
}

/** The cluster entry that a kubeconfig and a choice stand for; what decides on replacement. */
export function activeCluster(contentOrPath: string, choice: KubeconfigChoice): JsonObject {
  return choose(readKubeconfig(contentOrPath).content, choice).cluster;
}

/** Everything needed to send requests. Throws, naming the entry, where the kubeconfig lacks something. */
export function clusterAccess(contentOrPath: string, choice: KubeconfigChoice): ClusterAccess {
  const { content, folder } = readKubeconfig(contentOrPath);
  const { cluster, context } = choose(content, choice);
  const server = textAt(cluster, "server");
  if (server === undefined) throw new Error("kubeconfig: the cluster has no server.");
  const user = objectAt(named(content, "users", textAt(context, "user") ?? ""), "user");
  if (user["auth-provider"] !== undefined) {
    throw new Error(
      'kubeconfig: the user signs in with "auth-provider", which Kubernetes gave up. Use "exec".',
    );
  }
  const material = (holder: JsonObject, key: string) => {
    const data = textAt(holder, `${key}-data`);
    if (data !== undefined) return Buffer.from(data, "base64").toString("utf8");
    const file = textAt(holder, key);
    return file === undefined ? undefined : readFileSync(resolve(folder, file), "utf8");
  };
  const tokenFile = textAt(user, "tokenFile");
  const token =
    textAt(user, "token") ??
    (tokenFile === undefined ? undefined : readFileSync(resolve(folder, tokenFile), "utf8").trim());
  const exec = at(user, "exec");
  const [username, password] = [textAt(user, "username"), textAt(user, "password")];
  return withoutUndefined({
    server: new URL(server),
    insecure: at(cluster, "insecure-skip-tls-verify") === true,
    ca: material(cluster, "certificate-authority") ?? trustedAuthority(server),
    serverName: textAt(cluster, "tls-server-name"),
    token,
    clientCertificate: material(user, "client-certificate"),
    clientKey: material(user, "client-key"),
    basicAuth: username === undefined ? undefined : `${username}:${password ?? ""}`,
    namespace: textAt(context, "namespace"),
    // As for client-go, credentials that are written down win over a program.
    signIn:
      isObject(exec) && token === undefined && user["client-certificate-data"] === undefined
        ? new SignIn(signInCommand(exec, cluster, folder))
        : undefined,
  });
}

function withoutUndefined(access: {
  [Key in keyof ClusterAccess]: ClusterAccess[Key] | undefined;
}): ClusterAccess {
  const entries = Object.entries(access).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as unknown as ClusterAccess;
}
