import type { Json } from "../property-values.ts";
import { listAt, textAt } from "./json-access.ts";

/** A refusal by the API server. The message is the server's own. */
export class ApiError extends Error {
  readonly status: number;
  /** The server's one-word reason, such as `AlreadyExists` or `Conflict`. */
  readonly reason: string;
  readonly body: Json;
  constructor(status: number, body: Json) {
    super(textAt(body, "message") ?? `the API server answered with status ${status}`);
    this.status = status;
    this.reason = textAt(body, "reason") ?? "";
    this.body = body;
  }

  /** The single causes of the refusal: for an apply conflict, one per field. */
  get causes(): readonly { readonly field: string; readonly message: string }[] {
    return listAt(this.body, "details", "causes").map((cause) => ({
      field: textAt(cause, "field") ?? "",
      message: textAt(cause, "message") ?? "",
    }));
  }
}

/** The API server serves no such kind: a custom resource before its definition, or a removed version. */
export class NoMatchError extends Error {
  constructor(apiVersion: string, kind: string) {
    super(
      `the API server knows no kind "${kind}" in version "${apiVersion}". ` +
        "If it is a custom resource, its CustomResourceDefinition has to be created before it.",
    );
  }
}

/** The API server could not be reached at all. */
export class UnreachableError extends Error {
  constructor(server: string, cause: string) {
    super(`the Kubernetes API server at ${server} cannot be reached: ${cause}`);
  }
}

/** Nobody could be signed in, so nothing was asked. The cause names the program and the remedy. */
export class SignInError extends UnreachableError {}

export function hasReason(error: unknown, reason: string): boolean {
  return error instanceof ApiError && error.reason === reason;
}

/** Something asked for is not there (yet): the object, its namespace, or its kind. */
export function isAbsent(error: unknown): boolean {
  return error instanceof NoMatchError || (error instanceof ApiError && error.status === 404);
}
