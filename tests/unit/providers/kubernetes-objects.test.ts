import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { autonamed, isAutonamed } from "../../../local/providers/kubernetes/autoname.ts";
import { checkObject } from "../../../local/providers/kubernetes/check-object.ts";
import { liveInputs } from "../../../local/providers/kubernetes/live-inputs.ts";
import { adoptedFields } from "../../../local/providers/kubernetes/managed-fields.ts";
import {
  manifestOf,
  stateOf,
  type Manifest,
} from "../../../local/providers/kubernetes/manifest.ts";
import { secret, UNKNOWN, type PropertyMap } from "../../../local/providers/property-values.ts";
import type { CheckRequest } from "../../../local/providers/provider.ts";

const object = (kind: string, rest: PropertyMap, apiVersion = "v1"): PropertyMap => ({
  apiVersion,
  kind,
  metadata: { name: "x" },
  ...rest,
});

function checkRequest(newInputs: PropertyMap, options: Partial<CheckRequest> = {}): CheckRequest {
  const type = `kubernetes:core/v1:${JSON.stringify(newInputs["kind"])}`;
  const seed = new Uint8Array([7]);
  return {
    urn: `urn:pulumi:s::p::${type}::web`,
    type,
    name: "web",
    oldInputs: {},
    newInputs,
    randomSeed: seed,
    ...options,
  };
}

describe("autonamed", () => {
  const nameless = { apiVersion: "v1", kind: "ConfigMap", metadata: { labels: { a: "b" } } };

  it("adds eight hexadecimal digits of the seed, the same each time", () => {
    const { inputs } = autonamed(checkRequest(nameless));
    const { name } = inputs["metadata"] as PropertyMap;
    assert.match(name as string, /^web-[0-9a-f]{8}$/);
    assert.deepEqual(autonamed(checkRequest(nameless)).inputs, inputs);
    assert.equal(isAutonamed(inputs), true);
  });

  it("keeps a made-up name, and not one that was set", () => {
    const { inputs: old } = autonamed(checkRequest(nameless));
    const other = { oldInputs: old, randomSeed: new Uint8Array([8]) };
    assert.deepEqual(autonamed(checkRequest(nameless, other)).inputs, old);
    const set = object("ConfigMap", {});
    const renamed = autonamed(checkRequest(nameless, { oldInputs: set })).inputs;
    assert.notEqual((renamed["metadata"] as PropertyMap)["name"], "x");
  });

  it("leaves a name alone that is set or not known yet", () => {
    const given: PropertyMap[string][] = [{ name: "x" }, { name: UNKNOWN }, UNKNOWN];
    for (const metadata of given) {
      const inputs: PropertyMap = { apiVersion: "v1", kind: "ConfigMap", metadata };
      assert.deepEqual(autonamed(checkRequest(inputs)).inputs, inputs);
    }
  });

  it("follows pulumi:autonaming", () => {
    const proposed = { autonaming: { mode: "enforce", proposedName: "mine" } } as const;
    const { inputs } = autonamed(checkRequest(nameless, proposed));
    assert.equal((inputs["metadata"] as PropertyMap)["name"], "mine");
    const disabled = { autonaming: { mode: "disable", proposedName: "" } } as const;
    assert.deepEqual(autonamed(checkRequest(nameless, disabled)).failures, [
      {
        property: "metadata.name",
        reason: "is required, because pulumi:autonaming is disabled for this resource",
      },
    ]);
  });
});

describe("checkObject", () => {
  const check = (inputs: PropertyMap, type?: string) =>
    checkObject(checkRequest(inputs, type === undefined ? {} : { type }), {
      namespace: "team",
      isNamespaced: (_apiVersion, kind) => Promise.resolve(kind !== "Namespace"),
    });

  it("sets the provider's namespace on objects that live in one", async () => {
    const { inputs } = await check(object("ConfigMap", {}));
    assert.deepEqual(inputs["metadata"], { name: "x", namespace: "team" });
    assert.deepEqual((await check(object("Namespace", {}))).inputs["metadata"], { name: "x" });
  });

  it("marks what a Secret holds", async () => {
    const { inputs } = await check(object("Secret", { stringData: { a: "b" } }));
    assert.deepEqual(inputs["stringData"], secret({ a: "b" }));
  });

  const refused: readonly [string, PropertyMap, string][] = [
    ["no kind", { apiVersion: "v1", metadata: {} }, "kind: expected a text that is not empty"],
    [
      "a name that is no text",
      object("ConfigMap", { metadata: { name: 5 } }),
      "metadata.name: got 5, expected a text",
    ],
    ["metadata that is no map", object("ConfigMap", { metadata: "x" }), "metadata: expected a map"],
    [
      "generateName",
      object("ConfigMap", { metadata: { generateName: "x-" } }),
      "metadata.generateName: is not possible with server-side apply; leave the name out to have one made up",
    ],
    [
      "a waitFor that nobody can read",
      object("ConfigMap", {
        metadata: { name: "x", annotations: { "pulumi.com/waitFor": "Ready" } },
      }),
      'metadata.annotations["pulumi.com/waitFor"]: got Ready, expected condition=NAME[=STATUS] or jsonpath={PATH}[=VALUE]',
    ],
  ];
  for (const [what, inputs, expected] of refused) {
    it(`refuses ${what}`, async () => {
      const { failures } = await check(inputs, "kubernetes:core/v1:ConfigMap");
      assert.deepEqual(
        failures.map(({ property, reason }) => `${property}: ${reason}`),
        [expected],
      );
    });
  }

  it("refuses patches and lists", async () => {
    await assert.rejects(check(object("ConfigMap", {}), "kubernetes:core/v1:ConfigMapPatch"), {
      message:
        "kubernetes:core/v1:ConfigMapPatch: the stand-in does not patch objects that somebody else owns. Use the real plugin.",
    });
    await assert.rejects(check(object("PodList", { items: [] }), "kubernetes:core/v1:PodList"), {
      message:
        "kubernetes:core/v1:PodList: a list is not an object that can be created. Create its items.",
    });
  });
});

describe("liveInputs", () => {
  const live = (rest: PropertyMap): Manifest => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "x", uid: "u" },
    ...rest,
  });

  const cases: readonly [string, PropertyMap, PropertyMap, PropertyMap][] = [
    ["takes what was changed", { data: { a: "1" } }, { data: { a: "2" } }, { data: { a: "2" } }],
    [
      "loses what was removed",
      { data: { a: "1", b: "2" } },
      { data: { a: "1" } },
      { data: { a: "1" } },
    ],
    [
      "leaves out what others added",
      { data: { a: "1" } },
      { data: { a: "1", z: "9" }, extra: 1 },
      { data: { a: "1" } },
    ],
    [
      "keeps what the server drops when empty",
      { data: {}, x: false, y: null },
      {},
      { data: {}, x: false, y: null },
    ],
    [
      "keeps its own spelling of a quantity",
      { limits: { cpu: "0.5" } },
      { limits: { cpu: "500m" } },
      { limits: { cpu: "0.5" } },
    ],
    [
      "matches list items by name",
      { list: [{ name: "b", v: 1 }] },
      {
        list: [
          { name: "a", v: 0 },
          { name: "b", v: 1, defaulted: true },
        ],
      },
      {
        list: [
          { name: "a", v: 0 },
          { name: "b", v: 1 },
        ],
      },
    ],
    [
      "keeps secrets secret",
      { data: secret({ a: "1" }) },
      { data: { a: "2" } },
      { data: secret({ a: "2" }) },
    ],
  ];
  for (const [what, old, now, expected] of cases) {
    it(what, () => {
      assert.deepEqual(liveInputs(live(now), old), expected);
    });
  }
});

describe("manifests and states", () => {
  it("unwraps secrets and drops the engine's own keys", () => {
    const inputs = { ...object("ConfigMap", { data: secret({ a: secret("1") }) }), __defaults: [] };
    assert.deepEqual(manifestOf(inputs), object("ConfigMap", { data: { a: "1" } }));
  });

  it("spells the extensions of schemas as the API server does, and back", () => {
    const inputs = object("CustomResourceDefinition", {
      s: { x_kubernetes_preserve_unknown_fields: true, x_other: 1 },
    });
    const manifest = manifestOf(inputs);
    assert.deepEqual(manifest["s"], { "x-kubernetes-preserve-unknown-fields": true, x_other: 1 });
    assert.deepEqual(stateOf(manifest, inputs, "m")["s"], inputs["s"]);
  });

  it("keeps the field manager and not the managed fields", () => {
    const live = manifestOf(object("ConfigMap", { metadata: { name: "x", managedFields: [{}] } }));
    const state = stateOf(live, {}, "me");
    assert.deepEqual(state["metadata"], { name: "x" });
    assert.equal(state["__fieldManager"], "me");
  });
});

describe("adoptedFields", () => {
  const entry = (manager: string, operation: string, fieldsV1: object, subresource?: string) => ({
    manager,
    operation,
    apiVersion: "v1",
    fieldsType: "FieldsV1",
    fieldsV1,
    ...(subresource === undefined ? {} : { subresource }),
  });
  const live = (...managedFields: object[]): Manifest =>
    ({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "x", managedFields },
    }) as unknown as Manifest;

  it("hands what was created, and what people applied, to the applying manager", () => {
    const status = entry("kube-controller-manager", "Update", { "f:status": {} }, "status");
    const fields = adoptedFields(
      live(
        entry("pulumi-kubernetes", "Update", { "f:data": { "f:a": {} } }),
        entry("kubectl", "Apply", { "f:data": { "f:b": {} } }),
        status,
      ),
      "me",
    );
    assert.deepEqual(fields, [
      entry("me", "Apply", { "f:data": { "f:a": {}, "f:b": {} } }),
      status,
    ]);
  });

  it("joins them with what it applies already, and does nothing when there is nothing", () => {
    const own = entry("me", "Apply", { "f:data": { "f:c": {} } });
    const fields = adoptedFields(
      live(own, entry("pulumi-kubernetes", "Update", { "f:data": { "f:a": {} } })),
      "me",
    );
    assert.deepEqual(fields, [entry("me", "Apply", { "f:data": { "f:c": {}, "f:a": {} } })]);
    assert.equal(adoptedFields(live(own, entry("kubectl-edit", "Update", {})), "me"), undefined);
  });
});
