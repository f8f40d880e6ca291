import { referenceTo } from "../../local/providers/kubernetes/cluster.ts";
import type { Manifest } from "../../local/providers/kubernetes/manifest.ts";
import { StrictJudge } from "../../plan/charts/strict-judge.ts";

const APPLY = { fieldManager: "bare-apply", force: "true" };

/** The API server as a judge. */
export interface StrictApi extends Pick<StrictJudge, "createAll" | "untilServed" | "refusal"> {
  /** Applies objects server-side, so many requests at once, and waits for nothing else. */
  applyAll(objects: readonly Manifest[], atOnce: number): Promise<void>;
}

export function strictApi(kubeconfigFile: string): StrictApi {
  const judge = new StrictJudge(kubeconfigFile);
  const { cluster } = judge;
  return {
    createAll: (objects) => judge.createAll(objects),
    untilServed: (apiVersion, kind) => judge.untilServed(apiVersion, kind),
    refusal: (object) => judge.refusal(object),
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
  };
}
