import { FlowLog } from "@pulumi/aws/ec2/flowLog.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { arnOf } from "./arns.ts";
import type { EksKeys } from "./keys.ts";
import { logGroup } from "./log-group.ts";
import type { EksNetwork } from "./network.ts";
import type { EksPlace } from "./place.ts";
import { policyDocument } from "./policy-document.ts";

/** Seconds over which packets are summed up; the other choice of AWS is ten minutes. */
const INTERVAL_SECONDS = 60;

/** Notes who talked to whom in the network, let through or not. */
export function flowLogs(place: EksPlace, { vpc }: EksNetwork, keys: EksKeys): FlowLog {
  const { name, args, names, child } = place;
  const group = logGroup(place, "flow-logs-group", {
    groupName: names.flowLogs,
    key: keys.cluster,
  });
  const role = new Role(
    `${name}-flow-logs-role`,
    {
      name: names.role("flow-logs"),
      assumeRolePolicy: policyDocument([
        {
          Effect: "Allow",
          Principal: { Service: "vpc-flow-logs.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:SourceAccount": args.account },
            ArnLike: { "aws:SourceArn": arnOf(args, "ec2", "vpc-flow-log/*") },
          },
        },
      ]),
    },
    child(),
  );
  const policy = new RolePolicy(
    `${name}-flow-logs-policy`,
    {
      name: "write-logs",
      role: role.name,
      policy: policyDocument([
        {
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
          Resource: arnOf(args, "logs", `log-group:${names.flowLogs}:*`),
        },
        { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
      ]),
    },
    child(),
  );
  return new FlowLog(
    `${name}-flow-logs`,
    {
      vpcId: vpc.id,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: group.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: INTERVAL_SECONDS,
      tags: { Name: args.name },
    },
    child({ dependsOn: [policy] }),
  );
}
