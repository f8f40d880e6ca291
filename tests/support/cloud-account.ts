import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { PatchStrategy } from "@kubernetes/client-node";
import { stringify } from "yaml";
import { clusterFolder } from "../../local/cloud/cluster-folder.ts";
import {
  clusterHook,
  stopCloud,
  type Cloud,
  type CloudNodePool,
  type ClusterAnswer,
} from "../../local/cloud/index.ts";
import { readRecord } from "../../local/control-plane/control-plane-record.ts";
import type { KubernetesObject } from "../../local/control-plane/cluster-objects.ts";
import { clusterApi, stateLayout } from "../../local/control-plane/index.ts";
import { REPOSITORY } from "../../local/repository.ts";
import { StandIn } from "./stand-in.ts";

export type Live = {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
} & Readonly<Record<string, unknown>>;

/** Asks until the answer is true, and fails after half a minute. */
export async function eventually(what: string, ask: () => Promise<boolean> | boolean) {
  const end = performance.now() + 30_000;
  while (!(await ask())) {
    assert.ok(performance.now() < end, `not within 30 s: ${what}`);
    await delay(100);
  }
}

/** A cluster of a stand-in account, as an administrator sees it who needs no cloud. */
export class TestCluster {
  readonly account: string;
  readonly cloud: Cloud;
  readonly id: string;
  readonly name = "prod";
  readonly region = "region-1";
  readonly zones: readonly string[];
  readonly inputs: Readonly<Record<string, unknown>>;

  constructor(account: string, cloud: Cloud, id: string, zones: string[], inputs: object = {}) {
    this.account = account;
    this.cloud = cloud;
    this.id = id;
    this.zones = zones;
    this.inputs = { ...inputs };
  }

  request(kubernetesVersion: string) {
    const { account, cloud, id, name, region, zones, inputs } = this;
    return { account, cloud, id, name, kubernetesVersion, region, zones, inputs };
  }

  create(kubernetesVersion = "1.34"): Promise<ClusterAnswer> {
    return clusterHook.clusterCreated(this.request(kubernetesVersion));
  }

  pool(name: string, nodes: number, more: Partial<CloudNodePool> = {}): Promise<void> {
    const size = { machineType: "m-4", cpu: "4", memory: "16Gi" };
    const pool = { name, nodes, zones: [], labels: {}, taints: [], ...size, ...more };
    return clusterHook.nodePoolChanged({ account: this.account, clusterId: this.id, pool });
  }

  get folder(): string {
    return clusterFolder(this.account, this.id);
  }

  get api() {
    return clusterApi(stateLayout(this.folder).kubeconfig);
  }

  get processes() {
    return readRecord(stateLayout(this.folder))?.processes ?? [];
  }

  async list(apiVersion: string, kind: string, namespace?: string): Promise<Live[]> {
    const { items } = await this.api.list(apiVersion, kind, namespace);
    // Plain objects, to compare.
    return JSON.parse(JSON.stringify(items)) as Live[];
  }

  async find(kind: string, name: string): Promise<Live | undefined> {
    const all = await this.list("v1", kind, "default");
    return all.find(({ metadata }) => metadata.name === name);
  }

  async createObject(object: object): Promise<Live> {
    const made: unknown = await this.api.create(object as KubernetesObject);
    return made as Live;
  }

  async remove(apiVersion: string, kind: string, name: string): Promise<void> {
    const object: KubernetesObject = { apiVersion, kind, metadata: { name, namespace: "default" } };
    await this.api.delete(object);
  }

  async patch(apiVersion: string, kind: string, name: string, change: object): Promise<void> {
    const metadata = { name, namespace: "default" };
    const object: KubernetesObject = { apiVersion, kind, metadata, ...change };
    const none = undefined;
    await this.api.patch(object, none, none, none, none, PatchStrategy.MergePatch);
  }

  /** A kubeconfig that signs in with a program of the stand-in cloud. */
  kubeconfig({ endpoint, certificateAuthority }: ClusterAnswer, command: string, args: string[]) {
    const exec = {
      apiVersion: "client.authentication.k8s.io/v1beta1",
      command: path.join(REPOSITORY, "local/cloud/bin", command),
      args,
      env: [{ name: "SLIPWAY_CLOUD", value: this.account }],
    };
    const cluster = { server: endpoint, "certificate-authority-data": certificateAuthority };
    return stringify({
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: "k", cluster }],
      users: [{ name: "u", user: { exec } }],
      contexts: [{ name: "c", context: { cluster: "k", user: "u" } }],
      "current-context": "c",
    });
  }
}

/** The kubernetes stand-in, signing in as a kubeconfig says. */
export async function standInFor(kubeconfig: string): Promise<StandIn> {
  const standIn = new StandIn();
  await standIn.provider.configure({ kubeconfig, clusterIdentifier: "test" });
  return standIn;
}

/** Writes down a resource as the plugin of its cloud would. Its file is named by `key`. */
export function putResource(
  account: string,
  cloud: Cloud,
  key: string,
  type: string,
  inputs: object,
): void {
  const folder = path.join(account, cloud);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, `${key}.json`), JSON.stringify({ type, id: key, inputs }));
}

/** An account that is empty before the suite, and gone with all its processes after it. */
export function testAccount(name: string): string {
  const account = path.join(REPOSITORY, ".e2e", name);
  const clear = async () => {
    await stopCloud(account);
    fs.rmSync(account, { recursive: true, force: true });
  };
  before(clear);
  after(clear);
  return account;
}
