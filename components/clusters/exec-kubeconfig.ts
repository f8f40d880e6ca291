import * as pulumi from "@pulumi/pulumi";

/** A cluster and the program that signs its users in. */
export interface ExecKubeconfigArgs {
  /** Name of cluster, user and context in the file. */
  readonly name: string;
  /** `https://` and the host. */
  readonly server: pulumi.Input<string>;
  /** Base64 of PEM; absent where the endpoint has a certificate that everybody trusts. */
  readonly certificateAuthority?: pulumi.Input<string>;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What a person does where the program is not installed. */
  readonly installHint: string;
}

/**
 * A kubeconfig that holds no credential: whoever uses it signs in through the cloud's own program, and a
 * token lives for minutes. Secret all the same, because it says where the cluster is.
 */
export function execKubeconfig(args: ExecKubeconfigArgs): pulumi.Output<string> {
  const { name, server, certificateAuthority, command, env = {}, installHint } = args;
  const text = pulumi.all([server, certificateAuthority]).apply(([url, authority]) =>
    JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      clusters: [
        {
          name,
          cluster: {
            server: url,
            ...(authority === undefined ? {} : { "certificate-authority-data": authority }),
          },
        },
      ],
      users: [
        {
          name,
          user: {
            exec: {
              apiVersion: "client.authentication.k8s.io/v1beta1",
              command,
              args: args.args,
              env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
              interactiveMode: "Never",
              provideClusterInfo: true,
              installHint,
            },
          },
        },
      ],
      contexts: [{ name, context: { cluster: name, user: name } }],
      "current-context": name,
    }),
  );
  return pulumi.secret(text);
}
