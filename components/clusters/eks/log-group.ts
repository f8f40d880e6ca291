import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import type { Key } from "@pulumi/aws/kms/key.js";
import { retentionFor } from "./log-retention.ts";
import type { EksPlace } from "./place.ts";

/**
 * A place for logs, made before whoever writes into it: AWS's services would make it themselves, keep
 * everything for ever and leave it behind.
 */
export function logGroup(
  { name, args, child }: EksPlace,
  purpose: string,
  { groupName, key }: { readonly groupName: string; readonly key: Key },
): LogGroup {
  return new LogGroup(
    `${name}-${purpose}`,
    {
      name: groupName,
      retentionInDays: retentionFor(args.logRetentionDays),
      kmsKeyId: key.arn,
    },
    child(),
  );
}
