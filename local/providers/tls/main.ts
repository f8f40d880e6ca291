import { DrawnValuesProvider } from "../drawn-values-provider.ts";
import { servePlugin } from "../plugin-server.ts";
import { packageVersion } from "../package-version.ts";
import { TLS_RESOURCES } from "./resources.ts";

const version = packageVersion("@pulumi/tls");
servePlugin(() => new DrawnValuesProvider("tls", version, TLS_RESOURCES));
