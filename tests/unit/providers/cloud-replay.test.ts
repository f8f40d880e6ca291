import assert from "node:assert/strict";
import fs from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { RouterNat } from "@pulumi/gcp/compute/routerNat.js";
import { Network } from "@pulumi/gcp/compute/network.js";
import { Router } from "@pulumi/gcp/compute/router.js";
import { Provider } from "@pulumi/gcp/provider.js";
import { Secret as StoredSecret } from "@pulumi/gcp/secretmanager/secret.js";
import { SecretVersion } from "@pulumi/gcp/secretmanager/secretVersion.js";
import { record } from "../../../plan/recording.ts";
import { CloudStandIn, emptyAccount } from "../../support/cloud-stand-in.ts";
import { propertiesOf, replayPlan } from "../../support/replay-plan.ts";

const SETTINGS = { project: "test-project", region: "europe-west1" };

function program(sourceSubnetworkIpRangesToNat: string, network?: string) {
  const opts = { provider: new Provider("google", SETTINGS) };
  const vpc = new Network("vpc", { autoCreateSubnetworks: false }, opts);
  const router = new Router("router", { network: network ?? vpc.id }, opts);
  new RouterNat("nat", { router: router.name, sourceSubnetworkIpRangesToNat }, opts);
  const token = new StoredSecret("token", { replication: { auto: {} } }, opts);
  const secretData = pulumi.secret("not-a-real-token");
  new SecretVersion("value", { secret: token.id, secretData }, opts);
}

describe("replayPlan", () => {
  let folder: string;
  let google: CloudStandIn;
  beforeEach(async () => {
    folder = emptyAccount();
    google = await CloudStandIn.of("gcp", folder, SETTINGS);
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  it("makes what was planned, with the outputs that the plan has", async () => {
    const recording = await record(
      () => {
        program("ALL_SUBNETWORKS_ALL_IP_RANGES");
      },
      {
        stack: "test",
      },
    );
    const made = await replayPlan(recording, google);
    const planned = recording.resources.filter(({ type }) => type.startsWith("gcp:"));
    assert.deepEqual(
      made.map(({ name, state }) => [name, state]),
      planned.map(({ name, outputs }) => [name, propertiesOf(outputs)]),
    );
  });

  it("says which resource the cloud refuses, and why", async () => {
    const recording = await record(
      () => {
        program("LIST_OF_SUBNETWORKS", "elsewhere");
      },
      {
        stack: "test",
      },
    );
    await assert.rejects(
      replayPlan(recording, google),
      /^Error: gcp:compute\/router:Router router: .*there is no Network elsewhere/,
    );
  });
});
