import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { diffObject } from "../../../local/providers/kubernetes/diff-object.ts";
import { secret, type PropertyMap } from "../../../local/providers/property-values.ts";

const object = (kind: string, rest: PropertyMap, apiVersion = "v1"): PropertyMap => ({
  apiVersion,
  kind,
  metadata: { name: "x" },
  ...rest,
});

describe("diffObject", () => {
  const strict = { mutability: { secrets: false, configMaps: false }, defaultNamespace: "default" };
  const mutable = { ...strict, mutability: { secrets: true, configMaps: true } };
  const spec = (value: PropertyMap): PropertyMap => ({ spec: value });

  const replaced: readonly [string, string, PropertyMap, PropertyMap, string][] = [
    [
      "Deployment",
      "apps/v1",
      spec({ selector: { matchLabels: { a: "1" } } }),
      spec({ selector: { matchLabels: { a: "2" } } }),
      "spec.selector.matchLabels.a",
    ],
    [
      "DaemonSet",
      "apps/v1",
      spec({ selector: { a: "1" } }),
      spec({ selector: { a: "2" } }),
      "spec.selector.a",
    ],
    [
      "StatefulSet",
      "apps/v1",
      spec({ serviceName: "a" }),
      spec({ serviceName: "b" }),
      "spec.serviceName",
    ],
    [
      "StatefulSet",
      "apps/v1",
      spec({ podManagementPolicy: "Parallel" }),
      spec({}),
      "spec.podManagementPolicy",
    ],
    [
      "StatefulSet",
      "apps/v1",
      spec({ volumeClaimTemplates: [] }),
      spec({ volumeClaimTemplates: [{}] }),
      "spec.volumeClaimTemplates[0]",
    ],
    [
      "Job",
      "batch/v1",
      spec({ template: { a: 1 } }),
      spec({ template: { a: 2 } }),
      "spec.template.a",
    ],
    [
      "PersistentVolumeClaim",
      "v1",
      spec({ storageClassName: "a" }),
      spec({ storageClassName: "b" }),
      "spec.storageClassName",
    ],
    [
      "PersistentVolumeClaim",
      "v1",
      spec({ accessModes: ["a"] }),
      spec({ accessModes: ["b"] }),
      "spec.accessModes[0]",
    ],
    ["Service", "v1", spec({ clusterIP: "a" }), spec({ clusterIP: "b" }), "spec.clusterIP"],
    [
      "RoleBinding",
      "rbac.authorization.k8s.io/v1",
      { roleRef: { name: "a" } },
      { roleRef: { name: "b" } },
      "roleRef.name",
    ],
    [
      "StorageClass",
      "storage.k8s.io/v1",
      { provisioner: "a" },
      { provisioner: "b" },
      "provisioner",
    ],
    ["StorageClass", "storage.k8s.io/v1", { parameters: { a: "1" } }, {}, "parameters"],
    ["Secret", "v1", { data: { a: "1" } }, { data: { a: "2" } }, "data.a"],
    ["ConfigMap", "v1", { data: { a: "1" } }, { data: { a: "2" } }, "data.a"],
    ["Secret", "v1", { type: "a" }, { type: "b" }, "type"],
  ];
  for (const [kind, apiVersion, before, after, path] of replaced) {
    it(`replaces a ${kind} for ${path}`, () => {
      const diff = diffObject(
        object(kind, before, apiVersion),
        object(kind, after, apiVersion),
        strict,
      );
      assert.deepEqual(
        [...(diff.changed ?? [])].map(([key, { replace }]) => [key, replace]),
        [[path, true]],
      );
      assert.equal(diff.deleteBeforeReplace, true);
    });
  }

  const updated: readonly [string, string, PropertyMap, PropertyMap][] = [
    ["Deployment", "apps/v1", spec({ replicas: 1 }), spec({ replicas: 2 })],
    ["StatefulSet", "apps/v1", spec({ template: { a: 1 } }), spec({ template: { a: 2 } })],
    [
      "PersistentVolumeClaim",
      "v1",
      spec({ resources: { requests: { storage: "1Gi" } } }),
      spec({ resources: { requests: { storage: "2Gi" } } }),
    ],
    ["Secret", "v1", { stringData: secret({ a: "1" }) }, { stringData: secret({ a: "2" }) }],
    ["ConfigMap", "v1", { data: { a: "1" } }, { data: { a: "2" } }],
  ];
  for (const [kind, apiVersion, before, after] of updated) {
    it(`updates a ${kind} for ${JSON.stringify(Object.keys(after))}`, () => {
      const diff = diffObject(
        object(kind, before, apiVersion),
        object(kind, after, apiVersion),
        mutable,
      );
      assert.deepEqual(
        [...(diff.changed ?? [])].map(([, { replace }]) => replace),
        [false],
      );
      assert.equal(diff.deleteBeforeReplace, false);
    });
  }

  it("replaces an immutable ConfigMap even where they are mutable", () => {
    const before = object("ConfigMap", { immutable: true, data: { a: "1" } });
    const diff = diffObject(before, { ...before, data: { a: "2" } }, mutable);
    assert.equal(diff.changed?.get("data.a")?.replace, true);
  });

  it("replaces for name and namespace, without deleting first", () => {
    for (const metadata of [{ name: "y" }, { name: "x", namespace: "other" }]) {
      const diff = diffObject(object("ConfigMap", {}), object("ConfigMap", { metadata }), mutable);
      assert.equal(
        [...(diff.changed ?? [])].some(([, { replace }]) => replace),
        true,
      );
      assert.equal(diff.deleteBeforeReplace, false);
    }
  });

  it("creates the new object first when its name was made up", () => {
    const metadata = { name: "x", annotations: { "pulumi.com/autonamed": "true" } };
    const before = object("ConfigMap", { metadata, data: { a: "1" } });
    assert.equal(
      diffObject(before, { ...before, data: { a: "2" } }, strict).deleteBeforeReplace,
      false,
    );
  });

  it("sees no change in another spelling: default namespace, quantities, read-only metadata", () => {
    const limits = (cpu: string, memory: string) =>
      spec({ containers: [{ resources: { limits: { cpu, memory } } }] });
    const before = object("Deployment", limits("0.5", "1024Mi"), "apps/v1");
    const metadata = { name: "x", namespace: "default", resourceVersion: "5" };
    const after = { ...object("Deployment", limits("500m", "1Gi"), "apps/v1"), metadata };
    assert.equal(diffObject(before, after, mutable).changed?.size, 0);
    const texts = (a: string) => object("ConfigMap", { data: { requests: a } });
    assert.equal(diffObject(texts("1"), texts("1.0"), mutable).changed?.size, 1);
  });
});
