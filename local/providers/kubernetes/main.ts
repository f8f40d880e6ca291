import { packageVersion } from "../package-version.ts";
import { servePlugin } from "../plugin-server.ts";
import { KubernetesProvider } from "./kubernetes-provider.ts";

const version = packageVersion("@pulumi/kubernetes");
servePlugin((host) => new KubernetesProvider(version, host));
