import type { ServiceAccountRef } from "../../core/workload-identity.ts";
import type { EksSettings } from "../settings.ts";
import { clusterArn } from "./arns.ts";
import { policyDocument } from "./policy-document.ts";

/**
 * Lets pods of one ServiceAccount of this very cluster act in a role. EKS signs the tags, so neither
 * another cluster of the account nor another ServiceAccount can take it.
 */
export function podTrust(settings: EksSettings, { namespace, name }: ServiceAccountRef): string {
  return policyDocument([
    {
      Effect: "Allow",
      Principal: { Service: "pods.eks.amazonaws.com" },
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Condition: {
        StringEquals: {
          "aws:SourceAccount": settings.account,
          "aws:RequestTag/kubernetes-namespace": namespace,
          "aws:RequestTag/kubernetes-service-account": name,
        },
        ArnEquals: { "aws:SourceArn": clusterArn(settings) },
      },
    },
  ]);
}
