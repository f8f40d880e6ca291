import { Secret } from "@pulumi/aws/secretsmanager/secret.js";
import { SecretVersion } from "@pulumi/aws/secretsmanager/secretVersion.js";
import type { StoredSecret, StoredSecretRequest } from "../../core/secret-backend.ts";
import type { EksKeys } from "./keys.ts";
import type { EksPlace } from "./place.ts";

/** Days in which the deletion of what was to be kept can be called off, the most that AWS offers. */
const RECOVERY_DAYS = 30;

/**
 * A value in Secrets Manager. What need not be kept is deleted at once: while AWS could bring it back, its
 * name would be taken, and the next stack of the name refused.
 */
export function storedSecret(
  { name, names, child }: EksPlace,
  keys: EksKeys,
  secret: string,
  { value, retain }: StoredSecretRequest,
): StoredSecret {
  const logical = `${name}-secret-${secret}`;
  const key = `${names.secretPrefix}${secret}`;
  const made = new Secret(
    logical,
    {
      name: key,
      kmsKeyId: keys.data.arn,
      recoveryWindowInDays: retain ? RECOVERY_DAYS : 0,
    },
    child({ protect: retain }),
  );
  const version = new SecretVersion(
    `${logical}-value`,
    { secretId: made.id, secretString: value },
    child(),
  );
  return { key, ready: [made, version] };
}
