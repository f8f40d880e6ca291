import { z } from "zod";
import type { AksSettings } from "../../../components/clusters/settings.ts";
import { readJson } from "../answer.ts";
import { judged, type Check } from "../check.ts";
import { ok, problem, type Verdict } from "../finding.ts";
import type { AzureCommands } from "./azure-commands.ts";

const locationsSchema = z.array(
  z.object({ name: z.string(), zones: z.array(z.string()).nullable() }),
);
const providersSchema = z.array(z.object({ namespace: z.string(), state: z.string() }));

/** Whether the region is there and has the zones. */
export function judgeAzureZones(
  text: string,
  { region, zones }: Pick<AksSettings, "region" | "zones">,
): Verdict {
  const location = readJson(locationsSchema, text).find(({ name }) => name === region);
  if (location === undefined) {
    return problem(
      `the subscription has no region ${region}`,
      'az account list-locations --query "[].name" --output tsv',
    );
  }
  const known = location.zones ?? [];
  const unknown = zones.filter((zone) => !known.includes(zone));
  if (unknown.length === 0) return ok(`${region}: ${zones.join(", ")}`);
  const those = known.length === 0 ? "it has none" : `it has ${known.join(", ")}`;
  return problem(
    `${region} has no zone ${unknown.join(", ")} (${those})`,
    "Write a region that has them as slipway:cluster.region, or its zones as slipway:cluster.zones.",
  );
}

/** The resource providers that the program's resources belong to. */
export function neededProviders({ registry }: Pick<AksSettings, "registry">): string[] {
  return [
    "Microsoft.Compute",
    "Microsoft.ContainerService",
    "Microsoft.Insights",
    "Microsoft.KeyVault",
    "Microsoft.ManagedIdentity",
    "Microsoft.Network",
    "Microsoft.OperationalInsights",
    "Microsoft.Storage",
    ...(registry ? ["Microsoft.ContainerRegistry"] : []),
  ];
}

/** Whether these are registered in the subscription. */
export function judgeProviders(
  text: string,
  needed: readonly string[],
  subscription: string,
): Verdict {
  const registered = new Set(
    readJson(providersSchema, text)
      .filter(({ state }) => state === "Registered")
      .map(({ namespace }) => namespace.toLowerCase()),
  );
  const missing = needed.filter((name) => !registered.has(name.toLowerCase()));
  if (missing.length === 0) return ok(`all ${needed.length} that are needed are registered`);
  return problem(
    `not registered: ${missing.join(", ")}`,
    missing
      .map(
        (name) => `az provider register --namespace ${name} --subscription ${subscription} --wait`,
      )
      .join(" && "),
  );
}

/** Region, zones and resource providers. */
export function azurePlace(commands: AzureCommands, settings: AksSettings): Check[] {
  return [
    judged("Place", "zones", commands.locations, (text) => judgeAzureZones(text, settings)),
    judged("Place", "resource providers", commands.providers, (text) =>
      judgeProviders(text, neededProviders(settings), settings.subscription),
    ),
  ];
}
