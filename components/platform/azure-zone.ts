/** Where a zone of Azure DNS is, by its id. */
export interface AzureZone {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly zone: string;
}

const ZONE_ID =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Network\/dnsZones\/([^/]+)$/i;

/** Reads the id of a zone. Throws for what is no such id. */
export function azureZone(id: string): AzureZone {
  const [, subscription, resourceGroup, zone] = ZONE_ID.exec(id) ?? [];
  if (subscription === undefined || resourceGroup === undefined || zone === undefined) {
    throw new Error(`${JSON.stringify(id)} is not the id of a zone of Azure DNS.`);
  }
  return { subscription, resourceGroup, zone };
}
