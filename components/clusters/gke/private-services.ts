import { GlobalAddress } from "@pulumi/gcp/compute/globalAddress.js";
import { Connection } from "@pulumi/gcp/servicenetworking/connection.js";
import { parseRange } from "../address-ranges.ts";
import type { AddressPlan } from "./address-plan.ts";
import type { GkeNetwork } from "./network.ts";
import type { GkePlace } from "./place.ts";

/** The way from the network to the servers that Google runs in one of its own. */
export interface PrivateServices {
  /** Name of the range that servers get their addresses from. */
  readonly range: GlobalAddress;
  readonly connection: Connection;
}

/** Joins the network to that of Google's servers, on a range that the address plan keeps for them. */
export function privateServices(
  { name, args, names, child }: GkePlace,
  { network }: GkeNetwork,
  plan: AddressPlan,
): PrivateServices {
  const prefixLength = parseRange(plan.postgres)?.prefix;
  const [address = ""] = plan.postgres.split("/");
  const range = new GlobalAddress(
    `${name}-postgres-range`,
    {
      project: args.project,
      name: names.postgresRange,
      purpose: "VPC_PEERING",
      addressType: "INTERNAL",
      address,
      ...(prefixLength === undefined ? {} : { prefixLength }),
      network: network.id,
    },
    child(),
  );
  const connection = new Connection(
    `${name}-postgres-connection`,
    {
      network: network.id,
      service: "servicenetworking.googleapis.com",
      reservedPeeringRanges: [range.name],
      // Google holds it for days after the last server is gone; it goes with the network.
      deletionPolicy: "ABANDON",
    },
    child(),
  );
  return { range, connection };
}
