import { clustersOf } from "../cluster-folder.ts";
import type { Cloud } from "../cluster-hook-types.ts";
import { callerOf, signingKey } from "../identity/account-identity.ts";
import { signToken } from "../identity/cloud-token.ts";

const MINUTE = 60_000;
/** How long a credential counts: EKS lets one count for 15 minutes and says 14, the others an hour. */
const MINUTES: Readonly<Record<Cloud, number>> = { gcp: 60, aws: 14, "azure-native": 60 };

export interface SignInRequest {
  readonly cloud: Cloud;
  /** The folder of the account; undefined where the environment names none. */
  readonly account: string | undefined;
  /** EKS: which cluster of which region. */
  readonly cluster?: string;
  readonly region?: string;
  /** @default what the caller asked for in KUBERNETES_EXEC_INFO, else v1beta1 */
  readonly apiVersion?: string;
  readonly now: number;
  readonly environment?: NodeJS.ProcessEnv;
}

const DEFAULT_VERSION = "client.authentication.k8s.io/v1beta1";

/** The version in which the caller wants its answer. */
function askedVersion(environment: NodeJS.ProcessEnv): string {
  try {
    const info = JSON.parse(environment["KUBERNETES_EXEC_INFO"] ?? "") as { apiVersion?: string };
    return info.apiVersion ?? DEFAULT_VERSION;
  } catch {
    return DEFAULT_VERSION;
  }
}

/** The ExecCredential for whoever calls. Throws, with what to do, when there is nothing to sign in to. */
export function execCredential(request: SignInRequest): object {
  const { cloud, account, cluster, region, now, environment = process.env } = request;
  if (account === undefined || account === "") {
    throw new Error(
      "SLIPWAY_CLOUD names no account folder. This program stands in for the cloud's own while a stack " +
        "runs on this machine; take its folder off PATH to use the real one.",
    );
  }
  const there = clustersOf(account).filter((one) => one.cloud === cloud);
  if (there.length === 0) throw new Error(`The stand-in account has no cluster of ${cloud}.`);
  if (cluster !== undefined) {
    const named = there.filter(({ name }) => name === cluster);
    const [found] = named.filter((one) => region === undefined || one.region === region);
    if (found === undefined) throw new Error(noSuchCluster(cluster, region, there));
  }
  const expires = now + MINUTES[cloud] * MINUTE;
  const claims = {
    cloud,
    principal: callerOf(cloud, account, environment),
    expires,
    ...(cluster === undefined ? {} : { cluster }),
    ...(region === undefined ? {} : { region }),
  };
  return {
    apiVersion: request.apiVersion ?? askedVersion(environment),
    kind: "ExecCredential",
    spec: {},
    status: {
      expirationTimestamp: new Date(expires).toISOString(),
      token: signToken(claims, signingKey(account)),
    },
  };
}

function noSuchCluster(
  cluster: string,
  region: string | undefined,
  there: readonly { readonly name: string; readonly region: string }[],
): string {
  const named = there.map((one) => `${one.name} (${one.region})`).join(", ");
  const where = region === undefined ? "" : ` in ${region}`;
  return `The stand-in account has no cluster "${cluster}"${where}. It has: ${named}.`;
}
