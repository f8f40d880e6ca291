import grpc from "@grpc/grpc-js";
import type { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import type { Host } from "./provider.ts";

type Severity = "info" | "warning";

/** A host whose `connect` the handlers call when the engine attaches to a running plugin. */
export interface EngineHost extends Host {
  connect(address: string): void;
}

/** Passes messages on to the engine at an address; without one they go to standard error. */
export function engineHost(initialAddress: string | undefined): EngineHost {
  let address = initialAddress;
  let client: Promise<EngineClient> | undefined;

  // Loaded with the first message only, to keep the start of the plugin short.
  async function connected(target: string): Promise<EngineClient> {
    const { default: engine } = await import("@pulumi/pulumi/proto/engine_grpc_pb.js");
    return new engine.EngineClient(target, grpc.credentials.createInsecure());
  }

  async function log(urn: string, message: string, severity: Severity, ephemeral: boolean) {
    if (address === undefined || address === "") {
      if (!ephemeral) process.stderr.write(`${severity}: ${urn}: ${message}\n`);
      return;
    }
    const { default: messages } = await import("@pulumi/pulumi/proto/engine_pb.js");
    client ??= connected(address);
    const request = new messages.LogRequest();
    request.setUrn(urn);
    request.setMessage(message);
    request.setSeverity(
      severity === "warning" ? messages.LogSeverity.WARNING : messages.LogSeverity.INFO,
    );
    request.setEphemeral(ephemeral);
    // A message that does not arrive must not fail the operation that it is about.
    (await client).log(request, () => undefined);
  }

  return {
    connect(newAddress) {
      address = newAddress;
      client = undefined;
    },
    warn: (urn, message) => void log(urn, message, "warning", false),
    status: (urn, message) => void log(urn, message, "info", true),
  };
}
