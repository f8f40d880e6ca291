import * as pulumi from "@pulumi/pulumi";
import type {
  ExternalBackend,
  SealedBackend,
  StoredSecretRequest,
} from "../../components/core/secret-backend.ts";

/** What kubeseal could have printed: an obvious fake of the length and look of a sealed text. */
export const sealedText = (of: string): string =>
  `AgFAKE${Buffer.from(of).toString("hex")}`.padEnd(720, "A");

/** A cloud's store for secrets of tests, and what was written to it. Call inside a recorded program only. */
export function externalBackend(ready: pulumi.Resource): ExternalBackend & {
  readonly written: Map<string, StoredSecretRequest>;
} {
  const written = new Map<string, StoredSecretRequest>();
  return {
    kind: "external",
    storeName: "test-store",
    ready: [ready],
    write: (name, request) => {
      written.set(name, request);
      return { key: `prefix-${name}`, ready: [ready] };
    },
    written,
  };
}

export const sealedBackend = (ready: pulumi.Resource): SealedBackend => ({
  kind: "sealed",
  ready: [ready],
});
