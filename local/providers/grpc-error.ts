import grpc from "@grpc/grpc-js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import statuses from "@pulumi/pulumi/proto/status_pb.js";
import anys from "google-protobuf/google/protobuf/any_pb.js";
import { toStruct } from "./property-values.ts";
import { InitializationError } from "./provider.ts";

/** The form in which the engine takes an error; of an unfinished resource it also takes the state. */
export function grpcError(error: unknown): Partial<grpc.StatusObject> {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof InitializationError) {
    return { code: grpc.status.UNKNOWN, details: message, metadata: initFailedDetails(error) };
  }
  return { code: grpc.status.UNKNOWN, details: message };
}

function initFailedDetails(error: InitializationError): grpc.Metadata {
  const detail = new messages.ErrorResourceInitFailed();
  detail.setId(error.id);
  detail.setProperties(toStruct(error.state));
  detail.setReasonsList([...error.reasons]);
  if (error.inputs !== undefined) detail.setInputs(toStruct(error.inputs));
  const any = new anys.Any();
  any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new statuses.Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(error.message);
  status.addDetails(any);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return metadata;
}
