import * as kubernetes from "@pulumi/kubernetes";
import { Postgres } from "../../components/workloads/index.ts";
import { exampleClusters, stackFolder } from "../../config/stack-folder.ts";
import type { Manifest } from "../../local/providers/kubernetes/manifest.ts";
import { platformVariants, recordVariant } from "../../plan/charts/platform-variants.ts";
import { asObject } from "../../plan/model/json.ts";
import { readObject } from "../../plan/model/kubernetes-object.ts";
import type { Recording } from "../../plan/recording.ts";
import type { PlanEntry } from "./comparable-state.ts";
import { operatedArgs, S3_ARCHIVE } from "./operated-postgres.ts";
import { planOfChangedStack, type Change, type ShippedStack } from "./plan-of-changed-stack.ts";
import { planOfStack } from "./plan-of-stack.ts";
import { sealedStudio } from "./sealed-studio.ts";
import { recordOn } from "./recorded-program.ts";

const SHIPPED = ["local", "dev", "staging", "prod"];

/** Whether Kubernetes has the kind itself: Pulumi has a class for each of these, and for no other. */
function isBuiltIn({ apiVersion, kind }: Manifest): boolean {
  const [group = "", version = "v1"] = apiVersion.includes("/")
    ? apiVersion.split("/")
    : ["core", apiVersion];
  const ofGroup = asObject(asObject(kubernetes)[group.split(".")[0] ?? ""]);
  return asObject(ofGroup[version])[kind] !== undefined;
}

/** Shipped stacks in which a system is reached and given its secrets in the other ways that there are. */
const OTHERWISE: readonly (readonly [ShippedStack, readonly Change[]])[] = [
  [
    { stack: "prod" },
    [
      [["slipway:platform", "envoyGateway"], { enabled: true }],
      [["slipway:platform", "routes"], "both"],
      [["slipway:platform", "externalSecrets"], { enabled: true }],
      [["slipway:platform", "secretBackend"], "external"],
    ],
  ],
  [
    { stack: "local" },
    [
      [["slipway:platform", "sealedSecrets"], { enabled: true }],
      [["slipway:platform", "secretBackend"], "sealed"],
      ...Object.entries(sealedStudio("HS256")).map(([key, value]): Change => [
        ["slipway:systems", "kaizenStudio", key],
        value,
      ]),
    ],
  ],
];

/**
 * Every custom resource that any stack can have: those of the platform with all add-ons on each kind of
 * cluster, those of a database in the care of the operator, those of the stacks as they are shipped, and
 * those of systems behind a gateway and with secrets of another backend.
 */
export async function customResources(): Promise<Manifest[]> {
  const recordings: Recording[] = [];
  for (const variant of platformVariants().filter(({ name }) => name.endsWith("all add-ons"))) {
    recordings.push(await recordVariant(variant));
  }
  recordings.push(
    await recordOn(({ providers, earlier }) => {
      new Postgres("db", { ...operatedArgs(earlier), archive: S3_ARCHIVE }, { providers });
    }),
  );
  const recorded = recordings.flatMap(({ resources }) =>
    resources.flatMap((resource) => (readObject(resource)?.body ?? []) as Manifest | []),
  );
  return [...recorded, ...(await shippedObjects())].filter((object) => !isBuiltIn(object));
}

async function shippedObjects(): Promise<Manifest[]> {
  const stacks = [
    ...SHIPPED.map((stack) => ({ stack, folder: stackFolder(undefined) })),
    ...exampleClusters().map((cluster) => ({ stack: "prod", folder: stackFolder(cluster) })),
  ];
  const objects: Manifest[] = [];
  for (const { stack, folder } of stacks) {
    objects.push(...(await planOfStack(stack, folder)).flatMap(objectOf));
  }
  for (const [shipped, changes] of OTHERWISE) {
    objects.push(...(await planOfChangedStack(shipped, changes)).flatMap(objectOf));
  }
  return objects;
}

/** The object that a planned resource is, with a name where the provider makes one up. */
function objectOf({ urn, inputs }: PlanEntry): Manifest[] {
  if (!("apiVersion" in inputs && "kind" in inputs)) return [];
  const metadata = { name: urn.slice(urn.lastIndexOf("::") + 2), ...asObject(inputs["metadata"]) };
  return [{ ...inputs, metadata } as unknown as Manifest];
}
