import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import type { Guard } from "../core/guard.ts";
import { ANY_SYSTEM_NAMESPACE } from "../core/labels.ts";
import { plainArgs } from "../core/plain-args.ts";
import type { Problem } from "../core/problem.ts";
import { ADMISSION_VARIABLES, admissionRules, type AdmissionRule } from "./admission-rules.ts";
import { platformLabels } from "./platform-namespace.ts";
import type { AdmissionSettings } from "./settings.ts";

type PolicySpec = k8s.types.input.admissionregistration.v1.ValidatingAdmissionPolicySpec;
type BindingSpec = k8s.types.input.admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec;

export interface AdmissionPoliciesArgs {
  /** Strict refuses; relaxed warns whoever sends the object, and notes it in the audit log. */
  readonly guard: Guard;
  /** Registries, with or without a path in them, whose images may run. None: all may. */
  readonly allowedRegistries: readonly string[];
}

/**
 * Rules that the API server itself puts to all pods of systems, whoever makes them, and to what pods are
 * made from, so that not only a pod is refused that nobody sees missing. Add-ons are not judged: their
 * charts are pinned, and what they need beyond this is written where their namespaces are made.
 */
export class AdmissionPolicies extends pulumi.ComponentResource {
  constructor(name: string, args: AdmissionPoliciesArgs, opts?: ChildBearingOptions) {
    super("slipway:platform:AdmissionPolicies", name, plainArgs(args), opts);
    const rules = admissionRules(args.allowedRegistries);
    for (const rule of rules) {
      const { name: ruleName, annotations } = rule;
      const metadata = { name: ruleName, labels: platformLabels("admission") };
      const policy = new k8s.admissionregistration.v1.ValidatingAdmissionPolicy(
        `${name}-policy-${ruleName}`,
        {
          metadata: { ...metadata, ...(annotations === undefined ? {} : { annotations }) },
          spec: policySpec(rule),
        },
        childOptions(this, opts),
      );
      const binding = bindingName(rule, args.guard);
      new k8s.admissionregistration.v1.ValidatingAdmissionPolicyBinding(
        `${name}-binding-${binding}`,
        {
          metadata: { ...metadata, name: binding },
          spec: bindingSpec(rule, args.guard),
        },
        childOptions(this, opts, [policy]),
      );
    }
    this.registerOutputs({ names: rules.map((rule) => rule.name) });
  }
}

/** Problems of settings that leave the rules out where they have to be. */
export function checkAdmission({ enabled }: AdmissionSettings, guard: Guard): Problem[] {
  if (enabled || guard === "relaxed") return [];
  return [
    {
      path: "enabled",
      got: "false",
      expected: "true, because slipway:guard is strict",
      remedy: "Take the key out; the policies do no harm beside those of others.",
    },
  ];
}

/**
 * The policy. Of workloads it judges the template alone. ReplicaSets are left out, because the controller
 * of Deployments has to be able to scale old ones down; their pods are judged.
 */
export function policySpec(rule: AdmissionRule): PolicySpec {
  const operations = ["CREATE", "UPDATE"];
  const of = (group: string, resources: string[]) => ({
    apiGroups: [group],
    apiVersions: ["v1"],
    operations,
    resources,
  });
  return {
    // A rule that cannot be worked out is one that is broken; where it only warns, that is said too.
    failurePolicy: "Fail",
    matchConstraints: {
      namespaceSelector: { matchLabels: { ...ANY_SYSTEM_NAMESPACE } },
      resourceRules: [
        of("", ["pods", ...(rule.judgesDebugging ? ["pods/ephemeralcontainers"] : [])]),
        of("apps", ["deployments", "statefulsets", "daemonsets"]),
        of("batch", ["jobs", "cronjobs"]),
      ],
    },
    variables: ADMISSION_VARIABLES.map((variable) => ({ ...variable })),
    validations: [
      {
        expression: `variables.unchanged || (${rule.expression})`,
        messageExpression: rule.message,
        reason: "Forbidden",
      },
    ],
  };
}

/**
 * Another guard has bindings of other names. The actions are a set, of which server-side apply keeps what
 * the object was created with until the first update is done: a preview of that update would be refused
 * for warning and denying at once.
 */
function bindingName({ name }: AdmissionRule, guard: Guard): string {
  return guard === "strict" ? name : `${name}-warning`;
}

export function bindingSpec({ name }: AdmissionRule, guard: Guard): BindingSpec {
  return {
    policyName: name,
    validationActions: guard === "strict" ? ["Deny"] : ["Warn", "Audit"],
  };
}
