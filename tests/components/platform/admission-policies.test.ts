import assert from "node:assert/strict";
import type { Guard } from "../../../components/core/guard.ts";
import { describeProblem } from "../../../components/core/problem.ts";
import { checkAdmission } from "../../../components/platform/admission-policies.ts";
import { AdmissionPolicies } from "../../../components/platform/index.ts";
import { namespaceSpec } from "../../../components/workloads/system-namespace.ts";
import { platformNamespaceSpec } from "../../../components/platform/platform-namespace.ts";
import { byType } from "../../../plan/recording.ts";
import { dependencyNames, outline, recordOn } from "../../support/recorded-program.ts";
import { namespaceArgs } from "../../support/workload-fixtures.ts";

const POLICY = "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy";

const recordRules = (guard: Guard, allowedRegistries: readonly string[] = []) =>
  recordOn(({ providers }) => {
    new AdmissionPolicies("rules", { guard, allowedRegistries }, { providers });
  });

interface Spec {
  readonly matchConstraints: {
    readonly namespaceSelector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly resourceRules: readonly { readonly resources: readonly string[] }[];
  };
  readonly validations: readonly { readonly expression: string }[];
  readonly validationActions: readonly string[];
  readonly policyName: string;
}

async function specs(type: string, guard: Guard, registries?: readonly string[]) {
  const recording = await recordRules(guard, registries);
  return byType(recording, type).map(({ inputs }) => inputs["spec"] as Spec);
}

describe("AdmissionPolicies", () => {
  it("makes a policy and a binding of each rule, one after the other", async () => {
    const recording = await recordRules("strict", ["registry.studio.test"]);
    const names = [
      "slipway-container-sizes",
      "slipway-image-registry",
      "slipway-image-tag",
      "slipway-no-host",
    ];
    assert.deepEqual(outline(recording), [
      "AdmissionPolicies rules",
      ...names.map((name) => `ValidatingAdmissionPolicy rules-policy-${name}`),
      ...names.map((name) => `ValidatingAdmissionPolicyBinding rules-binding-${name}`),
    ]);
    for (const binding of byType(recording, `${POLICY}Binding`)) {
      const { policyName } = binding.inputs["spec"] as Spec;
      assert.deepEqual(dependencyNames(binding), [`rules-policy-${policyName}`]);
    }
  });

  it("asks for no registry when none is named", async () => {
    const names = (await specs(`${POLICY}Binding`, "strict")).map(({ policyName }) => policyName);
    assert.deepEqual(names.toSorted(), [
      "slipway-container-sizes",
      "slipway-image-tag",
      "slipway-no-host",
    ]);
  });

  for (const [guard, actions] of [
    ["strict", ["Deny"]],
    ["relaxed", ["Warn", "Audit"]],
  ] as const) {
    it(`${guard}: ${actions.join(" and ")}`, async () => {
      const bindings = await specs(`${POLICY}Binding`, guard);
      assert.ok(bindings.length > 0);
      for (const { validationActions } of bindings) assert.deepEqual(validationActions, actions);
    });
  }

  it("has bindings of other names under another guard, so that none changes its actions", async () => {
    const names = async (guard: Guard) =>
      byType(await recordRules(guard), `${POLICY}Binding`).map(({ name, inputs }) => {
        const { metadata } = inputs as { metadata: { name: string } };
        return [name, metadata.name];
      });
    const strict = (await names("strict")).flat();
    assert.deepEqual(
      (await names("relaxed")).flat().filter((name) => strict.includes(name)),
      [],
    );
  });

  it("judges the namespaces of systems, and none of the platform", async () => {
    const labelsOf = ({ metadata }: { metadata?: unknown }) =>
      (metadata as { labels: Readonly<Record<string, string>> }).labels;
    const system = labelsOf(namespaceSpec(namespaceArgs));
    const addOn = labelsOf(platformNamespaceSpec("monitoring", "privileged"));
    for (const { matchConstraints } of await specs(POLICY, "strict")) {
      const selected = Object.entries(matchConstraints.namespaceSelector.matchLabels);
      assert.ok(selected.every(([key, value]) => system[key] === value));
      assert.ok(selected.some(([key, value]) => addOn[key] !== value));
    }
  });

  it("judges containers that are added for debugging by their image alone", async () => {
    const judged = (await specs(POLICY, "strict", ["docker.io"])).map(
      ({ matchConstraints, validations: [{ expression } = { expression: "" }] }) => ({
        debugging: matchConstraints.resourceRules.some(({ resources }) =>
          resources.includes("pods/ephemeralcontainers"),
        ),
        images: /variables\.(images|places)/.test(expression),
      }),
    );
    assert.equal(judged.length, 4);
    for (const { debugging, images } of judged) assert.equal(debugging, images);
  });
});

describe("checkAdmission", () => {
  const off = { enabled: false, allowedRegistries: [] };

  it("does not let strict go without", () => {
    assert.deepEqual(checkAdmission(off, "strict").map(describeProblem), [
      "enabled: got false, expected true, because slipway:guard is strict. Take the key out; the " +
        "policies do no harm beside those of others.",
    ]);
  });

  it("lets relaxed go without, and strict with", () => {
    assert.deepEqual(checkAdmission(off, "relaxed"), []);
    assert.deepEqual(checkAdmission({ ...off, enabled: true }, "strict"), []);
  });
});
