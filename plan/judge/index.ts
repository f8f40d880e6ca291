import type { PlanModel } from "../model/plan-model.ts";
import { imageRegistries } from "./admission.ts";
import { capacityRule } from "./capacity.ts";
import { ingressClasses, priorityClasses, storageClasses } from "./classes.ts";
import { defaultProviders, duplicateObjects, duplicateUrns, orphans } from "./identity.ts";
import { customResourceFields } from "./custom-resource-fields.ts";
import {
  gatewayCertificates,
  gatewayClasses,
  gatewayParents,
  gatewayPolicies,
  routeBackends,
} from "./gateways.ts";
import { orderAfterNamespace, orderAfterOperator, unknownNamespaces } from "./order.ts";
import type { PlanProblem, Rule } from "./plan-problem.ts";
import {
  claimReferences,
  configReferences,
  releaseSecrets,
  serviceAccounts,
  volumeMounts,
} from "./pod-references.ts";
import { policyPorts } from "./policy-ports.ts";
import { roleBindings, roleRules } from "./roles.ts";
import { certificateIssuers, ingressBackends, ingressCertificates } from "./routes.ts";
import { secretStores } from "./secret-stores.ts";
import { leakedSecrets, secretInputs } from "./secrecy.ts";
import { autoscalers, disruptionBudgets, networkPolicies } from "./selectors.ts";
import { monitors, servicesWithoutPods, targetPorts } from "./services.ts";

export { describePlanProblem, type PlanProblem, type Rule } from "./plan-problem.ts";

/** Everything that a plan refuses, in the order in which a person would mend it. */
export const RULES: readonly Rule[] = [
  duplicateUrns,
  duplicateObjects,
  defaultProviders,
  orphans,
  unknownNamespaces,
  orderAfterNamespace,
  orderAfterOperator,
  customResourceFields,
  configReferences,
  volumeMounts,
  claimReferences,
  serviceAccounts,
  releaseSecrets,
  secretStores,
  storageClasses,
  ingressClasses,
  priorityClasses,
  servicesWithoutPods,
  targetPorts,
  ingressBackends,
  ingressCertificates,
  certificateIssuers,
  gatewayClasses,
  gatewayCertificates,
  gatewayParents,
  routeBackends,
  gatewayPolicies,
  autoscalers,
  disruptionBudgets,
  networkPolicies,
  policyPorts,
  monitors,
  roleRules,
  roleBindings,
  imageRegistries,
  secretInputs,
  leakedSecrets,
  capacityRule,
];

/** What is wrong with a plan; nothing when it may go ahead. */
export function judge(model: PlanModel): PlanProblem[] {
  return RULES.flatMap((rule) => rule(model));
}
