import fs from "node:fs";
import path from "node:path";
import { execa } from "execa";

/** kube-score's grade for what it calls critical. */
const CRITICAL = 1;

interface Scored {
  /** `Kind/version/namespace/name`. */
  readonly object_name: string;
  readonly type_meta: { readonly kind: string };
  readonly checks: readonly {
    readonly check: { readonly name: string };
    readonly grade: number;
    readonly skipped: boolean;
  }[];
}

/** What kube-score finds critical in the YAML files below a folder, as `Deployment shop: Pod Probes`. */
export async function scoreFiles(kubeScore: string, folder: string): Promise<string[]> {
  if (!fs.existsSync(folder)) return [];
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.ya?ml$/.test(file))
    .map((file) => path.join(folder, file));
  if (files.length === 0) return [];
  const args = ["score", "--kubernetes-version", "v1.36", "--output-format", "json"];
  const { stdout } = await execa(kubeScore, [...args, ...files], { reject: false });
  // Without any object that it knows it prints null.
  const scored = (JSON.parse(stdout || "null") ?? []) as Scored[];
  return scored.flatMap(({ object_name: name, type_meta: { kind }, checks }) =>
    checks
      .filter(({ grade, skipped }) => grade === CRITICAL && !skipped)
      .map(({ check }) => `${kind} ${name.split("/").at(-1) ?? ""}: ${check.name}`),
  );
}
