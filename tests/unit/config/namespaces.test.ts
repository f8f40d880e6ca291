import assert from "node:assert/strict";
import { describeProblem } from "../../../components/core/problem.ts";
import { checkNamespaces } from "../../../config/namespaces.ts";

const messages = (systems: Parameters<typeof checkNamespaces>[0]) =>
  checkNamespaces(systems).map(describeProblem);

describe("checkNamespaces", () => {
  it("refuses two systems in one namespace", () => {
    assert.deepEqual(
      messages({ kaizenStudio: { namespace: "apps" }, atlasia: { namespace: "apps" } }),
      [
        'atlasia.namespace: got "apps", expected a namespace of its own, and this one belongs to ' +
          "kaizenStudio. Choose another name.",
      ],
    );
  });

  for (const [namespace, owner] of [
    ["cert-manager", "the platform"],
    ["ingress-nginx", "the platform"],
    ["monitoring", "the platform"],
    ["kube-system", "Kubernetes"],
    ["default", "Kubernetes"],
  ] as const) {
    it(`refuses a system in ${namespace}`, () => {
      assert.deepEqual(messages({ atlasia: { namespace } }), [
        `atlasia.namespace: got "${namespace}", expected a namespace of its own, and this one ` +
          `belongs to ${owner}. Choose another name.`,
      ]);
    });
  }

  it("takes systems with a namespace each, and systems that are left out", () => {
    const atlasia = { namespace: "atlasia" };
    assert.deepEqual(
      messages({ atlasia, kaizenStudio: { namespace: "studio" }, x: undefined }),
      [],
    );
  });
});
