import assert from "node:assert/strict";
import { ID, SOUND_PROGRAMS, withAnswers } from "../../../support/doctor-programs.ts";
import { amiss, DoctorBench, ON } from "../../../support/doctor-bench.ts";
import type { FakePrograms } from "../../../support/fake-programs.ts";

const { gke, eks, aks } = SOUND_PROGRAMS;

describe("make doctor in each cloud", function () {
  this.timeout(60_000);
  let bench: DoctorBench;

  before(() => {
    bench = new DoctorBench();
    bench.supply("");
    bench.supply("eks");
    bench.supply("aks");
  });
  after(() => {
    bench.remove();
  });

  const examine = (cloud: keyof typeof SOUND_PROGRAMS, programs: FakePrograms, ...more: string[]) =>
    bench.run([...ON[cloud], "--json", ...more], programs);

  it("gke: tells an account that is signed out, and leaves the rest unchecked", async () => {
    const signedOut = {
      to: "",
      exitCode: 1,
      stderr:
        "ERROR: (gcloud.projects.describe) You do not currently have an active account selected.\n" +
        "Please run:\n\n  $ gcloud auth login",
    };
    const [version, , config] = gke["gcloud"] ?? [];
    assert.ok(version !== undefined && config !== undefined);
    const gcloud = [
      version,
      { to: "config list", stdout: "{}" },
      { to: "auth list", stdout: "[]" },
      signedOut,
    ];
    const run = await examine("gke", { ...gke, gcloud });
    const notSignedIn = "because gcloud is not signed in";
    assert.equal(run.code, 1);
    assert.deepEqual(amiss(run), [
      {
        is: "problem",
        says: "gcloud is not signed in",
        fix: "gcloud auth login",
        check: "account",
      },
      {
        is: "problem",
        says: "Pulumi finds none that it can use",
        fix: "gcloud auth application-default login",
        check: "application-default credentials",
      },
      ...["deployer", "project", "zones", "APIs", "region", "project", "login"].map((check) => ({
        is: "not checked",
        says: notSignedIn,
        check,
      })),
    ]);
  });

  it("gke: tells a quota that is too small, an API that is off and another deployer", async () => {
    const quotas = [
      { metric: "CPUS", limit: 24, usage: 20 },
      { metric: "N2_CPUS", limit: 24, usage: 0 },
      { metric: "SSD_TOTAL_GB", limit: 500, usage: 0 },
    ];
    const programs = withAnswers(
      gke,
      "gcloud",
      { to: "compute regions describe", stdout: JSON.stringify({ quotas }) },
      { to: "services list", stdout: "compute.googleapis.com\nstorage.googleapis.com" },
      { to: "auth list", stdout: JSON.stringify([{ account: "ann@acme.dev" }]) },
    );
    const run = await examine("gke", programs);
    const more = (id: string, value: number) =>
      "gcloud beta quotas preferences create --service=compute.googleapis.com --project=acme-prod " +
      `--quota-id=${id} --dimensions=region=us-central1 --preferred-value=${value}`;
    const email = "deployer@acme-prod.iam.gserviceaccount.com";
    const off = [
      "cloudkms",
      "cloudresourcemanager",
      "container",
      "iam",
      "iamcredentials",
      "logging",
      "monitoring",
    ].map((name) => `${name}.googleapis.com`);
    assert.equal(run.code, 1);
    assert.deepEqual(amiss(run), [
      {
        is: "problem",
        says: `you are ann@acme.dev, and slipway:cluster.deployer is serviceAccount:${email}`,
        fix:
          `gcloud config set auth/impersonate_service_account ${email} && ` +
          `gcloud auth application-default login --impersonate-service-account=${email}`,
        check: "deployer",
      },
      {
        is: "problem",
        says: `not enabled: ${off.join(", ")}`,
        fix: `gcloud services enable ${off.join(" ")} --project=acme-prod`,
        check: "APIs",
      },
      {
        is: "problem",
        says: "up to 12 CPUs (CPUS) needed, 24 allowed, 20 in use",
        fix: more("CPUS-per-project-region", 32),
        check: "region",
      },
      {
        is: "problem",
        says: "up to 120 CPUs (N2_CPUS) needed, 24 allowed, 0 in use",
        fix: more("N2-CPUS-per-project-region", 120),
        check: "region",
      },
      {
        is: "problem",
        says: "up to 3600 GB of nodes' disks (SSD_TOTAL_GB) needed, 500 allowed, 0 in use",
        fix: more("SSD-TOTAL-GB-per-project-region", 3600),
        check: "region",
      },
    ]);
  });

  it("gke: leaves unchecked what hangs, and ends it", async () => {
    const programs = withAnswers(gke, "gcloud", { to: "compute zones list", sleep: 61 });
    const run = await examine("gke", programs, "--timeout", "1");
    assert.deepEqual(
      [run.code, run.left, amiss(run)],
      [
        0,
        [],
        [{ is: "not checked", says: "because gcloud did not answer within 1 s", check: "zones" }],
      ],
    );
  });

  it("eks: tells another account, an old CLI and another deployer", async () => {
    const arn = "arn:aws:iam::444455556666:user/ann";
    const programs = withAnswers(
      eks,
      "aws",
      { to: "--version", stdout: "aws-cli/1.45.11 Python/3.11.7 Linux/6.8.0 botocore/1.43.11" },
      {
        to: "sts get-caller-identity",
        stdout: JSON.stringify({ UserId: "AIDAFAKE", Account: "444455556666", Arn: arn }),
      },
    );
    const run = await examine("eks", programs);
    const [old, account, deployer, ...rest] = amiss(run);
    assert.deepEqual([run.code, rest], [1, []]);
    assert.equal(old?.check, "aws");
    assert.equal(old.says, "1.45.11 is too old: 2.0.0 or newer is needed");
    assert.deepEqual(account, {
      is: "problem",
      says: "you are in account 444455556666, and slipway:cluster.account is 111122223333",
      fix: "aws configure list-profiles   # then: export AWS_PROFILE=<a profile of account 111122223333>",
      check: "account",
    });
    assert.deepEqual(deployer, {
      is: "problem",
      says: `you are ${arn}, and slipway:cluster.deployer is arn:aws:iam::111122223333:role/deployer`,
      fix:
        "aws configure set role_arn arn:aws:iam::111122223333:role/deployer --profile slipway-deployer && " +
        'aws configure set source_profile "${AWS_PROFILE:-default}" --profile slipway-deployer && ' +
        "export AWS_PROFILE=slipway-deployer",
      check: "deployer",
    });
  });

  it("eks: works offline, and fails nobody for it", async () => {
    const offline = (url: string) => ({
      to: "",
      exitCode: 255,
      stderr: `Could not connect to the endpoint URL: "${url}"`,
    });
    const [version] = eks["aws"] ?? [];
    const [pulumiVersion] = eks["pulumi"] ?? [];
    assert.ok(version !== undefined && pulumiVersion !== undefined);
    const run = await examine("eks", {
      ...eks,
      aws: [version, offline("https://sts.us-east-1.amazonaws.com/")],
      pulumi: [
        pulumiVersion,
        {
          to: "",
          exitCode: 255,
          stderr:
            'error: performing HTTP request: Get "https://api.pulumi.com/api/user": dial tcp: ' +
            "lookup api.pulumi.com on 127.0.0.53:53: no such host",
        },
      ],
    });
    const unreached = (program: string) => (check: string) => ({
      is: "not checked",
      says: `because ${program} cannot reach its cloud from here`,
      check,
    });
    assert.equal(run.code, 0);
    const noKey = {
      is: "not checked",
      says: "because the stack file names none, and the backend could not be asked",
      check: "secrets provider",
    };
    assert.deepEqual(amiss(run), [
      ...["account", "deployer", "zones", "CPUs", "elastic IPs", "networks", "login"].map(
        unreached("aws"),
      ),
      ...["backend", "stack"].map(unreached("pulumi")),
      noKey,
    ]);
  });

  it("aks: tells another subscription, another kubelogin, a missing provider and a full quota", async () => {
    const other = "22222222-2222-2222-2222-222222222222";
    const user = { name: "ann@acme.dev", type: "user" };
    const programs = {
      ...withAnswers(
        aks,
        "az",
        {
          to: "account show",
          stdout: JSON.stringify({ id: other, tenantId: ID, state: "Enabled", user }),
        },
        { to: "provider list", stdout: "[]" },
        {
          to: "vm list-usage",
          stdout: JSON.stringify(
            ["cores", "standardDSv3Family"].map((value) => ({
              currentValue: "0",
              limit: value === "cores" ? "500" : "10",
              name: { value },
            })),
          ),
        },
      ),
      kubelogin: [{ to: "--version", stdout: "kubelogin version v1.34.0 (go1.24.4 linux_amd64)" }],
    };
    const run = await examine("aks", programs);
    const [tool, account, providers, quota, ...rest] = amiss(run);
    assert.deepEqual([run.code, rest], [1, []]);
    assert.deepEqual(tool, {
      is: "problem",
      says: "this is another program of that name: Azure's own is needed",
      fix: "az aks install-cli",
      check: "kubelogin",
    });
    assert.deepEqual(account, {
      is: "problem",
      says: `you are in subscription ${other}, and slipway:cluster.subscription is ${ID}`,
      fix: `az account set --subscription ${ID}`,
      check: "account",
    });
    assert.equal(providers?.check, "resource providers");
    assert.match(providers.says, /^not registered: Microsoft\.Compute, /);
    assert.deepEqual(quota, {
      is: "problem",
      says: "up to 108 CPUs (standardDSv3Family) needed, 10 allowed, 0 in use",
      fix:
        `az quota create --resource-name standardDSv3Family --scope /subscriptions/${ID}` +
        "/providers/Microsoft.Compute/locations/eastus --limit-object value=108 --resource-type dedicated",
      check: "CPUs",
    });
  });
});
