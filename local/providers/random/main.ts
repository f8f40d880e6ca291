import { DrawnValuesProvider } from "../drawn-values-provider.ts";
import { servePlugin } from "../plugin-server.ts";
import { packageVersion } from "../package-version.ts";
import { RANDOM_RESOURCES } from "./resources.ts";

const version = packageVersion("@pulumi/random");
servePlugin(() => new DrawnValuesProvider("random", version, RANDOM_RESOURCES));
