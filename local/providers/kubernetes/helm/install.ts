import { hasReason } from "../api-error.ts";
import { waitUntilGone, waitUntilReady, type WaitContext } from "../await/wait.ts";
import type { Readiness } from "../await/readiness.ts";
import { applyObject } from "../apply-object.ts";
import { referenceTo, type Cluster } from "../cluster.ts";
import { serveInstances } from "../serve-instances.ts";
import { listAt } from "../json-access.ts";
import { describeObject, type Manifest } from "../manifest.ts";
import type { ReleaseSpec } from "./release-inputs.ts";
import {
  belongsTo,
  isDefinition,
  isKept,
  releaseObjects,
  renderManifest,
} from "./release-objects.ts";
import { removeIfPresent } from "./release-store.ts";

const HELM = "helm";

/** A release goes into a namespace that exists, or is told to make it. */
export async function ensureNamespace(release: ReleaseSpec, cluster: Cluster): Promise<void> {
  const { namespace: name } = release;
  if ((await cluster.find({ apiVersion: "v1", kind: "Namespace", name })) !== undefined) return;
  if (!release.createNamespace) {
    throw new Error(
      `create: failed to create: namespaces "${name}" not found. ` +
        "Create the namespace before the release, or set createNamespace.",
    );
  }
  try {
    const metadata = { name, labels: { name } };
    await cluster.create({ apiVersion: "v1", kind: "Namespace", metadata }, { fieldManager: HELM });
  } catch (error) {
    if (!hasReason(error, "AlreadyExists")) throw error;
  }
}

/** Brings a release's objects to what its values ask for, and takes away what they no longer do. */
export async function installObjects(
  release: ReleaseSpec,
  before: readonly Manifest[],
  context: WaitContext,
): Promise<{ manifest: string }> {
  const { crdFolder, templates } = releaseObjects(release);
  const { cluster } = context;
  const isInstall = before.length === 0;
  const missing = isInstall ? await absent(crdFolder, cluster) : [];
  await Promise.all(
    missing.map((definition) => cluster.create(definition, { fieldManager: HELM })),
  );
  const placed = await Promise.all(templates.map((object) => cluster.placed(object)));
  const present = await Promise.all(placed.map((object) => cluster.find(referenceTo(object))));
  for (const object of present) if (object !== undefined) refuseForeign(object, release);
  const live = await allDone(
    placed.map((object, index) => install(object, present[index], cluster)),
  );
  const staying = new Set(placed.map(describeObject));
  await removeObjects(
    before.filter((object) => !staying.has(describeObject(object))),
    release,
    context,
  );
  if (!release.skipAwait) {
    const waited = [...missing, ...live];
    await allDone(waited.map((object) => waitUntilInstalled(object, context)));
  }
  return { manifest: renderManifest(placed) };
}

async function absent(objects: readonly Manifest[], cluster: Cluster): Promise<Manifest[]> {
  const found = await Promise.all(objects.map((object) => cluster.find(referenceTo(object))));
  return objects.filter((_object, index) => found[index] === undefined);
}

function refuseForeign(live: Manifest, release: ReleaseSpec): void {
  if (belongsTo(live, release)) return;
  throw new Error(
    `${describeObject(live)} exists and cannot be imported into the current release: ` +
      `it is not marked as belonging to release ${release.name} in namespace ${release.namespace}`,
  );
}

const OWN_MANAGER: ReadonlySet<string> = new Set([HELM]);

async function install(
  object: Manifest,
  present: Manifest | undefined,
  cluster: Cluster,
): Promise<Manifest> {
  if (present === undefined) {
    return (await cluster.create(object, { fieldManager: HELM })).body as Manifest;
  }
  const options = { manager: HELM, force: true, adopts: OWN_MANAGER };
  return (await applyObject(object, cluster, options)).body as Manifest;
}

/** All results, or the first error once nothing is under way any more that it would overtake. */
async function allDone<Result>(running: readonly Promise<Result>[]): Promise<Result[]> {
  await Promise.allSettled(running);
  return Promise.all(running);
}

async function waitUntilInstalled(object: Manifest, context: WaitContext): Promise<void> {
  const definition = isDefinition(object);
  await waitUntilReady(object, definition ? { ...context, readiness: established } : context);
}

/** A definition whose kind the API server serves by now. */
function established(definition: Manifest): Readiness {
  const conditions = listAt(definition, "status", "conditions");
  const ready = conditions.some(({ type, status }) => type === "Established" && status === "True");
  return { ready, reasons: ready ? [] : ["the definition is not established"] };
}

/** Deletes objects of a release and waits until they are gone; what is to be kept stays. */
export async function removeObjects(
  objects: readonly Manifest[],
  release: Pick<ReleaseSpec, "name" | "namespace">,
  context: WaitContext,
): Promise<void> {
  await Promise.all(
    objects
      .filter((object) => !isKept(object))
      .map(async (object) => {
        const live = await context.cluster.find(referenceTo(object));
        // What merely has the name of an object of the release is somebody else's.
        if (live === undefined || !belongsTo(live, release)) return;
        await serveInstances(live, context.cluster);
        await removeIfPresent(context.cluster, live);
        await waitUntilGone(live, context);
      }),
  );
}
