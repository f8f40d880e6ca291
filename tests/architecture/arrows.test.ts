import assert from "node:assert/strict";
import { localImports, repositoryFiles } from "./source-files.ts";

const LAYERS = [
  "components/core",
  "components/clusters",
  "components/platform",
  "components/workloads",
  "systems",
  "config",
  "plan",
  "policy",
  "local",
  "deployments",
  "tests",
] as const;

type Layer = (typeof LAYERS)[number] | "index.ts" | "start.js" | "other";

/** Which layers each may import, besides itself; the table of docs/architecture.md. */
const ALLOWED: Readonly<Record<Layer, readonly Layer[]>> = {
  "start.js": ["index.ts"],
  "index.ts": [
    "config",
    "systems",
    "components/core",
    "components/clusters",
    "components/platform",
    "components/workloads",
  ],
  "components/core": [],
  "components/clusters": ["components/core"],
  "components/platform": ["components/core"],
  "components/workloads": ["components/core"],
  systems: ["components/workloads", "components/core"],
  config: [
    "components/core",
    "components/clusters",
    "components/platform",
    "components/workloads",
    "systems",
  ],
  plan: [...LAYERS.filter((layer) => layer !== "tests"), "index.ts"],
  policy: ["components/core", "plan"],
  local: LAYERS.filter((layer) => layer !== "tests"),
  deployments: ["config", "components/core"],
  tests: [...LAYERS, "index.ts"],
  other: [],
};

function layerOf(file: string): Layer {
  if (file === "index.ts" || file === "start.js") return file;
  return LAYERS.find((layer) => file.startsWith(`${layer}/`)) ?? "other";
}

describe("arrows between layers", () => {
  const files = repositoryFiles(".ts", "start.js");

  it("are those of docs/architecture.md and no others", () => {
    const wrong = files.flatMap((file) => {
      const from = layerOf(file);
      return localImports(file)
        .filter((imported) => layerOf(imported) !== from)
        .filter((imported) => !ALLOWED[from].includes(layerOf(imported)))
        .map((imported) => `${file} imports ${imported}`);
    });
    assert.deepEqual(wrong, []);
  });

  it("were looked for in every layer that has files", () => {
    const seen = new Set(files.map(layerOf));
    for (const layer of ["config", "systems", "plan", "local", "components/core"] as const) {
      assert.ok(seen.has(layer), `no file was read in ${layer}`);
    }
  });

  it("form no cycle between files", () => {
    const graph = new Map(files.map((file) => [file, localImports(file)]));
    const done = new Set<string>();
    const visit = (file: string, trail: readonly string[]): void => {
      const start = trail.indexOf(file);
      assert.equal(start, -1, `cycle: ${[...trail.slice(start), file].join(" → ")}`);
      if (done.has(file)) return;
      for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
  });
});
