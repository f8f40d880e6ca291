import grpc from "@grpc/grpc-js";
import plugins from "@pulumi/pulumi/proto/plugin_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import type {
  CheckResponse as CheckResponseMessage,
  DiffResponse as DiffResponseMessage,
} from "@pulumi/pulumi/proto/provider_pb.js";
import empties from "google-protobuf/google/protobuf/empty_pb.js";
import type { EngineHost } from "./engine-host.ts";
import { grpcError } from "./grpc-error.ts";
import { fromStruct, toStruct } from "./property-values.ts";
import type { CheckRequest, CheckResult, DiffRequest, DiffResult, Provider } from "./provider.ts";

type Handlers = grpc.UntypedServiceImplementation;

/** Answers one request, or fails it with the thrown error in the engine's form. */
function unary<Request, Response>(
  answer: (request: Request) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    void (async () => {
      try {
        callback(null, await answer(call.request));
      } catch (error) {
        callback(grpcError(error));
      }
    })();
  };
}

/** The ResourceProvider service of the engine's protocol, in terms of a {@link Provider}. */
export function providerHandlers(provider: Provider, host: Pick<EngineHost, "connect">): Handlers {
  return { ...lifecycleHandlers(provider, host), ...resourceHandlers(provider) };
}

function lifecycleHandlers(provider: Provider, host: Pick<EngineHost, "connect">): Handlers {
  return {
    handshake: unary(() => {
      const response = new messages.ProviderHandshakeResponse();
      response.setAcceptSecrets(true);
      response.setSupportsAutonamingConfiguration(true);
      return response;
    }),
    attach: unary((request: InstanceType<typeof plugins.PluginAttach>) => {
      host.connect(request.getAddress());
      return new empties.Empty();
    }),
    getPluginInfo: unary(() => {
      const response = new plugins.PluginInfo();
      response.setVersion(provider.version);
      return response;
    }),
    getSchema: unary(() => {
      const response = new messages.GetSchemaResponse();
      response.setSchema("{}");
      return response;
    }),
    checkConfig: unary(async (request: InstanceType<typeof messages.CheckRequest>) =>
      checkResponse(await provider.checkConfig(checkRequest(request))),
    ),
    diffConfig: unary(async (request: InstanceType<typeof messages.DiffRequest>) =>
      diffResponse(await provider.diffConfig(diffRequest(request))),
    ),
    configure: unary(async (request: InstanceType<typeof messages.ConfigureRequest>) => {
      await provider.configure(fromStruct(request.getArgs()));
      const response = new messages.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      response.setSupportsAutonamingConfiguration(true);
      return response;
    }),
    invoke: unary(async (request: InstanceType<typeof messages.InvokeRequest>) => {
      const response = new messages.InvokeResponse();
      const result = await provider.invoke(request.getTok(), fromStruct(request.getArgs()));
      response.setReturn(toStruct(result));
      return response;
    }),
    cancel: unary(() => {
      provider.cancel();
      return new empties.Empty();
    }),
  };
}

function resourceHandlers(provider: Provider): Handlers {
  return {
    check: unary(async (request: InstanceType<typeof messages.CheckRequest>) =>
      checkResponse(await provider.check(checkRequest(request))),
    ),
    diff: unary(async (request: InstanceType<typeof messages.DiffRequest>) =>
      diffResponse(await provider.diff(diffRequest(request))),
    ),
    create: unary(async (request: InstanceType<typeof messages.CreateRequest>) => {
      const live = await provider.create({
        ...identity(request.getUrn()),
        inputs: fromStruct(request.getProperties()),
        preview: request.getPreview(),
        timeout: request.getTimeout(),
      });
      const response = new messages.CreateResponse();
      response.setId(live.id);
      response.setProperties(toStruct(live.state));
      return response;
    }),
    read: unary(async (request: InstanceType<typeof messages.ReadRequest>) => {
      const live = await provider.read({
        ...identity(request.getUrn()),
        id: request.getId(),
        state: fromStruct(request.getProperties()),
        inputs: fromStruct(request.getInputs()),
      });
      const response = new messages.ReadResponse();
      if (live === undefined) return response;
      response.setId(live.id);
      response.setProperties(toStruct(live.state));
      response.setInputs(toStruct(live.inputs));
      return response;
    }),
    update: unary(async (request: InstanceType<typeof messages.UpdateRequest>) => {
      const state = await provider.update({
        ...identity(request.getUrn()),
        id: request.getId(),
        oldState: fromStruct(request.getOlds()),
        oldInputs: fromStruct(request.getOldInputs()),
        newInputs: fromStruct(request.getNews()),
        preview: request.getPreview(),
        timeout: request.getTimeout(),
      });
      const response = new messages.UpdateResponse();
      response.setProperties(toStruct(state));
      return response;
    }),
    delete: unary(async (request: InstanceType<typeof messages.DeleteRequest>) => {
      await provider.delete({
        ...identity(request.getUrn()),
        id: request.getId(),
        state: fromStruct(request.getProperties()),
        inputs: fromStruct(request.getOldInputs()),
        timeout: request.getTimeout(),
      });
      return new empties.Empty();
    }),
  };
}

/** Type and name are parts of a URN: `urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME`. */
export function identity(urn: string): { urn: string; type: string; name: string } {
  const [, , types = "", ...name] = urn.split("::");
  return { urn, type: types.slice(types.lastIndexOf("$") + 1), name: name.join("::") };
}

const AUTONAMING_MODES = ["propose", "enforce", "disable"] as const;

function checkRequest(request: InstanceType<typeof messages.CheckRequest>): CheckRequest {
  const autonaming = request.getAutonaming();
  return {
    ...identity(request.getUrn()),
    oldInputs: fromStruct(request.getOlds()),
    newInputs: fromStruct(request.getNews()),
    randomSeed: request.getRandomseed_asU8(),
    ...(autonaming === undefined
      ? {}
      : {
          autonaming: {
            mode: AUTONAMING_MODES[autonaming.getMode()],
            proposedName: autonaming.getProposedName(),
          },
        }),
  };
}

function checkResponse(result: CheckResult): CheckResponseMessage {
  const response = new messages.CheckResponse();
  response.setInputs(toStruct(result.inputs));
  response.setFailuresList(
    result.failures.map(({ property, reason }) => {
      const failure = new messages.CheckFailure();
      failure.setProperty(property);
      failure.setReason(reason);
      return failure;
    }),
  );
  return response;
}

function diffRequest(request: InstanceType<typeof messages.DiffRequest>): DiffRequest {
  return {
    ...identity(request.getUrn()),
    id: request.getId(),
    oldInputs: fromStruct(request.getOldInputs() ?? request.getOlds()),
    newInputs: fromStruct(request.getNews()),
    ignoreChanges: request.getIgnorechangesList(),
  };
}

function diffResponse(result: DiffResult): DiffResponseMessage {
  const response = new messages.DiffResponse();
  const { DiffChanges } = messages.DiffResponse;
  response.setDeletebeforereplace(result.deleteBeforeReplace);
  if (result.changed === undefined) {
    response.setChanges(DiffChanges.DIFF_UNKNOWN);
    return response;
  }
  response.setChanges(result.changed.size > 0 ? DiffChanges.DIFF_SOME : DiffChanges.DIFF_NONE);
  response.setHasdetaileddiff(true);
  const { Kind } = messages.PropertyDiff;
  const kinds = {
    add: [Kind.ADD, Kind.ADD_REPLACE],
    delete: [Kind.DELETE, Kind.DELETE_REPLACE],
    update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
  } as const;
  for (const [path, { kind, replace }] of result.changed) {
    const message = new messages.PropertyDiff();
    message.setKind(kinds[kind][replace ? 1 : 0]);
    message.setInputdiff(true);
    response.getDetaileddiffMap().set(path, message);
    response.addDiffs(path);
    if (replace) response.addReplaces(path);
  }
  return response;
}
