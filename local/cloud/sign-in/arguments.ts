import { parseArgs } from "node:util";
import type { Cloud } from "../cluster-hook-types.ts";

/** The programs by which kubeconfigs sign in to the clouds. */
export const PROGRAMS = ["gke-gcloud-auth-plugin", "aws", "kubelogin"] as const;
export type Program = (typeof PROGRAMS)[number];

/** The application that stands for AKS in every tenant. */
const AKS_SERVER = "6dae42f8-4368-4678-94ff-3960e28e3630";

/** What a program is asked for. */
export interface Asked {
  readonly cloud: Cloud;
  readonly cluster?: string;
  readonly region?: string;
}

const withoutUndefined = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>;
  };

function awsAsked(args: readonly string[], environment: NodeJS.ProcessEnv): Asked {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      "cluster-name": { type: "string" },
      region: { type: "string" },
      output: { type: "string" },
      "role-arn": { type: "string" },
      profile: { type: "string" },
    },
  });
  if (positionals.join(" ") !== "eks get-token") {
    throw new Error(
      `"aws ${positionals.join(" ")}" is not stood in for; only "aws eks get-token" is.`,
    );
  }
  const cluster = values["cluster-name"];
  if (cluster === undefined) throw new Error("--cluster-name is required.");
  const { output = "json" } = values;
  if (output !== "json") throw new Error(`--output: got "${output}", expected json.`);
  const region = values.region ?? environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"];
  if (region === undefined) {
    throw new Error("You must specify a region: give --region, or set AWS_REGION.");
  }
  return { cloud: "aws", cluster, region };
}

function kubeloginAsked(args: readonly string[]): Asked {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      login: { type: "string", short: "l" },
      "server-id": { type: "string" },
      "client-id": { type: "string" },
      "tenant-id": { type: "string", short: "t" },
      environment: { type: "string", short: "e" },
    },
  });
  if (positionals.join(" ") !== "get-token") {
    throw new Error(`"kubelogin ${positionals.join(" ")}" is not stood in for; only get-token is.`);
  }
  const server = values["server-id"];
  if (server !== AKS_SERVER) {
    throw new Error(`--server-id: got "${server ?? ""}", expected ${AKS_SERVER}, which is AKS.`);
  }
  const login = values.login ?? "devicecode";
  if (!["azurecli", "workloadidentity", "spn", "msi"].includes(login)) {
    throw new Error(`--login: got "${login}", which needs a person at a browser. Use azurecli.`);
  }
  return { cloud: "azure-native" };
}

function gkeAsked(args: readonly string[]): Asked {
  parseArgs({
    args: [...args],
    options: { use_application_default_credentials: { type: "boolean" } },
  });
  return { cloud: "gcp" };
}

/** What a program is asked for by its arguments. Throws for what only the real one can do. */
export function askedOf(
  program: Program,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Asked {
  if (program === "aws") return withoutUndefined(awsAsked(args, environment));
  return program === "kubelogin" ? kubeloginAsked(args) : gkeAsked(args);
}
