import type { FakeAnswer, FakePrograms } from "./fake-programs.ts";

// What the clouds' programs print for an account in which the stack prod can be brought up, shortened.

const json = (value: unknown) => JSON.stringify(value, null, 2);

export const ID = "11111111-1111-1111-1111-111111111111";
const DEPLOYER = "deployer@acme-prod.iam.gserviceaccount.com";

const pulumi: readonly FakeAnswer[] = [
  { to: "version", stdout: "v3.270.0" },
  { to: "whoami", stdout: json({ user: "ann", url: "https://app.pulumi.com/ann" }) },
  { to: "stack ls", stdout: json([{ name: "prod", current: false, resourceCount: 0 }]) },
];
const node: readonly FakeAnswer[] = [{ to: "--version", stdout: "v24.21.0" }];
const kubectl: readonly FakeAnswer[] = [
  { to: "version", stdout: json({ clientVersion: { gitVersion: "v1.35.2" } }) },
];
const everywhere = { pulumi, node, kubectl };

const quota = (metric: string, limit: number, usage: number) => ({ metric, limit, usage });

const GKE: FakePrograms = {
  ...everywhere,
  "gke-gcloud-auth-plugin": [{ to: "--version", stdout: "Kubernetes v1.30.0+03fcd0f8cb9eac57" }],
  gcloud: [
    { to: "version", stdout: "Google Cloud SDK 528.0.0\nbeta 2025.06.20\ncore 2025.06.20" },
    { to: "auth list", stdout: json([{ account: DEPLOYER, status: "ACTIVE" }]) },
    { to: "config list", stdout: json({ core: { account: DEPLOYER, project: "acme-prod" } }) },
    { to: "auth application-default print-access-token", stdout: "ya29.a0FakeFakeFakeFake" },
    {
      to: "projects describe acme-prod",
      stdout: json({ lifecycleState: "ACTIVE", projectId: "acme-prod", projectNumber: "1" }),
    },
    {
      to: "services list --enabled --project=acme-prod",
      stdout: [
        "artifactregistry",
        "cloudkms",
        "cloudresourcemanager",
        "compute",
        "container",
        "iam",
        "iamcredentials",
        "logging",
        "monitoring",
        "storage",
      ]
        .map((name) => `${name}.googleapis.com`)
        .join("\n"),
    },
    {
      to: "compute zones list --filter=region:us-central1",
      stdout: json(
        ["a", "b", "c", "f"].map((letter) => ({ name: `us-central1-${letter}`, status: "UP" })),
      ),
    },
    {
      to: "compute regions describe us-central1",
      stdout: json({
        quotas: [
          quota("CPUS", 500, 8),
          quota("N2_CPUS", 500, 0),
          quota("SSD_TOTAL_GB", 10000, 250),
        ],
      }),
    },
    {
      to: "compute project-info describe",
      stdout: json({ quotas: [quota("CPUS_ALL_REGIONS", 1000, 8), quota("NETWORKS", 5, 1)] }),
    },
    {
      to: "container clusters describe atlasia-prod --region=us-central1",
      exitCode: 1,
      stderr:
        "ERROR: (gcloud.container.clusters.describe) ResponseError: code=404, message=Not found: " +
        "projects/acme-prod/locations/us-central1/clusters/atlasia-prod.",
    },
  ],
};

const awsQuota = (value: number) => json({ Quota: { ServiceCode: "ec2", Value: value } });

const EKS: FakePrograms = {
  ...everywhere,
  aws: [
    { to: "--version", stdout: "aws-cli/2.31.3 Python/3.13.7 Linux/6.8.0 exe/x86_64.ubuntu.24" },
    {
      to: "sts get-caller-identity",
      stdout: json({
        UserId: "AROAFAKEFAKEFAKEFAKE:ci",
        Account: "111122223333",
        Arn: "arn:aws:sts::111122223333:assumed-role/deployer/ci",
      }),
    },
    {
      to: "ec2 describe-availability-zones",
      stdout: json({
        AvailabilityZones: ["a", "b", "c", "d"].map((letter) => ({
          State: "available",
          ZoneName: `us-east-1${letter}`,
        })),
      }),
    },
    { to: "ec2 describe-addresses", stdout: "1" },
    { to: "ec2 describe-vpcs", stdout: "2" },
    {
      to: "service-quotas get-service-quota --service-code ec2 --quota-code L-1216C47A",
      stdout: awsQuota(256),
    },
    {
      to: "service-quotas get-service-quota --service-code ec2 --quota-code L-0263D0A3",
      stdout: awsQuota(10),
    },
    {
      to: "service-quotas get-service-quota --service-code vpc --quota-code L-F678F1CE",
      stdout: awsQuota(5),
    },
    {
      to: "eks describe-cluster --name atlasia-prod",
      exitCode: 254,
      stderr:
        "An error occurred (ResourceNotFoundException) when calling the DescribeCluster operation: " +
        "No cluster found for name: atlasia-prod.",
    },
  ],
};

const usage = (value: string, limit: number, currentValue: number) => ({
  currentValue: String(currentValue),
  limit: String(limit),
  localName: value,
  name: { localizedValue: value, value },
});

const AKS: FakePrograms = {
  ...everywhere,
  kubelogin: [
    {
      to: "--version",
      stdout:
        "kubelogin version \ngit hash: v0.2.10/0d1a2b3\nGo version: go1.24.4\nBuild time: 2025-08-12T00:00:00Z\nPlatform: linux/amd64",
    },
  ],
  az: [
    { to: "version", stdout: json({ "azure-cli": "2.77.0", "azure-cli-core": "2.77.0" }) },
    {
      to: "account show",
      stdout: json({
        id: ID,
        tenantId: ID,
        name: "Acme",
        state: "Enabled",
        user: { name: "ann@acme.dev", type: "user" },
      }),
    },
    { to: "ad signed-in-user show", stdout: json(ID) },
    {
      to: "account list-locations",
      stdout: json([
        { name: "eastus", zones: ["1", "2", "3"] },
        { name: "westcentralus", zones: null },
      ]),
    },
    {
      to: "provider list",
      stdout: json(
        [
          "Compute",
          "ContainerRegistry",
          "ContainerService",
          "KeyVault",
          "ManagedIdentity",
          "Network",
          "OperationalInsights",
          "Storage",
        ]
          .map((name) => ({ namespace: `Microsoft.${name}`, state: "Registered" }))
          .concat({ namespace: "microsoft.insights", state: "Registered" }),
      ),
    },
    {
      to: "vm list-usage",
      stdout: json([
        usage("cores", 500, 10),
        usage("lowPriorityCores", 10, 0),
        usage("standardDSv3Family", 350, 4),
      ]),
    },
    { to: "network list-usages", stdout: json([usage("StandardSkuPublicIpAddresses", 20, 2)]) },
    { to: "aks list", stdout: "[]" },
  ],
};

/** For each cloud, programs that find nothing amiss. */
export const SOUND_PROGRAMS = { gke: GKE, eks: EKS, aks: AKS } as const;

/** The programs, with some answers of one of them in place of its own. */
export function withAnswers(
  programs: FakePrograms,
  name: string,
  ...answers: readonly FakeAnswer[]
): FakePrograms {
  return { ...programs, [name]: [...answers, ...(programs[name] ?? [])] };
}

/** The programs without one of them. */
export function withoutProgram(programs: FakePrograms, name: string): FakePrograms {
  return Object.fromEntries(Object.entries(programs).filter(([own]) => own !== name));
}
