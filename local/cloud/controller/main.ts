// The cloud's side of one cluster, started beside its control plane: FOLDER of the cluster, PORT to serve.
import { stateLayout } from "../../control-plane/state-layout.ts";
import { ApiClient } from "../../providers/kubernetes/api-client.ts";
import { textAt } from "../../providers/kubernetes/json-access.ts";
import { clusterAccess } from "../../providers/kubernetes/kubeconfig.ts";
import type { JsonObject } from "../../providers/property-values.ts";
import { accountOf, readCluster } from "../cluster-folder.ts";
import { serveAuthenticator } from "./authenticator.ts";
import { ServiceController } from "./services.ts";
import { VolumeController } from "./volumes.ts";
import { watch } from "./watch.ts";
import { WorkQueue } from "./work-queue.ts";

const [folder = "", port = ""] = process.argv.slice(2);
const account = accountOf(folder);

/** Read anew each time: an upgrade changes it. */
const cluster = () => {
  const read = readCluster(folder);
  if (read === undefined) throw new Error(`${folder} holds no cluster`);
  return read;
};

const access = clusterAccess(stateLayout(folder).kubeconfig, {});
const client = new ApiClient(access);

/** Follows a collection and works on each object as it is when its turn comes. */
function control(path: string, work: (object: JsonObject) => Promise<void>): void {
  const known = new Map<string, JsonObject>();
  const keyOf = (object: JsonObject) => textAt(object, "metadata", "uid") ?? "";
  const queue = new WorkQueue(async (key) => {
    const object = known.get(key);
    if (object !== undefined) await work(object);
  });
  const seen = (object: JsonObject) => {
    known.set(keyOf(object), object);
    queue.add(keyOf(object));
  };
  void watch(client, access, { path, seen, gone: (object) => known.delete(keyOf(object)) });
}

const services = new ServiceController(client, account, cluster);
const volumes = new VolumeController(client, account, cluster);
control(services.path, (service) => services.reconcile(service));
control(volumes.claims, (claim) => volumes.reconcileClaim(claim));
control(volumes.volumes, (volume) => volumes.reconcileVolume(volume));
serveAuthenticator(Number(port), account, cluster);
process.on("SIGTERM", () => process.exit(0));
