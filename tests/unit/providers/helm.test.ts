import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, it } from "mocha";
import { chartDefinitions } from "../../../local/providers/kubernetes/helm/chart-definitions.ts";
import { fullName } from "../../../local/providers/kubernetes/helm/chart-names.ts";
import { STAND_IN_CHARTS } from "../../../local/providers/kubernetes/helm/charts/index.ts";
import {
  checkRelease,
  diffRelease,
  releaseSpec,
} from "../../../local/providers/kubernetes/helm/release-inputs.ts";
import {
  parseManifest,
  renderManifest,
  resourceNames,
} from "../../../local/providers/kubernetes/helm/release-objects.ts";
import {
  decodeRecord,
  encodeRecord,
  recordSecret,
  type ReleaseRecord,
} from "../../../local/providers/kubernetes/helm/release-record.ts";
import type { Manifest } from "../../../local/providers/kubernetes/manifest.ts";
import {
  secret,
  type JsonObject,
  type PropertyMap,
} from "../../../local/providers/property-values.ts";

const record: ReleaseRecord = {
  name: "r",
  namespace: "ns",
  version: 3,
  info: {
    first_deployed: "a",
    last_deployed: "b",
    deleted: "",
    description: "d",
    status: "deployed",
  },
  chart: {
    metadata: { name: "c", version: "1.2.3", apiVersion: "v2" },
    lock: null,
    templates: [],
    values: {},
    schema: null,
    files: null,
  },
  config: { a: [1, "ä"] },
  manifest: "",
};

describe("release record", () => {
  it("is packed, then base64, then base64 again as a Secret's data is", () => {
    const outer = Buffer.from(encodeRecord(record), "base64").toString("utf8");
    const json = gunzipSync(Buffer.from(outer, "base64")).toString("utf8");
    assert.deepEqual(JSON.parse(json), record);
    assert.deepEqual(decodeRecord(recordSecret(record)), record);
  });

  it("is found by Helm's name, type and labels", () => {
    const { type, metadata } = recordSecret(record);
    assert.equal(type, "helm.sh/release.v1");
    assert.deepEqual(metadata, {
      name: "sh.helm.release.v1.r.v3",
      namespace: "ns",
      labels: { name: "r", owner: "helm", status: "deployed", version: "3" },
    });
  });
});

describe("release inputs", () => {
  const type = "kubernetes:helm.sh/v3:Release";
  const check = (newInputs: PropertyMap, oldInputs: PropertyMap = {}) =>
    checkRelease(
      {
        urn: `urn:pulumi:s::p::${type}::web`,
        type,
        name: "web",
        oldInputs,
        newInputs,
        randomSeed: new Uint8Array(),
      },
      "default",
    );
  const good = { chart: "c", version: "1.2.3", repositoryOpts: { repo: "https://charts.test" } };

  it("are completed with a stable name, a namespace and Helm's time-out", () => {
    const { inputs, failures } = check(good);
    assert.deepEqual(failures, []);
    assert.match(inputs["name"] as string, /^web-[0-9a-f]{8}$/);
    assert.deepEqual([inputs["namespace"], inputs["timeout"]], ["default", 300]);
    assert.deepEqual(check(good, inputs).inputs, inputs);
    assert.equal(check({ ...good, skipAwait: true }).inputs["timeout"], undefined);
  });

  const refused: readonly [PropertyMap, string][] = [
    [{ ...good, chart: "" }, "chart: is required"],
    [
      { chart: "c", version: "1.2.3" },
      "repositoryOpts.repo: is required, unless the chart is an address that starts with oci://",
    ],
    [
      { ...good, version: "^1.2" },
      'version: got "^1.2", expected one exact version such as 1.2.3: a range means another chart tomorrow',
    ],
    [
      { ...good, postrender: "x" },
      "postrender: the stand-in renders no chart, so there is nothing to render again",
    ],
  ];
  for (const [inputs, expected] of refused) {
    it(`refuse ${expected}`, () => {
      const { failures } = check(inputs);
      assert.deepEqual(
        failures.map(({ property, reason }) => `${property}: ${reason}`),
        [expected],
      );
    });
  }

  it("accept a chart in a registry without a repository", () => {
    const inputs = { chart: "oci://registry.test/charts/c", version: "v1.2.3-rc.1" };
    assert.deepEqual(check(inputs).failures, []);
    assert.equal(releaseSpec(check(inputs).inputs).chart, "c");
  });

  it("replace for name and namespace only", () => {
    const diff = diffRelease(
      { ...good, name: "a", values: { b: 1 } },
      { ...good, name: "c", values: secret({ b: 2 }) },
    );
    assert.deepEqual(
      [...(diff.changed ?? [])],
      [
        ["name", { kind: "update", replace: true }],
        ["values.b", { kind: "update", replace: false }],
      ],
    );
  });
});

describe("fullName", () => {
  const cases: readonly [string, string, string | undefined, number | undefined, string][] = [
    ["cert-manager", "cert-manager", undefined, undefined, "cert-manager"],
    ["prod", "cert-manager", undefined, undefined, "prod-cert-manager"],
    ["prod", "cert-manager", "issuer", undefined, "issuer"],
    ["prometheus", "kube-prometheus-stack", undefined, 26, "prometheus-kube-prometheus"],
    ["monitoring", "kube-prometheus-stack", undefined, 26, "monitoring-kube-prometheus"],
  ];
  for (const [release, chart, override, length, expected] of cases) {
    it(expected, () => {
      assert.equal(fullName(release, chart, override, length), expected);
    });
  }
});

describe("objects of charts", () => {
  const services = (chart: string, name: string, values: JsonObject) => {
    const inputs = { name, namespace: "ns", chart, version: "1.0.0", values } as PropertyMap;
    return (STAND_IN_CHARTS[chart]?.objects(releaseSpec(inputs)) ?? []).map(
      ({ kind, metadata }) => `${kind} ${metadata["name"] as string}`,
    );
  };

  it("follow names and switches of the values", () => {
    assert.deepEqual(
      services("cert-manager", "cm", {
        fullnameOverride: "issuer",
        prometheus: { enabled: false },
      }),
      ["Service issuer-webhook"],
    );
    assert.deepEqual(
      services("ingress-nginx", "edge", {
        controller: {
          admissionWebhooks: { enabled: false },
          ingressClassResource: { name: "edge" },
        },
      }),
      ["Service edge-ingress-nginx-controller", "IngressClass edge"],
    );
    assert.deepEqual(
      services("kube-prometheus-stack", "prometheus", {
        grafana: { fullnameOverride: "grafana" },
        alertmanager: { enabled: false },
        nodeExporter: { enabled: false },
        prometheusOperator: { enabled: false },
      }),
      [
        "Service prometheus-kube-prometheus-prometheus",
        "Service grafana",
        "Service prometheus-kube-state-metrics",
      ],
    );
    assert.deepEqual(services("prometheus-operator-crds", "d", {}), []);
  });
});

describe("release manifests", () => {
  it("hold objects whole and definitions by name", () => {
    const service: Manifest = {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "a", namespace: "ns" },
      spec: {},
    };
    const definition: Manifest = {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: "d" },
      spec: { large: true },
    };
    const parsed = parseManifest(renderManifest([service, definition]));
    assert.deepEqual(parsed[0], service);
    assert.equal(parsed[1]?.["spec"], undefined);
    assert.deepEqual(resourceNames(parsed), {
      "Service/v1": ["ns/a"],
      "CustomResourceDefinition.apiextensions.k8s.io/apiextensions.k8s.io/v1": ["d"],
    });
  });
});

describe("chartDefinitions", () => {
  it("reads the definitions in a chart's folder and nothing else in it", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "crds-"));
    try {
      fs.mkdirSync(path.join(folder, "c"));
      const text = "kind: CustomResourceDefinition\nmetadata: {name: a}\n---\nkind: Other\n";
      fs.writeFileSync(path.join(folder, "c", "a.yaml"), text);
      fs.writeFileSync(path.join(folder, "c", "stamp"), "x");
      assert.deepEqual(
        chartDefinitions("c", folder).map(({ metadata }) => metadata),
        [{ name: "a" }],
      );
      assert.throws(() => chartDefinitions("d", folder), {
        message:
          `the custom resource definitions of the chart d are expected in ${path.join(folder, "d")}. ` +
          "`make up` puts them there, and SLIPWAY_CRDS names another folder.",
      });
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});
