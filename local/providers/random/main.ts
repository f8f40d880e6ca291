import { servePlugin } from "../plugin-server.ts";
import { packageVersion } from "../package-version.ts";
import { RandomProvider } from "./random-provider.ts";

const version = packageVersion("@pulumi/random");
servePlugin(() => new RandomProvider(version));
