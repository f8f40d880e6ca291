import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { parseDocument } from "yaml";
import type { RouteKind } from "../../components/platform/envoy-gateway-settings.ts";
import { stackFolder } from "../../config/stack-folder.ts";
import type { PlanEntry } from "../support/comparable-state.ts";
import { ROOT } from "./run-plan.ts";

const run = promisify(execFile);
const CLOUDS = { gke: undefined, eks: "eks", aks: "aks" } as const;
type Cloud = keyof typeof CLOUDS;

/** Prod in a cloud with routes of a kind, as it would be planned; ingress-nginx goes with the Ingress. */
async function planned(cloud: Cloud, routes: RouteKind, exposure: string): Promise<PlanEntry[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-gateway-"));
  const source = path.join(stackFolder(CLOUDS[cloud]), "Pulumi.prod.yaml");
  const document = parseDocument(fs.readFileSync(source, "utf8"));
  const platform = ["config", "slipway:platform"];
  document.setIn([...platform, "envoyGateway"], document.createNode({ enabled: true, exposure }));
  document.setIn([...platform, "routes"], routes);
  document.setIn([...platform, "ingressNginx", "enabled"], routes !== "gateway");
  fs.writeFileSync(path.join(folder, "Pulumi.prod.yaml"), document.toString());
  const program = path.join(ROOT, "tests/support/plan-of-folder.ts");
  const command = [program, "prod", folder];
  const { stdout } = await run(process.execPath, command, { cwd: ROOT, maxBuffer: 64 << 20 });
  fs.rmSync(folder, { recursive: true });
  return JSON.parse(stdout) as PlanEntry[];
}

const kindOf = ({ type }: PlanEntry) => type.split(":").at(-1) ?? "";

describe("prod with routes of the Gateway API", function () {
  this.timeout(60_000);

  const cases: [Cloud, RouteKind, string, annotation: string][] = [
    ["gke", "both", "public", "cloud.google.com/l4-rbs"],
    ["eks", "gateway", "internal", "service.beta.kubernetes.io/aws-load-balancer-scheme"],
    ["aks", "gateway", "internal", "service.beta.kubernetes.io/azure-load-balancer-internal"],
  ];
  for (const [cloud, routes, exposure, annotation] of cases) {
    it(`${cloud}, ${routes}: no judge refuses it, and the load balancer is ${exposure}`, async () => {
      const entries = await planned(cloud, routes, exposure);
      const kinds = entries.map(kindOf);
      assert.equal(kinds.includes("Ingress"), routes === "both");
      for (const kind of ["HTTPRoute", "Gateway", "BackendTrafficPolicy", "Certificate"]) {
        assert.ok(kinds.includes(kind), kind);
      }
      const proxy = JSON.stringify(entries.find((entry) => kindOf(entry) === "EnvoyProxy")?.inputs);
      assert.ok(proxy.includes(`"${annotation}"`), proxy);
    });
  }
});
