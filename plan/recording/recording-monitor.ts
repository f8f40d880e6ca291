import { createRequire } from "node:module";
import type {
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
  ResourceInvokeRequest,
} from "@pulumi/pulumi/proto/resource_pb.js";
import type * as resourceProto from "@pulumi/pulumi/proto/resource_pb.js";
import { reveal } from "../secret.ts";
import {
  cloudAccount,
  cloudFunction,
  type KnownResource,
  type Properties,
} from "./cloud-outputs/index.ts";
import { toWire } from "./cloud-stand-in.ts";
import { readRequest } from "./read-request.ts";
import type { RecordedResource } from "./recorded-resource.ts";
import { standInResult } from "./stand-in-outputs.ts";
import { engineUrn, STACK_TYPE } from "./urn.ts";
import { decodeObject, wireSecret, type WireObject } from "./wire.ts";

const require = createRequire(import.meta.url);
// The generated messages are CommonJS whose names Node's ESM loader does not find by itself.
const { DeploymentInfo, ResourceMonitorFeature: Feature } =
  require("@pulumi/pulumi/proto/resource_pb.js") as typeof resourceProto;

type Callback = (error: Error | null, response?: unknown) => void;

/**
 * The engine's end of a program's registrations, without an engine: gives every resource the URN that
 * the engine would give it, answers with stand-in outputs and keeps the rest of the request.
 *
 * The SDK's own MockMonitor does not serve: its URNs hold the direct parent's type only, it forgets
 * all options, and a second resource with the same URN silently takes the first one's place.
 */
export class RecordingMonitor {
  readonly resources: RecordedResource[] = [];
  stackOutputs: Readonly<Record<string, unknown>> = {};
  readonly #byUrn = new Map<string, RecordedResource>();
  readonly #place: { readonly stack: string; readonly project: string };
  readonly #preview: boolean;

  constructor(place: { readonly stack: string; readonly project: string }, preview: boolean) {
    this.#place = place;
    this.#preview = preview;
  }

  registerResource(request: RegisterResourceRequest, callback: Callback): void {
    answer(callback, () => {
      const parentUrn = request.getParent();
      const parent = parentUrn === "" ? undefined : this.#known(parentUrn);
      const type = request.getType();
      const name = request.getName();
      const urn = engineUrn(this.#place, parent?.urn, type, name);
      const resource = readRequest(request, urn, parent);
      this.resources.push(resource);
      this.#byUrn.set(urn, resource);
      // An engine answers a component's registration with nothing: its outputs come later.
      if (!resource.custom) return response(urn, "", {});

      const inputs: WireObject = request.getObject()?.toJavaScript() ?? {};
      const result = standInResult(
        type,
        name,
        inputs,
        this.#preview,
        this.#settings(resource.providerUrn),
      );
      const outputs = { ...result.outputs };
      for (const key of resource.additionalSecretOutputs) {
        if (outputs[key] !== undefined) outputs[key] = wireSecret(outputs[key]);
      }
      resource.outputs = decodeObject(outputs);
      return response(urn, result.id, outputs);
    });
  }

  registerResourceOutputs(request: RegisterResourceOutputsRequest, callback: Callback): void {
    answer(callback, () => {
      const resource = this.#known(request.getUrn());
      const outputs = decodeObject(request.getOutputs()?.toJavaScript() ?? {});
      resource.outputs = outputs;
      if (resource.type === STACK_TYPE) this.stackOutputs = outputs;
      return {};
    });
  }

  invoke(request: ResourceInvokeRequest, callback: Callback): void {
    answer(callback, () => {
      const token = request.getTok();
      const provider = request.getProvider().split("::").slice(0, 4).join("::");
      const args = reveal(decodeObject(request.getArgs()?.toJavaScript() ?? {})) as Properties;
      const account = cloudAccount(this.#settings(provider));
      const result = cloudFunction(token, args, account, (type) => this.#plainResources(type));
      if (result !== undefined) return invokeResponse(toWire(result) as WireObject);
      throw new Error(
        `The program calls ${token}, and a plan has nobody to ask. ` +
          "Put what it would answer into the stack file.",
      );
    });
  }

  readResource(request: { getType(): string; getName(): string }, callback: Callback): void {
    answer(callback, () => {
      throw new Error(
        `The program reads ${request.getType()} ${request.getName()}, and a plan has no cluster to read ` +
          "from. Put what it would find into the stack file.",
      );
    });
  }

  getDeploymentInfo(_request: unknown, callback: Callback): void {
    answer(callback, () => {
      const info = new DeploymentInfo();
      info.setSupportedfeaturesList([
        Feature.RESOURCE_MONITOR_FEATURE_SECRETS,
        Feature.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
        Feature.RESOURCE_MONITOR_FEATURE_OUTPUT_VALUES,
        Feature.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
        Feature.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
        Feature.RESOURCE_MONITOR_FEATURE_REPLACE_WITH,
      ]);
      return info;
    });
  }

  /** What a provider was given; nothing for a default one. */
  #settings(providerUrn: string | undefined): Properties {
    const provider = this.#byUrn.get(providerUrn ?? "");
    return reveal(provider?.inputs ?? {}) as Properties;
  }

  #plainResources(type: string): KnownResource[] {
    return this.resources
      .filter((resource) => resource.type === type)
      .map(({ outputs }) => {
        const plain = reveal(outputs) as Properties;
        return { inputs: plain, outputs: plain };
      });
  }

  #known(urn: string): RecordedResource {
    const resource = this.#byUrn.get(urn);
    if (resource === undefined) throw new Error(`No resource ${urn} was registered.`);
    return resource;
  }
}

/** The members of RegisterResourceResponse that the SDK reads. */
function response(urn: string, id: string, outputs: WireObject) {
  return {
    getUrn: () => urn,
    getId: () => id,
    getObject: () => ({ toJavaScript: () => outputs }),
    getPropertydependenciesMap: () => undefined,
    getResult: () => 0,
    getUnknown: () => false,
  };
}

/** The members of InvokeResponse that the SDK reads. */
function invokeResponse(result: WireObject) {
  return {
    getReturn: () => ({ toJavaScript: () => result }),
    getFailuresList: () => [],
    getReturndependenciesMap: () => undefined,
  };
}

function answer(callback: Callback, work: () => unknown): void {
  let result: unknown;
  try {
    result = work();
  } catch (error) {
    // The SDK shows `details`, the field of a gRPC error, where it has one.
    const { message } = error as Error;
    callback(Object.assign(error as Error, { details: message }));
    return;
  }
  callback(null, result);
}
