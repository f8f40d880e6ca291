import type { ClusterKind, ClusterSettings } from "../../components/clusters/settings.ts";
import { judged, type Check } from "./check.ts";
import { notChecked, ok, problem, remark, type Verdict } from "./finding.ts";
import { judgeVersion, versionOf } from "./versions.ts";

/** A program that a person needs on PATH. */
interface Tool {
  readonly file: string;
  readonly args: readonly string[];
  /** Oldest version that does; absent where any does. */
  readonly oldest?: string;
  /** The command that installs it, or a newer one. */
  readonly install: string;
  readonly judge?: (output: string) => Verdict;
}

const PULUMI: Tool = {
  file: "pulumi",
  args: ["version"],
  // As `requiredPulumiVersion` of Pulumi.yaml says.
  oldest: "3.255.0",
  install: "curl -fsSL https://get.pulumi.com | sh",
};

const NODE: Tool = {
  file: "node",
  args: ["--version"],
  // As start.js says.
  oldest: "24.0.0",
  install: 'export PATH="$PWD/node_modules/.bin:$PATH"',
};

const INSTALL_KUBELOGIN = "az aks install-cli";

/** Another program of that name signs in to OpenID providers, and cannot sign in to Azure. */
export function judgeKubelogin(output: string): Verdict {
  if (!/git hash:/i.test(output)) {
    return problem(
      "this is another program of that name: Azure's own is needed",
      INSTALL_KUBELOGIN,
    );
  }
  const version = versionOf(output.slice(output.search(/git hash:/i)));
  return ok(version ?? "found; it does not say which version");
}

const AWS_INSTALL =
  "curl -fsSLO https://awscli.amazonaws.com/awscli-exe-linux-x86_64.zip && unzip -q awscli-exe-linux-x86_64.zip && sudo ./aws/install --update";
const AWS_INSTALL_MACOS =
  "curl -fsSLO https://awscli.amazonaws.com/AWSCLIV2.pkg && sudo installer -pkg AWSCLIV2.pkg -target /";

/** What each kind of cluster needs beside Pulumi and Node. */
const TOOLS: Readonly<Record<ClusterKind, readonly Tool[]>> = {
  existing: [],
  gke: [
    {
      file: "gcloud",
      args: ["version"],
      install: "curl -fsSL https://sdk.cloud.google.com | bash",
    },
    {
      file: "gke-gcloud-auth-plugin",
      args: ["--version"],
      install: "gcloud components install gke-gcloud-auth-plugin",
    },
  ],
  eks: [
    {
      file: "aws",
      args: ["--version"],
      oldest: "2.0.0",
      install: process.platform === "darwin" ? AWS_INSTALL_MACOS : AWS_INSTALL,
    },
  ],
  aks: [
    {
      file: "az",
      args: ["version"],
      install:
        process.platform === "darwin"
          ? "brew install azure-cli"
          : "curl -fsSL https://aka.ms/InstallAzureCLIDeb | sudo bash",
    },
    {
      file: "kubelogin",
      args: ["--version"],
      install: INSTALL_KUBELOGIN,
      judge: judgeKubelogin,
    },
  ],
};

function toolCheck({ file, args, oldest, install, judge }: Tool): Check {
  return judged(
    "Tools",
    file,
    { file, args },
    judge ?? ((output) => judgeVersion(output, oldest, install)),
    (refusal) => (refusal.is === "missing" ? problem("not on PATH", install) : undefined),
  );
}

/** Minor versions that kubectl may be away from the API server. */
const KUBECTL_SKEW = 1;

/** kubectl may be one minor version older or newer than the cluster. */
export function judgeKubectl(output: string, clusterVersion: string | undefined): Verdict {
  const version = versionOf(/"gitVersion":\s*"([^"]+)"/.exec(output)?.[1] ?? "");
  if (version === undefined) return notChecked("kubectl does not say which version it is");
  if (clusterVersion === undefined) return ok(version);
  const [own = 0, its = 0] = [version, clusterVersion].map((text) => Number(text.split(".")[1]));
  if (Math.abs(own - its) <= KUBECTL_SKEW) return ok(version);
  return remark(
    `${version} is more than one minor version away from the cluster's ${clusterVersion}`,
    `Install kubectl ${clusterVersion}: https://kubernetes.io/docs/tasks/tools/`,
  );
}

function kubectlCheck(clusterVersion: string | undefined): Check {
  return judged(
    "Tools",
    "kubectl",
    { file: "kubectl", args: ["version", "--client", "--output=json"] },
    (output) => judgeKubectl(output, clusterVersion),
    (refusal) =>
      refusal.is === "missing"
        ? remark(
            "not on PATH; no deployment needs it, and the runbooks do",
            "See https://kubernetes.io/docs/tasks/tools/",
          )
        : undefined,
  );
}

/** The programs that a stack's deployment runs, and kubectl. Helm is not among them: nothing here runs it. */
export function toolChecks(cluster: ClusterSettings): Check[] {
  const version = cluster.kind === "existing" ? undefined : cluster.kubernetesVersion;
  return [...[PULUMI, NODE, ...TOOLS[cluster.kind]].map(toolCheck), kubectlCheck(version)];
}
