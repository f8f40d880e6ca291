import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import {
  execKubeconfig,
  type ExecKubeconfigArgs,
} from "../../../components/clusters/exec-kubeconfig.ts";
import { byName, record, Secret } from "../../../plan/recording.ts";

const ARGS: ExecKubeconfigArgs = {
  name: "shop-prod",
  server: "https://shop.test",
  certificateAuthority: "TUlJQg==",
  command: "sign-in",
  args: ["get-token", "--cluster", "shop-prod"],
  env: { AWS_PROFILE: "shop" },
  installHint: "Install sign-in.",
};

/** The kubeconfig as a provider is given it; outputs are made in a program alone. */
async function written(args: () => ExecKubeconfigArgs): Promise<unknown> {
  const recording = await record(
    () => {
      new k8s.Provider("it", { kubeconfig: execKubeconfig(args()) });
    },
    { stack: "test" },
  );
  return byName(recording, "it").inputs["kubeconfig"];
}

async function parsed(args: () => ExecKubeconfigArgs): Promise<Record<string, unknown>> {
  const kubeconfig = await written(args);
  assert.ok(kubeconfig instanceof Secret);
  return JSON.parse(String(kubeconfig.value)) as Record<string, unknown>;
}

describe("execKubeconfig", () => {
  it("holds where the cluster is and how to sign in, and no credential", async () => {
    assert.deepEqual(await parsed(() => ARGS), {
      apiVersion: "v1",
      kind: "Config",
      clusters: [
        {
          name: "shop-prod",
          cluster: {
            server: "https://shop.test",
            "certificate-authority-data": "TUlJQg==",
          },
        },
      ],
      users: [
        {
          name: "shop-prod",
          user: {
            exec: {
              apiVersion: "client.authentication.k8s.io/v1beta1",
              command: "sign-in",
              args: ["get-token", "--cluster", "shop-prod"],
              env: [{ name: "AWS_PROFILE", value: "shop" }],
              interactiveMode: "Never",
              provideClusterInfo: true,
              installHint: "Install sign-in.",
            },
          },
        },
      ],
      contexts: [{ name: "shop-prod", context: { cluster: "shop-prod", user: "shop-prod" } }],
      "current-context": "shop-prod",
    });
  });

  it("names no authority for an endpoint that everybody trusts", async () => {
    const { name, server, command, args, installHint } = ARGS;
    const { clusters, users } = await parsed(() => ({ name, server, command, args, installHint }));
    assert.deepEqual(clusters, [{ name: "shop-prod", cluster: { server: "https://shop.test" } }]);
    assert.match(JSON.stringify(users), /"env":\[\]/);
  });

  it("waits for what the cloud says, and is secret even where that is not", async () => {
    const { clusters } = await parsed(() => ({
      ...ARGS,
      server: pulumi.output(Promise.resolve("https://later.test")),
    }));
    assert.match(JSON.stringify(clusters), /https:\/\/later\.test/);
  });
});
