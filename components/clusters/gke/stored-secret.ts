import { Secret } from "@pulumi/gcp/secretmanager/secret.js";
import { SecretVersion } from "@pulumi/gcp/secretmanager/secretVersion.js";
import type { StoredSecret, StoredSecretRequest } from "../../core/secret-backend.ts";
import { encryptionKey, type GkeKey, type GkeKeys } from "./keys.ts";
import type { GkePlace } from "./place.ts";
import { serviceIdentity } from "./service-agents.ts";

/** The key of all stored secrets; made with the first of them. */
export function storedSecretsKey(place: GkePlace, keys: GkeKeys): GkeKey {
  const { name, args, child } = place;
  const agent = serviceIdentity(`${name}-secrets-agent`, "secretmanager", args.project, child());
  return encryptionKey(place, keys.ring, "secrets", agent.member);
}

/**
 * A value in Secret Manager, kept in the cluster's region alone. A new value is a version beside the old
 * one, which goes after it, so that whoever asks for the newest always finds one.
 */
export function storedSecret(
  { name, args, names, child }: GkePlace,
  { key, access }: GkeKey,
  secret: string,
  { value, retain }: StoredSecretRequest,
): StoredSecret {
  const logical = `${name}-secret-${secret}`;
  const secretId = `${names.secretPrefix}${secret}`;
  const made = new Secret(
    logical,
    {
      project: args.project,
      secretId,
      replication: {
        userManaged: {
          replicas: [
            {
              location: args.region,
              customerManagedEncryption: { kmsKeyName: key.id },
            },
          ],
        },
      },
      deletionProtection: retain,
    },
    child({ protect: retain, dependsOn: [access] }),
  );
  const version = new SecretVersion(
    `${logical}-value`,
    { secret: made.id, secretData: value },
    child(),
  );
  return { key: secretId, ready: [made, version] };
}
