import { createHmac, timingSafeEqual } from "node:crypto";
import type { Cloud } from "../cluster-hook-types.ts";

/** What a credential says. */
export interface TokenClaims {
  readonly cloud: Cloud;
  readonly principal: string;
  /** EKS: the one cluster that it is for, and its region. The other clouds' are for all of them. */
  readonly cluster?: string;
  readonly region?: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** How the credentials of each cloud begin, so that one is told from another at a glance. */
const PREFIX: Readonly<Record<Cloud, string>> = {
  gcp: "ya29.",
  aws: "k8s-aws-v1.",
  "azure-native": "entra.",
};

const seal = (text: string, key: string) =>
  createHmac("sha256", key).update(text).digest("base64url");

export function signToken(claims: TokenClaims, key: string): string {
  const text = Buffer.from(JSON.stringify(claims)).toString("base64url");
  return `${PREFIX[claims.cloud]}${text}.${seal(text, key)}`;
}

/** What a token says; undefined for one that is expired, of another key, or no token at all. */
export function verifyToken(token: string, key: string, now: number): TokenClaims | undefined {
  const prefix = Object.values(PREFIX).find((begin) => token.startsWith(begin));
  const [text, signature, ...rest] = token.slice(prefix?.length).split(".");
  if (prefix === undefined || text === undefined || signature === undefined || rest.length > 0) {
    return undefined;
  }
  const [given, expected] = [Buffer.from(signature), Buffer.from(seal(text, key))];
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const claims = JSON.parse(Buffer.from(text, "base64url").toString("utf8")) as TokenClaims;
  return PREFIX[claims.cloud] === prefix && now < claims.expires ? claims : undefined;
}
