import fs from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { BareProvider, plannedResources, registerFlat } from "../flat-program.ts";

// The engine's own floor: the same resources as the plan's, in a program that does nothing else.
const kubeconfig = fs.readFileSync(process.env["SLIPWAY_KUBECONFIG"] ?? "", "utf8");
const resourcesFile = path.join(import.meta.dirname, "../../../out/local/resources.json");
registerFlat(plannedResources(resourcesFile), {
  kubernetes: new BareProvider("kubernetes", {
    kubeconfig: pulumi.secret(kubeconfig),
    context: "slipway-local",
    clusterIdentifier: "floor",
    enableServerSideApply: true,
    enableConfigMapMutable: true,
    enableSecretMutable: true,
  }),
  random: new BareProvider("random", {}),
});
