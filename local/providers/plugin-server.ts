import { fstatSync } from "node:fs";
import grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { engineHost } from "./engine-host.ts";
import { providerHandlers } from "./provider-handlers.ts";
import type { Host, Provider } from "./provider.ts";

const PARENT_CHECK_MILLISECONDS = 500;

/**
 * Serves a provider to the engine that started this process: on a free loopback port, which is the one
 * line on standard output. Ends with the engine, even one that was killed and could say nothing.
 */
export function servePlugin(createProvider: (host: Host) => Provider): void {
  const host = engineHost(process.argv[2]);
  const server = new grpc.Server({
    // State and inputs of one resource may exceed gRPC's 4 MB: a chart's values, a CRD.
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  server.addService(services.ResourceProviderService, providerHandlers(createProvider(host), host));
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error !== null) throw error;
    process.stdout.write(`${port}\n`);
  });
  endWithParent();
}

/** The engine holds the other end of standard input, and is the parent: either's end is the engine's. */
function endWithParent(): void {
  if (fstatSync(0).isFIFO()) process.stdin.on("end", () => process.exit(0)).resume();
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0);
  }, PARENT_CHECK_MILLISECONDS).unref();
}
