import { setTimeout as delay } from "node:timers/promises";
import type { ApiClient } from "../../providers/kubernetes/api-client.ts";
import { textAt } from "../../providers/kubernetes/json-access.ts";
import type { JsonObject } from "../../providers/property-values.ts";
import type { CloudCluster } from "../cluster-folder.ts";
import { forgetMade, madeByControllers, readMade, recordMade } from "../left-behind.ts";
import {
  FINALIZER,
  ingressOf,
  loadBalancerName,
  loadBalancerOf,
  nextStep,
} from "./load-balancer.ts";
import { changeFinalizers, merge, pathOf } from "./object-patch.ts";

/** How long a load balancer takes. The clouds need one to three minutes; a test waits for this. */
export const DELAYS = {
  provideMilliseconds: 500,
  /** Long enough that whoever does not wait for it leaves it behind. */
  releaseMilliseconds: 2000,
} as const;

const COLLECTION = "/api/v1/services";

/** Makes and removes the load balancers of Services. */
export class ServiceController {
  readonly path = COLLECTION;
  readonly #client: ApiClient;
  readonly #account: string;
  readonly #cluster: () => CloudCluster;

  constructor(client: ApiClient, account: string, cluster: () => CloudCluster) {
    this.#client = client;
    this.#account = account;
    this.#cluster = cluster;
  }

  /** Takes a Service one step on; the change that this makes brings it back for the next. */
  async reconcile(service: JsonObject): Promise<void> {
    const step = nextStep(service);
    if (step === "hold") await this.#changeFinalizers(service, (all) => [...all, FINALIZER]);
    else if (step === "provide") await this.#provide(service);
    else if (step === "release") await this.#release(service);
  }

  async #provide(service: JsonObject): Promise<void> {
    const name = loadBalancerName(service);
    const made = readMade(this.#account, "load-balancer", name) ?? this.#record(service);
    await delay(DELAYS.provideMilliseconds);
    const status = { loadBalancer: { ingress: [ingressOf(made)] } };
    await merge(this.#client, `${pathOf(COLLECTION, service)}/status`, { status });
  }

  #record(service: JsonObject) {
    const others = madeByControllers(this.#account).filter((one) => one.kind === "load-balancer");
    const taken = new Set(others.map(({ address }) => address));
    const made = loadBalancerOf(service, this.#cluster(), taken);
    recordMade(this.#account, made);
    return made;
  }

  async #release(service: JsonObject): Promise<void> {
    const name = loadBalancerName(service);
    if (readMade(this.#account, "load-balancer", name) !== undefined) {
      await delay(DELAYS.releaseMilliseconds);
      forgetMade(this.#account, "load-balancer", name);
    }
    const stays = textAt(service, "metadata", "deletionTimestamp") === undefined;
    if (stays) {
      const status = { loadBalancer: { ingress: null } };
      await merge(this.#client, `${pathOf(COLLECTION, service)}/status`, { status });
    }
    await this.#changeFinalizers(service, (all) => all.filter((one) => one !== FINALIZER));
  }

  async #changeFinalizers(
    service: JsonObject,
    change: (finalizers: string[]) => string[],
  ): Promise<void> {
    await changeFinalizers(this.#client, pathOf(COLLECTION, service), change);
  }
}
