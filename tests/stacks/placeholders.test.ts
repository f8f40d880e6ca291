import assert from "node:assert/strict";
import { checkStack } from "../../config/check-stack.ts";
import { describeProblems } from "../../config/config-error.ts";
import { readStackFile } from "../../config/stack-file.ts";
import type { StackSource } from "../../config/stack-source.ts";
import { CLOUD_STACKS, CLOUDS, shipped, type Cloud } from "../unit/config/stack-sources.ts";

const STUDIO = "slipway:systems.kaizenStudio";
const because = "because slipway:placeholders is refused";

const own = (at: string, value: string, remedy: string) =>
  `${at}: got "${value}", expected a value of your own, ${because}. ${remedy}`;
const ofCluster = (key: string, value: string, remedy: string) =>
  own(`slipway:cluster.${key}`, value, remedy);

const ZEROS = "00000000-0000-0000-0000-000000000000";
const ID = "Write the id that your cloud or sign-in provider gave.";

const email = own(
  "slipway:platform.certManager.acmeEmail",
  "admin@example.com",
  "Write an address that somebody reads.",
);
const host = (value: string) => own(`${STUDIO}.host`, value, "Write a host of your own.");
const registry = "Write the registry that holds your images.";
const clientAndImages = [
  own(`${STUDIO}.azureClientId`, ZEROS, ID),
  own(`${STUDIO}.backend.image`, "your-registry/kaizen-studio-backend:v1.0.0", registry),
  own(`${STUDIO}.frontend.image`, "your-registry/kaizen-studio-web:v1.0.0", registry),
  own(
    "slipway:runbooksUrl",
    "https://github.com/your-org/slipway/blob/main/docs/runbooks",
    "Write where your copy of docs/runbooks is read.",
  ),
];
const missing = (name: string) =>
  `slipway:${name}: expected a secret that only a person can supply, ${because}. ` +
  `Run: pulumi config set --secret slipway:${name}`;
const secret = missing("kaizenStudioAzureClientSecret");

/** Of the receivers of alerts that are on. */
const ALERT_SECRETS: Readonly<Record<(typeof CLOUD_STACKS)[number], readonly string[]>> = {
  dev: [],
  staging: ["alertSlackUrl"],
  prod: ["alertSlackUrl", "alertPagerDutyKey", "alertDeadMansSwitchUrl"],
};

const HOSTS: Readonly<Record<(typeof CLOUD_STACKS)[number], string>> = {
  dev: "dev.yourdomain.com",
  staging: "staging.yourdomain.com",
  prod: "studio.yourdomain.com",
};

const allowed = ofCluster(
  "allowedCidrs[0]",
  "192.0.2.0/24",
  "Write the ranges that deployments and people come from.",
);
const principals = (
  remedy: string,
  [deployer, admin, viewer]: readonly [string, string, string],
) => [
  ofCluster("deployer", deployer, remedy),
  ofCluster("admins[0]", admin, remedy),
  ofCluster("viewers[0]", viewer, remedy),
];
const arn = (role: string) => `arn:aws:iam::000000000000:role/${role}`;
const [, ...people] = principals("Write a principal of your own.", [
  "",
  "group:platform@example.com",
  "group:developers@example.com",
]);

const CLUSTERS: Readonly<Record<Cloud, readonly string[]>> = {
  gke: [
    ofCluster("project", "your-project", "Write the id of your project."),
    ofCluster(
      "deployer",
      "serviceAccount:deployer@your-project.iam.gserviceaccount.com",
      "Write a principal of your project.",
    ),
    ...people,
  ],
  eks: [
    ofCluster("account", "000000000000", "Write the number of your account."),
    allowed,
    ...principals("Write a role or user of your account.", [
      arn("deployer"),
      arn("platform"),
      arn("developers"),
    ]),
  ],
  aks: [
    ofCluster("subscription", ZEROS, ID),
    ofCluster("tenant", ZEROS, ID),
    allowed,
    ...principals(ID, [ZEROS, ZEROS, ZEROS]),
  ],
};

/** The stack with `slipway:placeholders` turned round. */
function refusing(source: StackSource): StackSource {
  return { ...source, values: { ...source.values, "slipway:placeholders": "refused" } };
}

function refusal(source: StackSource): string {
  return describeProblems(source.file, checkStack(refusing(source), () => undefined).problems);
}

function numbered(stack: string, problems: readonly string[]): string {
  return [
    `Pulumi.${stack}.yaml has ${problems.length} problems:`,
    ...problems.map((problem, index) => `${index + 1}. ${problem}`),
  ].join("\n");
}

describe("the shipped stack files with placeholders refused", () => {
  for (const cloud of CLOUDS) {
    for (const stack of CLOUD_STACKS) {
      const problems = [
        ...CLUSTERS[cloud],
        email,
        host(HOSTS[stack]),
        ...clientAndImages,
        secret,
        ...ALERT_SECRETS[stack].map(missing),
      ];

      it(`${stack} on ${cloud}: is refused with exactly these problems`, () => {
        assert.equal(refusal(shipped(stack, cloud)), numbered(stack, problems));
      });

      it(`${stack} on ${cloud}: has as many counted where they are allowed`, () => {
        const { placeholders } = checkStack(shipped(stack, cloud));
        assert.equal(placeholders.length, problems.length);
      });
    }
  }

  it("local: is refused with exactly these problems", () => {
    const file =
      `slipway:cluster.kubeconfigFile: got ".local/kubeconfig", expected a file that exists, ${because}. ` +
      "Create it, or set slipway:kubeconfig in its place.";
    assert.equal(
      refusal(readStackFile("local")),
      numbered("local", [file, email, ...clientAndImages, secret]),
    );
  });

  it("local: is content with the file once it is there", () => {
    const { problems } = checkStack(refusing(readStackFile("local")), () => "apiVersion: v1");
    assert.ok(!problems.some(({ path: at }) => at === "slipway:cluster.kubeconfigFile"));
  });
});
