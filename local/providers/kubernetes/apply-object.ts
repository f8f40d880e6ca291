import type { ApiResponse } from "./api-client.ts";
import { ApiError, hasReason } from "./api-error.ts";
import { referenceTo, type Cluster } from "./cluster.ts";
import { adoptedFields, isConflictWithAdopted } from "./managed-fields.ts";
import { annotationOf, describeObject, type Manifest } from "./manifest.ts";

const PATCH_FORCE = "pulumi.com/patchForce";
const MAX_ADOPTION_ATTEMPTS = 5;

export interface ApplyOptions {
  readonly manager: string;
  /** Takes fields from other managers instead of reporting a conflict. */
  readonly force: boolean;
  /** Managers whose fields become those of `manager`. @default ADOPTED_MANAGERS */
  readonly adopts?: ReadonlySet<string>;
}

/** Brings an existing object to what `object` says by server-side apply. */
export async function applyObject(
  object: Manifest,
  cluster: Cluster,
  options: ApplyOptions,
): Promise<ApiResponse> {
  await adoptCreatedFields(object, cluster, options);
  try {
    return await sendApply(object, cluster, options, {});
  } catch (error) {
    throw conflictExplained(error, object);
  }
}

/** What the API server would make of the change. */
export async function dryRunApply(
  object: Manifest,
  cluster: Cluster,
  options: ApplyOptions,
): Promise<Manifest> {
  const dryRun = { dryRun: "All" };
  try {
    return (await sendApply(object, cluster, options, dryRun)).body as Manifest;
  } catch (error) {
    // A preview must not hand fields over, so it meets conflicts that the update itself will not.
    const causes = error instanceof ApiError && error.reason === "Conflict" ? error.causes : [];
    if (causes.length > 0 && causes.every(({ message }) => isConflictWithAdopted(message))) {
      const forced = await sendApply(object, cluster, { ...options, force: true }, dryRun);
      return forced.body as Manifest;
    }
    throw conflictExplained(error, object);
  }
}

function sendApply(
  object: Manifest,
  cluster: Cluster,
  options: ApplyOptions,
  query: Readonly<Record<string, string>>,
): Promise<ApiResponse> {
  const force = options.force || annotationOf(object, PATCH_FORCE) === "true";
  return cluster.send("PATCH", referenceTo(object), {
    contentType: "application/apply-patch+yaml",
    query: { ...query, fieldManager: options.manager, force: String(force) },
    body: object,
  });
}

async function adoptCreatedFields(
  object: Manifest,
  cluster: Cluster,
  options: ApplyOptions,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const live = await cluster.get(referenceTo(object));
    const fields = adoptedFields(live, options.manager, options.adopts);
    if (fields === undefined) return;
    const { resourceVersion = null } = live.metadata;
    try {
      await cluster.send("PATCH", referenceTo(object), {
        contentType: "application/json-patch+json",
        body: [
          { op: "replace", path: "/metadata/managedFields", value: fields },
          // Refused when a controller has changed the object since it was read.
          { op: "replace", path: "/metadata/resourceVersion", value: resourceVersion },
        ],
      });
      return;
    } catch (error) {
      if (!hasReason(error, "Conflict") || attempt === MAX_ADOPTION_ATTEMPTS) throw error;
    }
  }
}

/** Names the fields and who holds them, and the ways out. */
function conflictExplained(error: unknown, object: Manifest): unknown {
  if (!(error instanceof ApiError) || error.reason !== "Conflict") return error;
  const fields = error.causes.map(({ field, message }) => `  ${field}: ${message}`);
  return new Error(
    [
      `${describeObject(object)} has fields that another manager changed (server-side apply conflict):`,
      ...(fields.length > 0 ? fields : [`  ${error.message}`]),
      `Leave these fields out of the program, put their present value into it, or set the annotation ` +
        `${PATCH_FORCE} to "true" to take them over.`,
    ].join("\n"),
    { cause: error },
  );
}
