import assert from "node:assert/strict";
import {
  cpuQuotaName,
  familyOf,
  judgeAzureAddresses,
} from "../../../../local/doctor/aks/azure-quotas.ts";
import {
  readAzureCluster,
  readKubeconfigCluster,
} from "../../../../local/doctor/aks/azure-login.ts";
import { judgeAzureZones } from "../../../../local/doctor/aks/azure-place.ts";
import { judgeAzureAccount } from "../../../../local/doctor/aks/azure-sign-in.ts";
import { judgeAwsRegionSilence, judgeAwsZones } from "../../../../local/doctor/eks/aws-place.ts";
import { cpuQuotaCode } from "../../../../local/doctor/eks/aws-quotas.ts";
import { awsPrincipal, judgeAwsDeployer } from "../../../../local/doctor/eks/aws-sign-in.ts";
import { readGoogleCluster } from "../../../../local/doctor/gke/google-login.ts";
import { judgeGoogleZones, judgeProject } from "../../../../local/doctor/gke/google-place.ts";
import { cpuMetric } from "../../../../local/doctor/gke/google-quotas.ts";
import {
  googlePrincipal,
  judgeGoogleDeployer,
} from "../../../../local/doctor/gke/google-sign-in.ts";

describe("the quota of a machine type", () => {
  it("on Google Cloud is that of its family, or the shared one", () => {
    const metrics = ["e2-standard-2", "n2-standard-4", "c3-standard-8", "n2d-highmem-4"];
    assert.deepEqual(
      metrics.map((machineType) => cpuMetric({ machineType })),
      ["CPUS", "N2_CPUS", "C3_CPUS", "N2D_CPUS"],
    );
  });
  it("on AWS is that of the standard families, for spot another", () => {
    const code = (machineType: string, spot = false) => cpuQuotaCode({ machineType, spot });
    assert.deepEqual(
      [code("t3.xlarge"), code("m7i.large", true), code("g5.xlarge"), code("inf2.xlarge")],
      ["L-1216C47A", "L-34B43A08", undefined, undefined],
    );
  });
  it("on Azure is named after the family", () => {
    const sizes = {
      Standard_D4s_v3: "standardDSv3Family",
      Standard_D4ds_v5: "standardDDSv5Family",
      Standard_E4s_v5: "standardESv5Family",
      Standard_F4s_v2: "standardFSv2Family",
      "Standard_E8-4ads_v5": "standardEADSv5Family",
      Basic_A1: undefined,
    };
    for (const [size, family] of Object.entries(sizes)) assert.equal(familyOf(size), family);
    assert.equal(cpuQuotaName({ machineType: "Standard_D4s_v3", spot: true }), "lowPriorityCores");
  });
});

describe("Google's answers", () => {
  it("name the principal, or the one that it stands in for", () => {
    const accounts = '[{"account":"ann@acme.dev"}]';
    assert.equal(googlePrincipal(accounts, "{}"), "ann@acme.dev");
    const config = '{"auth":{"impersonate_service_account":"deployer@p.iam.gserviceaccount.com"}}';
    assert.equal(googlePrincipal(accounts, config), "deployer@p.iam.gserviceaccount.com");
    assert.equal(googlePrincipal("[]", "{}"), undefined);
  });
  it("tell the deployer where it is one account, and not where it is many", () => {
    assert.equal(judgeGoogleDeployer("Ann@acme.dev", "user:ann@acme.dev").is, "ok");
    assert.deepEqual(judgeGoogleDeployer("bob@acme.dev", "user:ann@acme.dev"), {
      is: "problem",
      says: "you are bob@acme.dev, and slipway:cluster.deployer is user:ann@acme.dev",
      fix: "gcloud auth login ann@acme.dev && gcloud auth application-default login",
    });
    assert.equal(
      judgeGoogleDeployer("ann@acme.dev", "group:ops@acme.dev").says,
      "because gcloud does not tell whether ann@acme.dev belongs to group:ops@acme.dev",
    );
    assert.equal(judgeGoogleDeployer(undefined, "user:ann@acme.dev").is, "not checked");
  });
  it("tell zones that are away or down", () => {
    const place = {
      region: "us-central1",
      zones: ["us-central1-a", "us-central1-b"],
      project: "p",
    };
    const zone = (letter: string, status: string) => ({ name: `us-central1-${letter}`, status });
    assert.equal(
      judgeGoogleZones(JSON.stringify([zone("a", "UP"), zone("b", "DOWN")]), place).says,
      "us-central1-b: not among the zones of us-central1 that are up (us-central1-a)",
    );
    assert.deepEqual(judgeGoogleZones("[]", place), {
      is: "problem",
      says: "there is no region us-central1",
      fix: "gcloud compute regions list --project=p",
    });
  });
  it("tell a project that is going away", () => {
    assert.equal(judgeProject('{"lifecycleState":"DELETE_REQUESTED"}', "p").is, "problem");
  });
  it("give the address that the stack's endpoint means", () => {
    const text = JSON.stringify({
      endpoint: "192.0.2.1",
      masterAuth: { clusterCaCertificate: "Y2E=" },
      controlPlaneEndpointsConfig: {
        dnsEndpointConfig: { endpoint: "gke-1.us-central1.gke.goog" },
      },
    });
    assert.deepEqual(readGoogleCluster(text, "dns"), {
      server: "https://gke-1.us-central1.gke.goog",
    });
    assert.deepEqual(readGoogleCluster(text, "restricted"), {
      server: "https://192.0.2.1",
      certificateAuthority: "Y2E=",
    });
    assert.deepEqual(readGoogleCluster("{}", "dns"), {});
  });
});

describe("AWS's answers", () => {
  it("name the role behind a session, whatever its path", () => {
    const cases = {
      "arn:aws:sts::111122223333:assumed-role/deployer/ci": "111122223333:role/deployer",
      "arn:aws:iam::111122223333:role/team/deployer": "111122223333:role/deployer",
      "arn:aws-us-gov:iam::111122223333:user/a/ann": "111122223333:user/ann",
      "arn:aws:iam::111122223333:root": "111122223333:root",
    };
    for (const [arn, principal] of Object.entries(cases))
      assert.equal(awsPrincipal(arn), principal);
  });
  it("take no role of another account for the deployer", () => {
    const text =
      '{"Account":"444455556666","Arn":"arn:aws:sts::444455556666:assumed-role/deployer/ci"}';
    assert.equal(judgeAwsDeployer(text, "arn:aws:iam::111122223333:role/deployer").is, "problem");
    assert.equal(judgeAwsDeployer(text, "arn:aws:iam::444455556666:role/deployer").is, "ok");
    const user = judgeAwsDeployer(text, "arn:aws:iam::444455556666:user/ann");
    assert.match("fix" in user ? (user.fix ?? "") : "", /^aws configure list-profiles/);
  });
  it("tell a zone that is not available", () => {
    const zones = [
      { ZoneName: "us-east-1a", State: "available" },
      { ZoneName: "us-east-1b", State: "impaired" },
    ];
    assert.equal(
      judgeAwsZones(JSON.stringify({ AvailabilityZones: zones }), {
        region: "us-east-1",
        zones: ["us-east-1a", "us-east-1b"],
      }).says,
      "us-east-1b: not among the zones of us-east-1 that are available to you (us-east-1a)",
    );
  });
  it("tell a region that is not from a network that is not", () => {
    const caller = { is: "answer", text: "{}" } as const;
    const silent = { is: "offline", error: "Could not connect" } as const;
    assert.equal(judgeAwsRegionSilence(silent, silent, "us-eats-1"), undefined);
    assert.equal(
      judgeAwsRegionSilence(silent, caller, "us-eats-1")?.says,
      "nothing answers for the region us-eats-1, and AWS does: there may be no such region",
    );
    const off = { is: "failed", error: "An error occurred (AuthFailure)" } as const;
    assert.deepEqual(judgeAwsRegionSilence(off, caller, "af-south-1"), {
      is: "problem",
      says: "the account has not switched the region af-south-1 on",
      fix: "aws account enable-region --region-name af-south-1",
    });
  });
});

describe("Azure's answers", () => {
  const account = (over: object) =>
    JSON.stringify({
      id: "s",
      tenantId: "t",
      state: "Enabled",
      user: { name: "ann", type: "user" },
      ...over,
    });
  it("tell another tenant first, then another subscription, then a disabled one", () => {
    const place = { subscription: "s", tenant: "t" };
    assert.equal(judgeAzureAccount(account({}), place).is, "ok");
    assert.deepEqual(judgeAzureAccount(account({ tenantId: "u", id: "x" }), place), {
      is: "problem",
      says: "you are signed in to tenant u, and slipway:cluster.tenant is t",
      fix: "az login --tenant t",
    });
    assert.equal(
      judgeAzureAccount(account({ state: "Warned" }), place).says,
      "subscription s is Warned",
    );
    assert.equal(judgeAzureAccount(account({ id: "x" }), {}).is, "ok");
  });
  it("tell a region that is away, and one without zones", () => {
    const text = '[{"name":"eastus","zones":["1","2"]},{"name":"westcentralus","zones":null}]';
    const says = (region: string) => judgeAzureZones(text, { region, zones: ["1", "3"] }).says;
    assert.equal(says("eastus"), "eastus has no zone 3 (it has 1, 2)");
    assert.equal(says("westcentralus"), "westcentralus has no zone 1, 3 (it has none)");
    assert.equal(says("atlantis"), "the subscription has no region atlantis");
  });
  it("hold a cluster by name and region, and nothing but an address of a kubeconfig", () => {
    const text = '[{"name":"c","group":"c-rg","location":"eastus"}]';
    assert.deepEqual(readAzureCluster(text, { name: "c", region: "eastus" }), { group: "c-rg" });
    assert.equal(readAzureCluster(text, { name: "c", region: "westus" }), undefined);
    const kubeconfig =
      "clusters: [{cluster: {server: 'https://c.example', certificate-authority-data: Y2E=}}]\nusers: [{user: {token: x}}]";
    assert.deepEqual(readKubeconfigCluster(kubeconfig), {
      server: "https://c.example",
      certificateAuthority: "Y2E=",
    });
    for (const bad of ["", "a: [", "clusters: []"]) {
      assert.throws(() => readKubeconfigCluster(bad), { name: "UnexpectedAnswer" });
    }
  });
  it("leave a quota of an unknown name unchecked", () => {
    const settings = { zones: ["1"], subscription: "s", region: "r" } as unknown as Parameters<
      typeof judgeAzureAddresses
    >[1];
    assert.equal(
      judgeAzureAddresses("[]", settings, "strict", false).says,
      "because the Azure CLI does not tell the quota StandardSkuPublicIpAddresses or " +
        "IPv4StandardSkuPublicIpAddresses or PublicIPAddresses",
    );
  });
});
