import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { secret, UNKNOWN, type PropertyMap } from "../../local/providers/property-values.ts";
import {
  configMap,
  deployment,
  rejection,
  StandInCluster,
  TYPES,
} from "../support/stand-in-cluster.ts";
import { StandIn } from "../support/stand-in.ts";

describe("kubernetes stand-in: creation", function () {
  this.timeout(60_000);
  const cluster = new StandInCluster(".e2e/providers-create");

  describe("create", () => {
    it("refuses an object that exists already, and names it", async () => {
      const namespace = await cluster.newNamespace();
      await cluster.standIn.create(TYPES.configMap, "a", configMap(namespace, "fixed", { a: "1" }));
      const error = await rejection(
        cluster.standIn.create(TYPES.configMap, "b", configMap(namespace, "fixed", { a: "1" })),
      );
      assert.match(
        error.message,
        new RegExp(
          `^ConfigMap ${namespace}/fixed was not created: configmaps "fixed" already exists\n`,
        ),
      );
    });

    it("keeps a made-up name over checks and gives another one to a replacement", async () => {
      const namespace = await cluster.newNamespace();
      const inputs = configMap(namespace, undefined, { a: "1" });
      const created = await cluster.standIn.create(TYPES.configMap, "settings", inputs);
      assert.match(created.id, new RegExp(`^${namespace}/settings-[0-9a-f]{8}$`));
      const again = await cluster.standIn.check(TYPES.configMap, "settings", inputs, created);
      assert.deepEqual(again.inputs, created.inputs);
      assert.equal((await cluster.standIn.diff(created, inputs)).changed?.size, 0);
    });

    it("tries a custom resource again until its definition is there", async () => {
      const namespace = await cluster.newNamespace();
      const widget = {
        apiVersion: "example.test/v1",
        kind: "Widget",
        metadata: { namespace, name: "w" },
      };
      const creating = cluster.standIn.create("kubernetes:example.test/v1:Widget", "w", widget);
      await new Promise((resolve) => setTimeout(resolve, 400));
      await cluster.standIn.create(
        "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition",
        "crd",
        widgetDefinition(),
      );
      assert.equal((await creating).id, `${namespace}/w`);
    });

    it("says what to create first when a kind stays unknown", async () => {
      const gadget = { apiVersion: "example.test/v1", kind: "Gadget", metadata: { name: "g" } };
      const error = await rejection(
        cluster.standIn.create("kubernetes:example.test/v1:Gadget", "g", gadget),
      );
      assert.equal(
        error.message,
        'Gadget g was not created: the API server knows no kind "Gadget" in version "example.test/v1". ' +
          "If it is a custom resource, its CustomResourceDefinition has to be created before it.",
      );
    });

    it("fails on an object that the API server finds invalid, without its secrets", async () => {
      const namespace = await cluster.newNamespace();
      const inputs = configMap(namespace, "bad", { "not/a/key": secret("super-secret-text") });
      const error = await rejection(cluster.standIn.create(TYPES.configMap, "bad", inputs));
      assert.match(error.message, /data\[not\/a\/key\]: Invalid value/);
      assert.doesNotMatch(error.message, /super-secret-text/);
    });

    it("passes the API server's warnings on", async () => {
      const namespace = await cluster.newNamespace();
      const inputs = { ...configMap(namespace, "odd", {}), misspelt: "x" };
      await cluster.standIn.create(TYPES.configMap, "odd", inputs);
      assert.deepEqual(cluster.standIn.warnings, ['unknown field "misspelt"']);
    });
  });

  describe("previews", () => {
    it("gives what the API server would make of a new object, and creates nothing", async () => {
      const namespace = await cluster.newNamespace();
      const preview = await cluster.standIn.create(
        TYPES.deployment,
        "web",
        deployment(namespace, "web:v1"),
        {
          preview: true,
        },
      );
      const spec = preview.state["spec"] as PropertyMap;
      assert.equal(spec["revisionHistoryLimit"], 10);
      assert.equal(preview.id, "");
      const found = await cluster.kubectl("get", "deployments", "-n", namespace, "-o", "name");
      assert.equal(found, "");
    });

    it("goes by the inputs while the namespace or the kind is not there", async () => {
      const inputs = configMap("not-yet", "a", { a: "1" });
      assert.deepEqual(
        (await cluster.standIn.create(TYPES.configMap, "a", inputs, { preview: true })).state,
        inputs,
      );
      const custom = { apiVersion: "example.test/v9", kind: "Later", metadata: { name: "x" } };
      const later = await cluster.standIn.create("kubernetes:example.test/v9:Later", "x", custom, {
        preview: true,
      });
      assert.deepEqual(later.state, custom);
    });

    it("goes by the inputs while one of them is unknown", async () => {
      const inputs = configMap("default", "a", { a: UNKNOWN });
      assert.deepEqual(
        (await cluster.standIn.create(TYPES.configMap, "a", inputs, { preview: true })).state,
        inputs,
      );
    });

    it("reports what the API server would refuse", async () => {
      const namespace = await cluster.newNamespace();
      const error = await rejection(
        cluster.standIn.create(TYPES.configMap, "bad", configMap(namespace, "Not_A_Name", {}), {
          preview: true,
        }),
      );
      assert.match(
        error.message,
        /was not accepted in a dry run: ConfigMap "Not_A_Name" is invalid/,
      );
    });
  });

  describe("an unknown kubeconfig", () => {
    it("configures and contacts nothing, and previews to unknown outputs", async () => {
      const unconfigured = new StandIn();
      await unconfigured.provider.configure({ kubeconfig: UNKNOWN, clusterIdentifier: "c" });
      const inputs = configMap("default", undefined, { a: "1" });
      const preview = await unconfigured.create(TYPES.configMap, "a", inputs, { preview: true });
      assert.deepEqual(preview.inputs, inputs);
      assert.deepEqual(preview.state, {});
      assert.throws(
        () =>
          unconfigured.provider.create({
            urn: "",
            type: TYPES.configMap,
            name: "a",
            inputs,
            preview: false,
            timeout: 0,
          }),
        { message: "The kubeconfig of the provider is not known, so no cluster can be reached." },
      );
    });
  });
});

function widgetDefinition(): PropertyMap {
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "widgets.example.test" },
    spec: {
      group: "example.test",
      names: { kind: "Widget", plural: "widgets" },
      scope: "Namespaced",
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: { type: "object", x_kubernetes_preserve_unknown_fields: true },
          },
        },
      ],
    },
  };
}
