import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import { problemsOf, type Shop } from "./shop.ts";

function role(shop: Shop, rule: k8s.types.input.rbac.v1.PolicyRule) {
  const metadata = shop.metadata("reader");
  return new k8s.rbac.v1.Role("shop-role", { metadata, rules: [rule] }, shop.opts);
}

function binding(shop: Shop, name: string, account: string) {
  return new k8s.rbac.v1.RoleBinding(
    "shop-binding",
    {
      metadata: shop.metadata("binding"),
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name },
      subjects: [{ kind: "ServiceAccount", name: account }],
    },
    shop.opts,
  );
}

describe("judge: roles", () => {
  it("passes rules that grant something, and a binding of what is there", async () => {
    const problems = await problemsOf((shop) => {
      role(shop, {
        apiGroups: ["", "apps"],
        resources: ["pods/log", "deployments"],
        verbs: ["get"],
      });
      binding(shop, "reader", "default");
    });
    assert.deepEqual(problems, []);
  });

  it("passes resources of groups that it does not know", async () => {
    const problems = await problemsOf((shop) => {
      role(shop, { apiGroups: ["example.com"], resources: ["widgets"], verbs: ["*"] });
    });
    assert.deepEqual(problems, []);
  });

  it("refuses a verb and a resource that no API has", async () => {
    const problems = await problemsOf((shop) => {
      role(shop, { apiGroups: ["batch"], resources: ["cronjob"], verbs: ["read"] });
    });
    assert.deepEqual(problems, [
      'Role shop/reader: rules[0].verbs: got "read", expected a verb (*, approve, bind, create, delete, ' +
        "deletecollection, escalate, get, impersonate, list, patch, sign, update, use, watch). " +
        "Name one of them, or create it.",
      'Role shop/reader: rules[0].resources: got "cronjob", expected a resource of batch ' +
        "(cronjobs, jobs). Name one of them, or create it.",
    ]);
  });

  it("refuses a binding of a role and an account that are not there", async () => {
    const problems = await problemsOf((shop) => binding(shop, "writer", "web"));
    const none = "and there is none. Create it, or drop the reference.";
    assert.deepEqual(problems, [
      `RoleBinding shop/binding: roleRef: got "writer", expected a Role, ${none}`,
      "RoleBinding shop/binding: subjects[0]: " +
        `got "web", expected a ServiceAccount in namespace shop, ${none}`,
    ]);
  });
});
