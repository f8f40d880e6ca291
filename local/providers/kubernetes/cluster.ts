import { without, type Json, type JsonObject } from "../property-values.ts";
import type { ApiClient, ApiRequest, ApiResponse, Method } from "./api-client.ts";
import { ApiError, NoMatchError } from "./api-error.ts";
import { listAt, objectAt, textAt } from "./json-access.ts";
import { nameOf, namespaceOf, type Manifest } from "./manifest.ts";

/** How the API server serves a kind. */
export interface ServedKind {
  /** The last part of the URL, such as `deployments`. */
  readonly plural: string;
  readonly namespaced: boolean;
}

/** What identifies an object. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

const METADATA_ONLY = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

/** The objects of one cluster. Which kinds there are is asked once per group and version, and kept. */
export class Cluster {
  /** Namespace of objects that name none. */
  readonly defaultNamespace: string;
  private readonly client: ApiClient;
  private readonly kinds = new Map<string, Promise<ReadonlyMap<string, ServedKind>>>();

  constructor(client: ApiClient, defaultNamespace = "default") {
    this.client = client;
    this.defaultNamespace = defaultNamespace;
  }

  close(): void {
    this.client.close();
  }

  /** Throws NoMatchError when the server does not (yet) serve the kind. */
  async served(apiVersion: string, kind: string): Promise<ServedKind> {
    const known = (await this.kindsOf(apiVersion)).get(kind);
    if (known !== undefined) return known;
    // A definition may have arrived since the list was read.
    this.kinds.delete(apiVersion);
    const now = (await this.kindsOf(apiVersion)).get(kind);
    if (now === undefined) throw new NoMatchError(apiVersion, kind);
    return now;
  }

  private kindsOf(apiVersion: string): Promise<ReadonlyMap<string, ServedKind>> {
    const cached = this.kinds.get(apiVersion);
    if (cached !== undefined) return cached;
    const reading = this.readKinds(apiVersion);
    this.kinds.set(apiVersion, reading);
    reading.catch(() => this.kinds.delete(apiVersion));
    return reading;
  }

  private async readKinds(apiVersion: string): Promise<ReadonlyMap<string, ServedKind>> {
    let body: Json;
    try {
      ({ body } = await this.client.send("GET", groupPath(apiVersion)));
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return new Map();
      throw error;
    }
    return new Map(
      listAt(body, "resources")
        // Subresources such as deployments/scale are listed beside their owners.
        .filter((resource) => !(textAt(resource, "name") ?? "/").includes("/"))
        .map((resource) => [
          textAt(resource, "kind") ?? "",
          { plural: textAt(resource, "name") ?? "", namespaced: resource["namespaced"] === true },
        ]),
    );
  }

  /** The object with the namespace it will be in: none for a cluster-wide kind, else its own or the default. */
  async placed(object: Manifest): Promise<Manifest> {
    const { namespaced } = await this.served(object.apiVersion, object.kind);
    const metadata = without(object.metadata, "namespace");
    const namespace = namespaceOf(object) ?? this.defaultNamespace;
    return { ...object, metadata: namespaced ? { ...metadata, namespace } : metadata };
  }

  async get(reference: ObjectReference): Promise<Manifest> {
    const { body } = await this.send("GET", reference);
    return body as Manifest;
  }

  /** The object, or undefined when it is not there. */
  async find(reference: ObjectReference): Promise<Manifest | undefined> {
    try {
      return await this.get(reference);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** The metadata alone of an object, which for some kinds is a thousandth of it. */
  async findMetadata(reference: ObjectReference): Promise<JsonObject | undefined> {
    try {
      const { body } = await this.send("GET", reference, { accept: METADATA_ONLY });
      return objectAt(body, "metadata");
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    }
  }

  async list(
    apiVersion: string,
    kind: string,
    namespace?: string,
    labelSelector?: string,
  ): Promise<JsonObject[]> {
    const path = await this.collectionPath(apiVersion, kind, namespace);
    const query = labelSelector === undefined ? {} : { query: { labelSelector } };
    return listAt((await this.client.send("GET", path, query)).body, "items");
  }

  /** Creates with POST, so that an object which exists is refused by the server itself. */
  async create(
    object: Manifest,
    query: Readonly<Record<string, string>> = {},
  ): Promise<ApiResponse> {
    const path = await this.collectionPath(object.apiVersion, object.kind, namespaceOf(object));
    return this.client.send("POST", path, { query, body: object });
  }

  async send(
    method: Method,
    reference: ObjectReference,
    request: ApiRequest = {},
  ): Promise<ApiResponse> {
    const { apiVersion, kind, namespace, name } = reference;
    const collection = await this.collectionPath(apiVersion, kind, namespace);
    return this.client.send(method, `${collection}/${encodeURIComponent(name)}`, request);
  }

  private async collectionPath(
    apiVersion: string,
    kind: string,
    namespace?: string,
  ): Promise<string> {
    const { plural, namespaced } = await this.served(apiVersion, kind);
    const within = namespaced && namespace !== undefined ? `/namespaces/${namespace}` : "";
    return `${groupPath(apiVersion)}${within}/${plural}`;
  }
}

function groupPath(apiVersion: string): string {
  return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** How to address an object. */
export function referenceTo(object: Manifest): ObjectReference {
  const namespace = namespaceOf(object);
  const { apiVersion, kind } = object;
  return {
    apiVersion,
    kind,
    name: nameOf(object),
    ...(namespace === undefined ? {} : { namespace }),
  };
}
