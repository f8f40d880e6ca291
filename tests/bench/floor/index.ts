import fs from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { BareProvider, plannedResources, registerFlat } from "../flat-program.ts";

// The engine's own floor: the same resources as the plan's, in a program that does nothing else.
const config = new pulumi.Config("floor");
const kubeconfig = fs.readFileSync(config.require("kubeconfigFile"), "utf8");
registerFlat(plannedResources(config.require("resourcesFile")), {
  kubernetes: new BareProvider("kubernetes", {
    kubeconfig: pulumi.secret(kubeconfig),
    context: config.require("context"),
    clusterIdentifier: "floor",
    enableServerSideApply: true,
    enableConfigMapMutable: true,
    enableSecretMutable: true,
  }),
  random: new BareProvider("random", {}),
});
