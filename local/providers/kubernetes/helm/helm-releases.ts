import {
  markSecretsLike,
  UNKNOWN,
  withoutSecrets,
  type PropertyMap,
} from "../../property-values.ts";
import {
  InitializationError,
  type CheckRequest,
  type CheckResult,
  type CreateRequest,
  type DeleteRequest,
  type DiffRequest,
  type DiffResult,
  type Live,
  type ReadRequest,
  type UpdateRequest,
} from "../../provider.ts";
import { differences } from "../../property-diff.ts";
import type { Cluster } from "../cluster.ts";
import { parseId } from "../manifest.ts";
import { ensureNamespace, installObjects, removeObjects } from "./install.ts";
import { parseManifest, releaseObjects, renderManifest, resourceNames } from "./release-objects.ts";
import { checkRelease, diffRelease, releaseSpec, type ReleaseSpec } from "./release-inputs.ts";
import { withStatus, type ReleaseRecord, type ReleaseStatus } from "./release-record.ts";
import { ReleaseStore } from "./release-store.ts";

/** Type token of a Helm release. */
export const RELEASE_TYPE = "kubernetes:helm.sh/v3:Release";

const IN_PROGRESS = "another operation (install/upgrade/rollback) is in progress";

/**
 * Installs, upgrades and uninstalls releases as far as the rest of a program can see: the record, the
 * custom resource definitions and the objects that others address. No chart is fetched or rendered.
 */
export class HelmReleases {
  private readonly cluster: Cluster;
  private readonly signal: AbortSignal;
  private readonly store: ReleaseStore;

  constructor(context: { readonly cluster: Cluster; readonly signal: AbortSignal }) {
    this.cluster = context.cluster;
    this.signal = context.signal;
    this.store = new ReleaseStore(context.cluster);
  }

  check(request: CheckRequest): Promise<CheckResult> {
    return Promise.resolve(checkRelease(request, this.cluster.defaultNamespace));
  }

  diff(request: DiffRequest): DiffResult {
    return diffRelease(request.oldInputs, request.newInputs);
  }

  async create(request: CreateRequest): Promise<Live> {
    const { inputs } = request;
    if (request.preview) return { id: "", state: previewState(inputs) };
    const release = releaseSpec(inputs);
    return this.withoutSecrets(inputs, async () => {
      const history = await this.store.history(release.namespace, release.name);
      if (history.length > 0) throw new Error("cannot re-use a name that is still in use");
      await ensureNamespace(release, this.cluster);
      const record = newRecord(release, 1, "pending-install", now());
      await this.store.add(record);
      return this.rollOut(release, record, undefined, inputs);
    });
  }

  async update(request: UpdateRequest): Promise<PropertyMap> {
    const { newInputs } = request;
    if (request.preview) return previewState(newInputs);
    const release = releaseSpec(newInputs);
    return this.withoutSecrets(newInputs, async () => {
      const history = await this.store.history(release.namespace, release.name);
      const [latest] = history;
      if (latest === undefined) throw new Error(`"${release.name}" has no deployed releases`);
      if (latest.info.status.startsWith("pending-")) throw new Error(IN_PROGRESS);
      const first = latest.info.first_deployed;
      const record = newRecord(release, latest.version + 1, "pending-upgrade", first);
      await this.store.add(record);
      const { state } = await this.rollOut(release, record, latest, newInputs);
      await this.store.prune([record, ...history], release.maxHistory);
      return state;
    });
  }

  /** The record alone, as with the real plugin: objects that were changed by hand are not seen. */
  async read(request: ReadRequest): Promise<(Live & { inputs: PropertyMap }) | undefined> {
    const { namespace = "default", name } = parseId(request.id);
    const [latest] = await this.store.history(namespace, name);
    if (latest === undefined) return undefined;
    const inputs = recordedInputs(latest, request.inputs);
    return { id: request.id, state: { ...inputs, ...outputsOf(latest) }, inputs };
  }

  async delete(request: DeleteRequest): Promise<void> {
    const { namespace = "default", name } = parseId(request.id);
    const history = await this.store.history(namespace, name);
    const [latest] = history;
    if (latest === undefined) {
      throw new Error(
        `uninstall: Release not loaded: ${name}: release: not found. ` +
          "If it is gone for good, `pulumi refresh` takes it out of the state.",
      );
    }
    await this.store.replace(withStatus(latest, "uninstalling", "Deletion in progress"));
    const objects = parseManifest(latest.manifest);
    await removeObjects(objects, latest, this.waiting(timeoutOf(request.state)));
    for (const record of history) await this.store.remove(record);
  }

  private async rollOut(
    release: ReleaseSpec,
    record: ReleaseRecord,
    previous: ReleaseRecord | undefined,
    inputs: PropertyMap,
  ): Promise<Live> {
    const waiting = this.waiting(release.timeoutSeconds);
    const before = previous === undefined ? [] : parseManifest(previous.manifest);
    try {
      const { manifest } = await installObjects(release, before, waiting);
      const done = previous === undefined ? "Install complete" : "Upgrade complete";
      const deployed = { ...withStatus(record, "deployed", done), manifest };
      await this.store.replace(deployed);
      if (previous?.info.status === "deployed") {
        await this.store.replace(withStatus(previous, "superseded", previous.info.description));
      }
      return liveRelease(deployed, inputs);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (release.atomic && previous === undefined) {
        await removeObjects(releaseObjects(release).templates, release, waiting);
        await this.store.remove(record);
        throw new Error(
          `release ${release.name} failed, and has been uninstalled due to atomic being set: ${message}`,
          { cause: error },
        );
      }
      const failed = withStatus(record, "failed", `Release "${release.name}" failed: ${message}`);
      await this.store.replace(failed);
      const text = withoutSecrets(`Helm release ${release.name} failed: ${message}`, inputs);
      throw new InitializationError(text, liveRelease(failed, inputs), [text]);
    }
  }

  private waiting(timeout: number) {
    return { cluster: this.cluster, signal: this.signal, timeout };
  }

  private async withoutSecrets<Result>(
    inputs: PropertyMap,
    action: () => Promise<Result>,
  ): Promise<Result> {
    try {
      return await action();
    } catch (error) {
      if (error instanceof InitializationError) throw error;
      const message = error instanceof Error ? error.message : String(error);
      throw new Error(withoutSecrets(message, inputs), { cause: error });
    }
  }
}

function now(): string {
  return new Date().toISOString();
}

function newRecord(
  release: ReleaseSpec,
  version: number,
  status: ReleaseStatus,
  firstDeployed: string,
): ReleaseRecord {
  const { name, namespace, chart, values } = release;
  const info = { first_deployed: firstDeployed, last_deployed: now(), deleted: "" } as const;
  return {
    name,
    namespace,
    version,
    info: { ...info, status, description: "Operation in progress" },
    chart: {
      metadata: { name: chart, version: release.version, apiVersion: "v2" },
      lock: null,
      templates: [],
      values: {},
      schema: null,
      files: null,
    },
    config: values,
    manifest: renderManifest(releaseObjects(release).templates),
  };
}

function timeoutOf(state: PropertyMap): number {
  return typeof state["timeout"] === "number" ? state["timeout"] : 0;
}

function previewState(inputs: PropertyMap): PropertyMap {
  return { ...inputs, resourceNames: UNKNOWN, status: UNKNOWN };
}

function liveRelease(record: ReleaseRecord, inputs: PropertyMap): Live {
  return { id: `${record.namespace}/${record.name}`, state: { ...inputs, ...outputsOf(record) } };
}

function outputsOf(record: ReleaseRecord): PropertyMap {
  const { metadata } = record.chart;
  return {
    resourceNames: resourceNames(parseManifest(record.manifest)),
    status: {
      name: record.name,
      namespace: record.namespace,
      revision: record.version,
      status: record.info.status,
      chart: metadata.name,
      version: metadata.version,
    },
  };
}

/** The inputs with what somebody changed by `helm upgrade`: version and values. */
function recordedInputs(record: ReleaseRecord, oldInputs: PropertyMap): PropertyMap {
  const before = oldInputs["values"] ?? {};
  const same = differences({ values: before }, { values: record.config }).length === 0;
  const given = oldInputs["values"] !== undefined || Object.keys(record.config).length > 0;
  const values = same ? before : markSecretsLike(record.config, before);
  return {
    ...oldInputs,
    name: record.name,
    namespace: record.namespace,
    chart: oldInputs["chart"] ?? record.chart.metadata.name,
    version: record.chart.metadata.version,
    ...(given ? { values } : {}),
  };
}
