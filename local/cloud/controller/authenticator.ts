import http from "node:http";
import { textAt } from "../../providers/kubernetes/json-access.ts";
import type { JsonObject } from "../../providers/property-values.ts";
import type { CloudCluster } from "../cluster-folder.ts";
import { accountResources } from "../identity/account-resources.ts";
import { callerOf, signingKey } from "../identity/account-identity.ts";
import { verifyToken } from "../identity/cloud-token.ts";
import { personIn, type Person } from "../identity/rights.ts";

/** Whom a token stands for in a cluster; undefined where it does not let anybody in. */
export function authenticated(
  token: string,
  account: string,
  cluster: CloudCluster,
  now: number,
): Person | undefined {
  const claims = verifyToken(token, signingKey(account), now);
  if (claims?.cloud !== cluster.cloud) return undefined;
  if ((claims.cluster ?? cluster.name) !== cluster.name) return undefined;
  if ((claims.region ?? cluster.region) !== cluster.region) return undefined;
  const deployer = callerOf(cluster.cloud, account, {});
  return personIn(cluster, claims.principal, accountResources(account, cluster.cloud), deployer);
}

/** Answers the API server, which asks for every token that is none of its own. */
export function serveAuthenticator(
  port: number,
  account: string,
  cluster: () => CloudCluster,
): http.Server {
  const answer = (review: JsonObject): JsonObject => {
    const token = textAt(review, "spec", "token") ?? "";
    const person = authenticated(token, account, cluster(), Date.now());
    const status =
      person === undefined
        ? { authenticated: false }
        : {
            authenticated: true,
            user: { username: person.username, groups: [...person.groups] },
          };
    const { apiVersion = "", kind = "" } = review;
    return { apiVersion, kind, status };
  };
  const server = http.createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      if (incoming.method !== "POST") {
        outgoing.end("ok");
        return;
      }
      try {
        const review = JSON.parse(Buffer.concat(chunks).toString("utf8")) as JsonObject;
        outgoing.setHeader("content-type", "application/json");
        outgoing.end(JSON.stringify(answer(review)));
      } catch (error) {
        process.stderr.write(`authenticator: ${(error as Error).message}\n`);
        outgoing.writeHead(500).end();
      }
    });
  });
  return server.listen(port, "127.0.0.1");
}
