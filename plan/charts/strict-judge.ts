import { LOCAL_CONTEXT, waitUntil } from "../../local/control-plane/index.ts";
import { ApiClient } from "../../local/providers/kubernetes/api-client.ts";
import { ApiError, NoMatchError } from "../../local/providers/kubernetes/api-error.ts";
import { Cluster } from "../../local/providers/kubernetes/cluster.ts";
import { clusterAccess } from "../../local/providers/kubernetes/kubeconfig.ts";
import { describeObject, type Manifest } from "../../local/providers/kubernetes/manifest.ts";

const ALREADY_EXISTS = 409;
const SERVE_SECONDS = 60;

/** An API server that is asked what it would say. */
export class StrictJudge {
  readonly cluster: Cluster;

  /** `namespace` is where objects belong that name none. */
  constructor(kubeconfigFile: string, namespace?: string) {
    const access = clusterAccess(kubeconfigFile, { context: LOCAL_CONTEXT });
    this.cluster = new Cluster(new ApiClient(access), namespace);
  }

  /** Creates objects for good; what exists stays. */
  async createAll(objects: readonly Manifest[]): Promise<void> {
    await Promise.all(objects.map((object) => this.#create(object, {})));
  }

  /** Waits until a custom resource definition is served. */
  async untilServed(apiVersion: string, kind: string): Promise<void> {
    const late = () => new Error(`${apiVersion} ${kind} is not served after ${SERVE_SECONDS} s`);
    await waitUntil(() => this.#isServed(apiVersion, kind), late, { seconds: SERVE_SECONDS });
  }

  /** Why the server would not create the object, unknown fields included; undefined when it would. */
  async refusal(object: Manifest): Promise<string | undefined> {
    return this.#create(object, { dryRun: "All", fieldValidation: "Strict" }).then(
      () => undefined,
      (error: unknown) => `${describeObject(object)}: ${(error as Error).message}`,
    );
  }

  close(): void {
    this.cluster.close();
  }

  async #isServed(apiVersion: string, kind: string): Promise<true | undefined> {
    try {
      await this.cluster.served(apiVersion, kind);
      return true;
    } catch (error) {
      if (error instanceof NoMatchError) return undefined;
      throw error;
    }
  }

  async #create(object: Manifest, query: Readonly<Record<string, string>>): Promise<void> {
    try {
      await this.cluster.create(await this.cluster.placed(object), query);
    } catch (error) {
      if (!(error instanceof ApiError && error.status === ALREADY_EXISTS)) throw error;
    }
  }
}
