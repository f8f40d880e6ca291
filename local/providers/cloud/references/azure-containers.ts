import { cloudAnswer } from "../../../../plan/recording/cloud-outputs/index.ts";
import type { JsonObject } from "../../property-values.ts";
import { CloudError } from "../cloud-error.ts";
import { recordKey, type CloudRecord } from "../cloud-record.ts";

/** Folders of Azure's own making, which no program makes: each region has one with its watcher. */
const MADE_BY_AZURE = /\/resourcegroups\/networkwatcherrg(\/|$)|\/networkwatchers\/[^/]+$/i;

/** What goes along when it is deleted is nobody's to hold, but a zone with links stays. */
const HOLDING_CHILDREN = new Set(["azure-native:privatedns:VirtualNetworkLink"]);

const isAzure = (type: string) => type.startsWith("azure-native:");

/** The ids of what a resource lies in, nearest first: parents, the group, and what it hangs on. */
function outerIds(id: string): string[] {
  const [, scope = "", own = ""] = /^(.*)\/providers\/([^/]+(?:\/[^/]+\/[^/]+)+)$/i.exec(id) ?? [];
  if (scope === "") return [];
  const [namespace = "", ...steps] = own.split("/");
  const parents: string[] = [];
  for (let length = steps.length - 2; length > 0; length -= 2) {
    parents.push(`${scope}/providers/${namespace}/${steps.slice(0, length).join("/")}`);
  }
  return [...parents, scope];
}

/** Services that stand between an account and its containers, and are there by themselves. */
const IMPLICIT = /\/blobservices\/default$/i;

/**
 * The keys of the containers that a resource holds, which is rare: Azure deletes what lies in something
 * along with it. Throws where a container does not exist.
 */
export function containerOf(
  { type, id, account }: Pick<CloudRecord, "type" | "id" | "account"> & { inputs: JsonObject },
  others: readonly CloudRecord[],
): string[] {
  if (!isAzure(type)) return [];
  const ids = new Map(others.map((record) => [record.id.toLowerCase(), record]));
  const subscription = `/subscriptions/${account.subscriptionId}`.toLowerCase();
  const outer = outerIds(id).filter(
    (place) =>
      place.toLowerCase().startsWith(`${subscription}/`) &&
      !IMPLICIT.test(place) &&
      !MADE_BY_AZURE.test(place) &&
      !isInline(place, others) &&
      !isGroupOfNodes(place, others),
  );
  const missing = outer.find((place) => !ids.has(place.toLowerCase()));
  if (missing !== undefined) {
    throw new CloudError(
      "azure-native",
      "notFound",
      `there is no ${missing}, which ${id} lies in.`,
    );
  }
  const nearest = ids.get(outer[0]?.toLowerCase() ?? "");
  return nearest !== undefined && HOLDING_CHILDREN.has(type) ? [recordKey(nearest)] : [];
}

/** Whether a place is the group that AKS makes for the nodes of a cluster. */
function isGroupOfNodes(place: string, others: readonly CloudRecord[]): boolean {
  return others
    .filter(({ type }) => type === "azure-native:containerservice:ManagedCluster")
    .some((cluster) => {
      const group = cloudAnswer(cluster).outputs["nodeResourceGroup"];
      return place.toLowerCase().endsWith(`/resourcegroups/${String(group).toLowerCase()}`);
    });
}

/** Whether a place is a subnet that was made as a part of its network. */
function isInline(place: string, others: readonly CloudRecord[]): boolean {
  const [, network = "", name = ""] = /^(.*)\/subnets\/([^/]+)$/i.exec(place) ?? [];
  return others.some(
    ({ id, inputs }) =>
      id.toLowerCase() === network.toLowerCase() &&
      Array.isArray(inputs["subnets"]) &&
      inputs["subnets"].some((subnet) => (subnet as { name?: unknown } | null)?.name === name),
  );
}

/** What lies in something and is deleted along with it. */
export function contentsOf(record: CloudRecord, others: readonly CloudRecord[]): CloudRecord[] {
  // Taking back the settings of a service takes nothing away that is kept in it.
  if (!isAzure(record.type) || IMPLICIT.test(record.id)) return [];
  const start = `${record.id.toLowerCase()}/`;
  return others.filter(
    ({ id, type, needs }) =>
      id.toLowerCase().startsWith(start) &&
      !(HOLDING_CHILDREN.has(type) && needs.includes(recordKey(record))),
  );
}
