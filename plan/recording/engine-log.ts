import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb.js";

/** One line that the program logged. */
export interface Diagnostic {
  readonly severity: "debug" | "info" | "warning" | "error";
  readonly message: string;
  /** The resource that it is about. */
  readonly urn?: string;
}

/** In the order of the protocol's numbers. */
const SEVERITIES: readonly Diagnostic["severity"][] = ["debug", "info", "warning", "error"];

type Callback = (error: Error | null, response?: unknown) => void;

/** The engine's end of logging: keeps what a terminal would show. */
export class EngineLog {
  readonly diagnostics: Diagnostic[] = [];

  setRootResource(_request: unknown, callback: Callback): void {
    callback(null, {});
  }

  log(request: LogRequest, callback: Callback): void {
    const severity = SEVERITIES[request.getSeverity()] ?? "info";
    const urn = request.getUrn();
    if (severity !== "debug") {
      this.diagnostics.push({
        severity,
        message: request.getMessage(),
        ...(urn === "" ? {} : { urn }),
      });
    }
    callback(null, {});
  }
}
