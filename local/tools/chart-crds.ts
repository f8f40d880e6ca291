import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { LocalError } from "../local-error.ts";
import { goEnvironment } from "./build-tool.ts";
import { moduleFolder, type ToolFolder } from "./tool-folder.ts";

/** Custom resource definitions that an operator's Go module carries as files. */
export interface CrdSource {
  /** The module; its version stands in `local/tools/modules/crds/go.mod`. */
  readonly module: string;
  readonly folder: string;
  /** The files in it that are definitions; all of its YAML unless said. */
  readonly files?: readonly string[];
  /** The charts that bring these definitions along; each gets a folder of that name. */
  readonly charts: readonly string[];
}

export const CRD_SOURCES: readonly CrdSource[] = [
  {
    module: "github.com/cert-manager/cert-manager",
    folder: "deploy/crds",
    charts: ["cert-manager"],
  },
  {
    module: "github.com/prometheus-operator/prometheus-operator",
    folder: "example/prometheus-operator-crd",
    charts: ["kube-prometheus-stack", "prometheus-operator-crds"],
  },
  {
    module: "github.com/cloudnative-pg/cloudnative-pg",
    folder: "config/crd/bases",
    charts: ["cloudnative-pg"],
  },
  // The chart carries all of the Gateway API, the experimental kinds too. Judged is by the standard ones,
  // which are all that a cluster with definitions of its own has.
  {
    module: "sigs.k8s.io/gateway-api",
    folder: "config/crd/standard",
    charts: ["gateway-helm"],
  },
  {
    module: "github.com/envoyproxy/gateway",
    folder: "charts/gateway-helm/charts/crds/crds/generated",
    charts: ["gateway-helm"],
  },
  {
    module: "github.com/cloudnative-pg/plugin-barman-cloud",
    folder: "config/crd/bases",
    charts: ["plugin-barman-cloud"],
  },
  {
    // The newest that module proxies have, and older than the chart: its kinds are of the same version.
    module: "github.com/external-secrets/external-secrets",
    folder: "config/crds/bases",
    charts: ["external-secrets"],
  },
  {
    module: "github.com/bitnami-labs/sealed-secrets",
    folder: "helm/sealed-secrets/crds",
    charts: ["sealed-secrets"],
  },
  {
    module: "github.com/vmware-tanzu/velero",
    folder: "config/crd/v1/bases",
    charts: ["velero"],
  },
  {
    module: "github.com/vmware-tanzu/velero",
    folder: "config/crd/v2alpha1/bases",
    charts: ["velero"],
  },
  {
    module: "k8s.io/autoscaler/vertical-pod-autoscaler",
    folder: "deploy",
    files: ["vpa-v1-crd-gen.yaml"],
    charts: ["vpa"],
  },
];

/** The version of a module that the text of a go.mod requires. */
export function requiredVersion(goMod: string, module: string): string | undefined {
  const words = goMod.split("\n").map((line) =>
    line
      .trim()
      .replace(/^require /, "")
      .split(/\s+/),
  );
  return words.find(([path_, version = ""]) => path_ === module && /^v\d/.test(version))?.[1];
}

function stampNow(): string {
  const files = ["go.mod", "go.sum"].map((file) =>
    fs.readFileSync(path.join(moduleFolder("crds"), file), "utf8"),
  );
  return createHash("sha256")
    .update(JSON.stringify([CRD_SOURCES, files]))
    .digest("hex");
}

const stampFile = (folder: ToolFolder) => path.join(folder.crds, "stamp");

/** Whether the definitions of the pinned versions are there, whole. */
export function hasCurrentCrds(folder: ToolFolder): boolean {
  return (
    fs.existsSync(stampFile(folder)) && fs.readFileSync(stampFile(folder), "utf8") === stampNow()
  );
}

/** Where Go unpacked a module, after fetching it if need be and comparing it with go.sum. */
async function unpacked(source: CrdSource): Promise<string> {
  const cwd = moduleFolder("crds");
  const goMod = fs.readFileSync(path.join(cwd, "go.mod"), "utf8");
  const wanted = `${source.module}@${requiredVersion(goMod, source.module) ?? ""}`;
  const { stdout, stderr } = await execa("go", ["mod", "download", "-json", wanted], {
    cwd,
    env: goEnvironment(),
    reject: false,
  });
  const answer = JSON.parse(stdout || "{}") as { Dir?: string; Error?: string };
  if (answer.Dir === undefined) {
    throw new LocalError(
      `The custom resource definitions of ${wanted} could not be fetched:\n  ${answer.Error ?? stderr}\n` +
        "Check the network, or name a module proxy you can reach in GOPROXY.",
    );
  }
  return path.join(answer.Dir, source.folder);
}

/** Copies the definitions out of the module cache, replacing those of other versions. */
export async function provideCrds(folder: ToolFolder): Promise<void> {
  const unfinished = `${folder.crds}.${process.pid}.unfinished`;
  for (const source of CRD_SOURCES) {
    const from = await unpacked(source);
    for (const chart of source.charts) {
      const to = path.join(unfinished, chart);
      fs.mkdirSync(to, { recursive: true });
      // Read and written again, because files of the module cache are read-only, and a copy stays so.
      const files = source.files ?? fs.readdirSync(from).filter((name) => name.endsWith(".yaml"));
      for (const file of files) {
        fs.writeFileSync(path.join(to, file), fs.readFileSync(path.join(from, file)));
      }
    }
  }
  fs.writeFileSync(path.join(unfinished, "stamp"), stampNow());
  fs.rmSync(folder.crds, { recursive: true, force: true });
  fs.renameSync(unfinished, folder.crds);
}
