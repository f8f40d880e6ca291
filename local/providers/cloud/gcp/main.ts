import { packageVersion } from "../../package-version.ts";
import { servePlugin } from "../../plugin-server.ts";
import { CloudProvider } from "../cloud-provider.ts";
import { loadClusterHook } from "../cluster-hook.ts";

servePlugin(
  () =>
    new CloudProvider({
      cloud: "gcp",
      version: packageVersion("@pulumi/gcp"),
      folder: process.env["SLIPWAY_CLOUD"],
      clusterHook: loadClusterHook,
    }),
);
