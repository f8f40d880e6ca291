import type { VersionRule } from "./tool-version.ts";

/** A program that the local stack or its tests start. */
export interface Tool {
  readonly name: string;
  /** Folder below `local/tools/modules/` whose go.mod pins everything the program is built from. */
  readonly module: string;
  readonly package: string;
  /** What go.mod pins; a test compares the two. */
  readonly version: string;
  /** Which ready-made programs on PATH do as well. */
  readonly accepts: VersionRule;
  /** Arguments that make the program print its version; absent where it cannot. */
  readonly versionArguments?: readonly string[];
  /** A program that cannot print its version is taken from PATH only where it lies beside this one. */
  readonly beside?: string;
  /** Linker flags besides those that strip the program. */
  readonly linkerFlags: readonly string[];
  /** How long a build takes on 2 cores with nothing cached, downloads included, in seconds. */
  readonly buildSeconds: number;
}

const KUBERNETES = "1.36.3";

/** Without these, the API server says that it is version v0.0.0-master. */
const kubernetesVersion = [
  `-X k8s.io/component-base/version.gitVersion=v${KUBERNETES}`,
  "-X k8s.io/component-base/version.gitMajor=1",
  "-X k8s.io/component-base/version.gitMinor=36",
  "-X k8s.io/component-base/version.gitTreeState=clean",
];

const kubernetesPart = <Name extends string>(name: Name, buildSeconds: number) =>
  ({
    name,
    module: "kubernetes",
    package: `k8s.io/kubernetes/cmd/${name}`,
    version: KUBERNETES,
    accepts: "same-minor",
    versionArguments: ["--version"],
    linkerFlags: kubernetesVersion,
    buildSeconds,
  }) as const;

/**
 * Every program there is, in the order of building: what is needed first comes first, and the parts of
 * Kubernetes follow one another because each finds most of its packages compiled by the one before.
 */
export const TOOLS = [
  {
    name: "pulumi-language-nodejs",
    module: "pulumi-language-nodejs",
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    // The last version whose module can be built alone; newer engines talk to it all the same.
    version: "3.68.0",
    accepts: "same-major",
    beside: "pulumi",
    linkerFlags: [],
    buildSeconds: 14,
  },
  {
    name: "etcd",
    module: "kubernetes",
    package: "go.etcd.io/etcd/server/v3",
    version: "3.6.8",
    accepts: "same-minor",
    versionArguments: ["--version"],
    linkerFlags: [],
    buildSeconds: 21,
  },
  kubernetesPart("kube-apiserver", 147),
  kubernetesPart("kube-controller-manager", 47),
  kubernetesPart("kube-scheduler", 4),
  {
    name: "kwok",
    module: "kwok",
    package: "sigs.k8s.io/kwok/cmd/kwok",
    version: "0.8.0",
    accepts: "same-minor",
    versionArguments: ["--version"],
    linkerFlags: [],
    buildSeconds: 54,
  },
  {
    name: "pulumi",
    module: "pulumi",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    version: "3.255.0",
    accepts: "same-major",
    versionArguments: ["version"],
    // Without it `pulumi version` prints nothing, and what reads that refuses the program.
    linkerFlags: ["-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v3.255.0"],
    buildSeconds: 174,
  },
  {
    name: "kube-score",
    module: "kube-score",
    package: "github.com/zegl/kube-score/cmd/kube-score",
    version: "1.20.0",
    accepts: "same-minor",
    versionArguments: ["version"],
    linkerFlags: ["-X main.version=1.20.0"],
    buildSeconds: 16,
  },
  {
    name: "cyclonus",
    module: "cyclonus",
    package: "github.com/mattfenwick/cyclonus/cmd/cyclonus",
    version: "0.5.6",
    accepts: "same-minor",
    versionArguments: ["version"],
    linkerFlags: ["-X github.com/mattfenwick/cyclonus/pkg/cli.version=0.5.6"],
    buildSeconds: 75,
  },
  {
    name: "helm",
    module: "helm",
    package: "helm.sh/helm/v4/cmd/helm",
    version: "4.3.1",
    accepts: "same-major",
    versionArguments: ["version"],
    linkerFlags: ["-X helm.sh/helm/v4/internal/version.version=v4.3.1"],
    buildSeconds: 96,
  },
  {
    name: "http-echo",
    module: "http-echo",
    package: "github.com/hashicorp/http-echo",
    version: "1.0.0",
    accepts: "same-minor",
    versionArguments: ["-version"],
    linkerFlags: ["-X github.com/hashicorp/http-echo/version.Version=1.0.0"],
    buildSeconds: 5,
  },
] as const satisfies readonly Tool[];

export type ToolName = (typeof TOOLS)[number]["name"];

/** What `make up` starts; the others serve tests only. */
export const UP_TOOLS = [
  "pulumi-language-nodejs",
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kwok",
  "pulumi",
] as const satisfies readonly ToolName[];

/** The row of a tool. */
export function toolNamed(name: ToolName): Tool {
  const tool = TOOLS.find((row) => row.name === name);
  if (tool === undefined) throw new Error(`no tool is called ${name}`);
  return tool;
}
