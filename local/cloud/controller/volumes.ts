import { setTimeout as delay } from "node:timers/promises";
import type { ApiClient } from "../../providers/kubernetes/api-client.ts";
import { ApiError } from "../../providers/kubernetes/api-error.ts";
import { at, textAt } from "../../providers/kubernetes/json-access.ts";
import { sameValue } from "../../providers/kubernetes/same-quantity.ts";
import type { JsonObject } from "../../providers/property-values.ts";
import type { CloudCluster } from "../cluster-folder.ts";
import { accountResources } from "../identity/account-resources.ts";
import { forgetMade, readMade, recordMade } from "../left-behind.ts";
import { VOLUME_DRIVERS } from "../storage-objects.ts";
import { changeFinalizers, merge, pathOf, unlessGone } from "./object-patch.ts";
import {
  diskOf,
  driverFor,
  driversOf,
  FINALIZER,
  nextVolumeStep,
  volumeName,
  volumeOf,
} from "./volume.ts";

/** How long a disk takes to go; the clouds need some seconds. */
const REMOVAL_MILLISECONDS = 1000;

const CLAIMS = "/api/v1/persistentvolumeclaims";
const VOLUMES = "/api/v1/persistentvolumes";

/** Makes, enlarges and removes the disks of claims. */
export class VolumeController {
  readonly claims = CLAIMS;
  readonly volumes = VOLUMES;
  readonly #client: ApiClient;
  readonly #account: string;
  readonly #cluster: () => CloudCluster;

  constructor(client: ApiClient, account: string, cluster: () => CloudCluster) {
    this.#client = client;
    this.#account = account;
    this.#cluster = cluster;
  }

  #drivers() {
    return driversOf(this.#cluster(), accountResources(this.#account, this.#cluster().cloud));
  }

  async reconcileClaim(claim: JsonObject): Promise<void> {
    if (textAt(claim, "status", "phase") === "Bound") await this.#enlarge(claim);
    const driver = driverFor(claim, this.#drivers());
    if (driver === undefined) {
      const missing = driverFor(claim, VOLUME_DRIVERS[this.#cluster().cloud]);
      // Tried again: an add-on may still bring it.
      if (missing !== undefined) throw new Error(`${missing.name} is not installed`);
      return;
    }
    const name = textAt(claim, "spec", "storageClassName") ?? "";
    const storageClass = await this.#get(`/apis/storage.k8s.io/v1/storageclasses/${name}`);
    if (storageClass === undefined) return;
    const zone = await this.#zoneOf(claim);
    const args = { claim, storageClass, driver, cluster: this.#cluster(), zone };
    const disk = readMade(this.#account, "disk", volumeName(claim)) ?? diskOf(args);
    recordMade(this.#account, disk);
    try {
      await this.#client.send("POST", VOLUMES, { body: volumeOf(disk, args) });
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 409)) throw error;
    }
  }

  async reconcileVolume(volume: JsonObject): Promise<void> {
    const name = textAt(volume, "metadata", "name") ?? "";
    this.#noteReclaimPolicy(name, volume);
    const step = nextVolumeStep(volume, this.#drivers());
    if (step === "nothing") return;
    const path = pathOf(VOLUMES, volume);
    if (step === "remove") {
      await delay(REMOVAL_MILLISECONDS);
      forgetMade(this.#account, "disk", name);
      await unlessGone(this.#client.send("DELETE", path));
    }
    await changeFinalizers(this.#client, path, (all) => all.filter((one) => one !== FINALIZER));
  }

  /** Somebody may have a volume retained only just before its claim goes. */
  #noteReclaimPolicy(name: string, volume: JsonObject): void {
    const disk = readMade(this.#account, "disk", name);
    const policy = textAt(volume, "spec", "persistentVolumeReclaimPolicy");
    const reclaimPolicy = policy === "Retain" ? "Retain" : "Delete";
    if (disk === undefined || disk.reclaimPolicy === reclaimPolicy) return;
    recordMade(this.#account, { ...disk, reclaimPolicy });
  }

  async #enlarge(claim: JsonObject): Promise<void> {
    const storage = textAt(claim, "spec", "resources", "requests", "storage") ?? "0";
    const has = textAt(claim, "status", "capacity", "storage") ?? storage;
    // A claim never asks for less than it did.
    if (storage === has || sameValue(["requests"], storage, has)) return;
    const name = textAt(claim, "spec", "volumeName") ?? "";
    const disk = readMade(this.#account, "disk", name);
    if (disk === undefined) return;
    recordMade(this.#account, { ...disk, size: storage });
    await merge(this.#client, `${VOLUMES}/${name}`, { spec: { capacity: { storage } } });
    const status = { capacity: { storage } };
    await merge(this.#client, `${pathOf(CLAIMS, claim)}/status`, { status });
  }

  async #zoneOf(claim: JsonObject): Promise<string | undefined> {
    const node = textAt(claim, "metadata", "annotations", "volume.kubernetes.io/selected-node");
    if (node === undefined) return undefined;
    const labels = at(await this.#get(`/api/v1/nodes/${node}`), "metadata", "labels");
    return textAt(labels, "topology.kubernetes.io/zone");
  }

  async #get(path: string): Promise<JsonObject | undefined> {
    try {
      return (await this.#client.send("GET", path)).body as JsonObject;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    }
  }
}
