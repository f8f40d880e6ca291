import assert from "node:assert/strict";
import { LOCAL_CONTEXT } from "../../local/control-plane/index.ts";
import { ApiClient } from "../../local/providers/kubernetes/api-client.ts";
import { ApiError, NoMatchError } from "../../local/providers/kubernetes/api-error.ts";
import { Cluster, referenceTo } from "../../local/providers/kubernetes/cluster.ts";
import { clusterAccess } from "../../local/providers/kubernetes/kubeconfig.ts";
import { describeObject, type Manifest } from "../../local/providers/kubernetes/manifest.ts";

const ALREADY_EXISTS = 409;
const APPLY = { fieldManager: "bare-apply", force: "true" };

/** The API server as a judge. */
export interface StrictApi {
  /** Creates objects for good; what exists stays. */
  createAll(objects: readonly Manifest[]): Promise<void>;
  /** Applies objects server-side, so many requests at once, and waits for nothing else. */
  applyAll(objects: readonly Manifest[], atOnce: number): Promise<void>;
  /** Waits until a custom resource definition is served. */
  untilServed(apiVersion: string, kind: string): Promise<void>;
  /** Why the server would not create the object, unknown fields included; undefined when it would. */
  refusal(object: Manifest): Promise<string | undefined>;
}

export function strictApi(kubeconfigFile: string): StrictApi {
  const access = clusterAccess(kubeconfigFile, { context: LOCAL_CONTEXT });
  const cluster = new Cluster(new ApiClient(access));
  const create = async (object: Manifest, query: Record<string, string>): Promise<void> => {
    await cluster.create(object, query).catch((error: unknown) => {
      if (!(error instanceof ApiError && error.status === ALREADY_EXISTS)) throw error;
    });
  };
  return {
    createAll: async (objects) => {
      await Promise.all(objects.map((object) => create(object, {})));
    },
    applyAll: async (objects, atOnce) => {
      const queue = [...objects];
      const apply = async () => {
        for (let object = queue.shift(); object !== undefined; object = queue.shift()) {
          const request = {
            query: APPLY,
            body: object,
            contentType: "application/apply-patch+yaml",
          };
          await cluster.send("PATCH", referenceTo(await cluster.placed(object)), request);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, apply));
    },
    untilServed: async (apiVersion, kind) => {
      for (let tries = 0; tries < 100; tries++) {
        const served = await cluster.served(apiVersion, kind).catch((error: unknown) => {
          if (error instanceof NoMatchError) return undefined;
          throw error;
        });
        if (served !== undefined) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      assert.fail(`${apiVersion} ${kind} is not served after 10 s`);
    },
    refusal: async (object) => {
      return create(object, { dryRun: "All", fieldValidation: "Strict" }).then(
        () => undefined,
        (error: unknown) => `${describeObject(object)}: ${(error as Error).message}`,
      );
    },
  };
}
