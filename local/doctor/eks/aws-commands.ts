import type { EksSettings } from "../../../components/clusters/settings.ts";
import type { CommandLine } from "../command-runner.ts";

/** Everything that the AWS CLI is asked. All of it only looks. */
export function awsCommands({ name, region }: EksSettings) {
  const aws = (...args: readonly string[]): CommandLine => ({
    file: "aws",
    args: [...args, "--output", "json"],
  });
  const here = (...args: readonly string[]) => aws(...args, "--region", region);
  const quota = (service: string, code: string) =>
    here("service-quotas", "get-service-quota", "--service-code", service, "--quota-code", code);
  return {
    /** Without a region: whether the cloud can be reached at all hangs on it. */
    caller: aws("sts", "get-caller-identity"),
    zones: here("ec2", "describe-availability-zones"),
    addresses: here("ec2", "describe-addresses", "--query", "length(Addresses)"),
    networks: here("ec2", "describe-vpcs", "--query", "length(Vpcs)"),
    cluster: here("eks", "describe-cluster", "--name", name),
    plugin: here("eks", "get-token", "--cluster-name", name),
    quota,
  };
}

export type AwsCommands = ReturnType<typeof awsCommands>;
