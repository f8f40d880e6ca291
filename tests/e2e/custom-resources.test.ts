import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import type { Manifest } from "../../local/providers/kubernetes/manifest.ts";
import { toolFolder } from "../../local/tools/index.ts";
import { customResources } from "../support/custom-resources.ts";
import { allDefinitions, serveDefinitions, undefinedKinds } from "../../plan/charts/definitions.ts";
import { startStack, type RunningStack } from "../support/running-stack.ts";
import {
  fieldLedger,
  kindName,
  readFieldLedger,
} from "../../plan/custom-resources/field-ledger.ts";
import { strictApi, type StrictApi } from "../support/strict-api.ts";
import { uncheckedKindsOf } from "../support/unchecked-kinds.ts";

const root = path.resolve(import.meta.dirname, "../..");

describe("the API server, asked about every custom resource that any stack can have", () => {
  let running: RunningStack;
  let api: StrictApi;
  let resources: Manifest[];
  let definitions: Manifest[];

  before(async () => {
    running = await startStack("local", "custom-resources");
    api = strictApi(running.controlPlane.kubeconfig);
    resources = await customResources();
    definitions = allDefinitions(toolFolder().crds);
    // None of the kinds is Kubernetes' own, or it would be judged elsewhere and here be no judge.
    for (const object of resources) {
      assert.match((await api.refusal(object)) ?? "", /knows no kind/, kindName(object));
    }
    await serveDefinitions(api, definitions);
    const namespaces = new Set(resources.flatMap(({ metadata }) => metadata.namespace ?? []));
    await api.createAll(
      [...namespaces].map((name) => ({
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name },
      })),
    );
  });

  after(() => running.stop());

  it("accepts all of a kind that it has the definition of, strictly", async () => {
    const unchecked = undefinedKinds(resources, definitions);
    const judged = resources.filter((object) => !unchecked.includes(kindName(object)));
    for (const kind of [
      "cert-manager.io/v1 ClusterIssuer",
      "monitoring.coreos.com/v1 PrometheusRule",
      "monitoring.coreos.com/v1 ServiceMonitor",
      "monitoring.coreos.com/v1 PodMonitor",
      "postgresql.cnpg.io/v1 Cluster",
      "postgresql.cnpg.io/v1 ScheduledBackup",
      "barmancloud.cnpg.io/v1 ObjectStore",
    ]) {
      assert.ok(
        judged.some((object) => kindName(object) === kind),
        kind,
      );
    }
    const refusals = await Promise.all(judged.map((object) => api.refusal(object)));
    assert.deepEqual(
      refusals.filter((text) => text !== undefined),
      [],
    );
  });

  it("refuses each of them with a field that its definition does not have", async () => {
    const unchecked = undefinedKinds(resources, definitions);
    const one = new Map(resources.map((object) => [kindName(object), object]));
    for (const [kind, object] of one) {
      if (unchecked.includes(kind)) continue;
      const wrong = { ...object, spec: { ...(object["spec"] as object), isNoField: true } };
      assert.match((await api.refusal(wrong)) ?? "", /unknown field "spec.isNoField"/, kind);
    }
  });

  it("has definitions with the fields that the plan goes by, and no others (make generate)", () => {
    assert.deepEqual(readFieldLedger(), fieldLedger(resources, definitions));
  });

  it("has no definition of what docs/platform.md lists, and of nothing else (make generate)", () => {
    const page = fs.readFileSync(path.join(root, "docs/platform.md"), "utf8");
    assert.deepEqual(uncheckedKindsOf(page), undefinedKinds(resources, definitions));
  });
});
