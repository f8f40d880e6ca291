import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { authenticated } from "../../../../local/cloud/controller/authenticator.ts";
import { clusterFolder, writeCluster } from "../../../../local/cloud/cluster-folder.ts";
import { callerOf, signingKey } from "../../../../local/cloud/identity/account-identity.ts";
import { signToken, verifyToken } from "../../../../local/cloud/identity/cloud-token.ts";
import { askedOf, type Program } from "../../../../local/cloud/sign-in/arguments.ts";
import { execCredential } from "../../../../local/cloud/sign-in/exec-credential.ts";
import { sampleCluster } from "./cluster-samples.ts";

const NOW = Date.UTC(2026, 0, 1);
const SERVER = "6dae42f8-4368-4678-94ff-3960e28e3630";

describe("askedOf", () => {
  it("reads the arguments of each program", () => {
    const args = "eks get-token --cluster-name prod --region us-east-1 --output json".split(" ");
    assert.deepEqual(askedOf("aws", args), { cloud: "aws", cluster: "prod", region: "us-east-1" });
    const from = ["--region", "eu-west-1", "eks", "get-token", "--cluster-name", "prod"];
    assert.equal(askedOf("aws", from).region, "eu-west-1");
    const kubelogin = `get-token --login azurecli --environment AzurePublicCloud --server-id ${SERVER}`;
    assert.deepEqual(askedOf("kubelogin", kubelogin.split(" ")), { cloud: "azure-native" });
    assert.deepEqual(askedOf("gke-gcloud-auth-plugin", []), { cloud: "gcp" });
  });

  it("takes the region of AWS from the environment, as the real one does", () => {
    const args = ["eks", "get-token", "--cluster-name", "prod"];
    assert.equal(askedOf("aws", args, { AWS_REGION: "r" }).region, "r");
  });

  const refused: readonly [Program, string, RegExp][] = [
    ["aws", "s3 ls", /only "aws eks get-token" is/],
    ["aws", "eks get-token --region r", /--cluster-name is required/],
    ["aws", "eks get-token --cluster-name prod", /You must specify a region/],
    ["aws", "eks get-token --cluster-name prod --region r --output text", /expected json/],
    ["kubelogin", "convert-kubeconfig", /only get-token is/],
    ["kubelogin", "get-token --login azurecli --server-id x", /got "x", expected 6dae42f8/],
    ["kubelogin", `get-token --server-id ${SERVER}`, /got "devicecode", which needs a person/],
    ["gke-gcloud-auth-plugin", "--unknown", /Unknown option/],
  ];
  for (const [program, args, message] of refused) {
    it(`refuses ${program} ${args}`, () => {
      assert.throws(() => askedOf(program, args.split(" "), {}), message);
    });
  }
});

describe("tokens of a stand-in account", () => {
  const claims = { cloud: "aws", principal: "me", cluster: "prod", expires: NOW } as const;

  it("count until they expire, and for the key that made them only", () => {
    const token = signToken(claims, "key");
    assert.deepEqual(verifyToken(token, "key", NOW - 1), claims);
    assert.equal(verifyToken(token, "key", NOW), undefined);
    assert.equal(verifyToken(token, "other", NOW - 1), undefined);
  });

  it("are worth nothing when anything in them is changed", () => {
    const token = signToken(claims, "key");
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom("A", "b", "7", "."), (at, letter) => {
        fc.pre(token[at] !== letter);
        const changed = token.slice(0, at) + letter + token.slice(at + 1);
        assert.equal(verifyToken(changed, "key", NOW - 1), undefined);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        assert.equal(verifyToken(text, "key", NOW - 1), undefined);
      }),
    );
  });
});

describe("execCredential", () => {
  let account: string;
  beforeEach(() => {
    account = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-account-"));
  });
  afterEach(() => {
    fs.rmSync(account, { recursive: true });
  });
  const exists = (cluster = sampleCluster("aws")) => {
    writeCluster(clusterFolder(account, cluster.id), cluster);
    return cluster;
  };
  const request = { cloud: "aws", cluster: "prod", region: "us-east-1", now: NOW } as const;
  const tokenOf = (credential: object) =>
    (credential as { status: { token: string } }).status.token;

  it("is a token that the cluster takes, for as long as EKS says", () => {
    const cluster = exists(sampleCluster("aws", { creator: "me", creatorIsAdmin: true }));
    const environment = { SLIPWAY_CLOUD_CALLER: "me" };
    const credential = execCredential({ ...request, account, environment });
    const { status, apiVersion } = credential as {
      apiVersion: string;
      status: { expirationTimestamp: string };
    };
    assert.equal(apiVersion, "client.authentication.k8s.io/v1beta1");
    assert.equal(status.expirationTimestamp, "2026-01-01T00:14:00.000Z");
    const token = tokenOf(credential);
    assert.match(token, /^k8s-aws-v1\./);
    const person = { username: "me", groups: ["cloud:admin"] };
    assert.deepEqual(authenticated(token, account, cluster, NOW), person);
    const other = { ...cluster, name: "staging" };
    assert.equal(authenticated(token, account, other, NOW), undefined);
    assert.equal(authenticated(token, account, cluster, NOW + 15 * 60_000), undefined);
  });

  it("answers in the version that the caller speaks", () => {
    exists();
    const apiVersion = "client.authentication.k8s.io/v1";
    const environment = { KUBERNETES_EXEC_INFO: JSON.stringify({ apiVersion }) };
    const credential = execCredential({ ...request, account, environment });
    assert.equal((credential as { apiVersion: string }).apiVersion, apiVersion);
  });

  it("says so where there is no such cluster, no cluster at all, or no account", () => {
    assert.throws(() => execCredential({ ...request, account }), /has no cluster of aws\./);
    exists();
    assert.throws(
      () => execCredential({ ...request, account, region: "eu-west-1" }),
      /no cluster "prod" in eu-west-1\. It has: prod \(us-east-1\)\./,
    );
    assert.throws(
      () => execCredential({ ...request, account: undefined }),
      /SLIPWAY_CLOUD names no account folder/,
    );
  });

  it("is signed with one key, however often that is asked for", () => {
    assert.equal(signingKey(account), signingKey(account));
    assert.deepEqual(fs.readdirSync(account), ["signing-key"]);
  });

  it("is for whoever the environment names", () => {
    const environment = { SLIPWAY_CLOUD_CALLER: "viewer@example.com" };
    assert.equal(callerOf("gcp", account, environment), "viewer@example.com");
  });

  it("is for the user of the AWS account that the resources are in", () => {
    assert.equal(callerOf("aws", account, {}), "arn:aws:iam::123456789012:user/slipway");
    fs.mkdirSync(path.join(account, "aws"));
    const place = { partition: "aws-cn", accountId: "111122223333" };
    const resource = { type: "aws:eks/cluster:Cluster", inputs: {}, account: place };
    fs.writeFileSync(path.join(account, "aws/Cluster-1.json"), JSON.stringify(resource));
    assert.equal(callerOf("aws", account, {}), "arn:aws-cn:iam::111122223333:user/slipway");
  });
});
