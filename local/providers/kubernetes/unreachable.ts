import type { PropertyMap } from "../property-values.ts";
import type { Host, Live, ReadRequest } from "../provider.ts";
import type { ApiClient } from "./api-client.ts";

/** What to do with the resources of a cluster that cannot be reached. */
export interface UnreachableOptions {
  /** Drop them from the state, as if they were gone. */
  readonly deleteUnreachable: boolean;
  /** Leave them as the state has them. */
  readonly skipUpdateUnreachable: boolean;
}

const ENVIRONMENT = {
  deleteUnreachable: "PULUMI_K8S_DELETE_UNREACHABLE",
  skipUpdateUnreachable: "PULUMI_K8S_SKIP_UPDATE_UNREACHABLE",
} as const;

/** The options out of the provider's inputs, and where these say nothing, out of the environment. */
export function unreachableOptions(
  inputs: PropertyMap,
  environment: NodeJS.ProcessEnv = process.env,
): UnreachableOptions {
  const isOn = (key: keyof typeof ENVIRONMENT) => {
    const value = inputs[key] ?? environment[ENVIRONMENT[key]];
    return value === true || value === "true";
  };
  return {
    deleteUnreachable: isOn("deleteUnreachable"),
    skipUpdateUnreachable: isOn("skipUpdateUnreachable"),
  };
}

const REMEDY =
  "If the cluster was deleted, run the operation again with the environment variable " +
  `${ENVIRONMENT.deleteUnreachable} set to "true": it drops the resource from the state.`;

/**
 * Answers for a cluster that cannot be reached, in place of asking it. Judged once for the life of the
 * plugin, as by the real one: whatever keeps the list of API groups from being read counts, a sign-in
 * that is refused or whose program is missing too.
 */
export class Unreachable {
  private readonly client: ApiClient;
  private readonly options: UnreachableOptions;
  private readonly host: Host;
  private asked: Promise<string | undefined> | undefined;

  constructor(client: ApiClient, options: UnreachableOptions, host: Host) {
    this.client = client;
    this.options = options;
    this.host = host;
  }

  /** Why the cluster cannot be reached; undefined when it can. */
  private reason(): Promise<string | undefined> {
    this.asked ??= this.client.send("GET", "/apis").then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    return this.asked;
  }

  /** Whether the new inputs of a resource are to be passed over. */
  async skipsUpdate(urn: string): Promise<boolean> {
    if (!this.options.skipUpdateUnreachable) return false;
    const reason = await this.reason();
    if (reason === undefined) return false;
    this.host.warn(urn, `Not updated, for the cluster is unreachable: ${reason}`);
    return true;
  }

  /** What reading a resource gives: `ask` when the cluster has to be asked. */
  async read(
    request: ReadRequest,
  ): Promise<"ask" | "gone" | (Live & { readonly inputs: PropertyMap })> {
    const reason = await this.reason();
    if (reason === undefined) return "ask";
    this.host.warn(request.urn, `configured Kubernetes cluster is unreachable: ${reason}`);
    if (this.options.deleteUnreachable) return "gone";
    const { id, state, inputs } = request;
    if (this.options.skipUpdateUnreachable) return { id, state, inputs };
    throw new Error(`failed to read resource state due to unreachable cluster. ${REMEDY}`);
  }

  /** Whether a resource counts as deleted without asking the cluster. */
  async dropsDeleted(urn: string, isRelease: boolean): Promise<boolean> {
    const reason = await this.reason();
    if (reason === undefined) return false;
    if (isRelease) {
      // The real plugin drops a release only when it is read, so a refresh has to come first.
      throw new Error(
        `can't delete Helm Release with unreachable cluster. Reason: ${reason}. ` +
          `With ${ENVIRONMENT.deleteUnreachable}="true", pulumi refresh takes it out of the state.`,
      );
    }
    this.host.warn(urn, `configured Kubernetes cluster is unreachable: ${reason}`);
    if (this.options.deleteUnreachable) return true;
    throw new Error(`configured Kubernetes cluster is unreachable. ${REMEDY}`);
  }
}
