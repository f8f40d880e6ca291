import {
  kindName,
  ownFields,
  readFieldLedger,
  type FieldLedger,
} from "../custom-resources/field-ledger.ts";
import { unknownFields } from "../custom-resources/known-fields.ts";
import { describeObject } from "../model/kubernetes-object.ts";
import type { PlanProblem, Rule } from "./plan-problem.ts";

let ledger: FieldLedger | undefined;

/**
 * Fields that the definition of a custom resource does not have, for which an API server would refuse it.
 * Types and ranges are for that server to judge; so are kinds of which the ledger knows nothing.
 */
export const customResourceFields: Rule = (model) => {
  ledger ??= readFieldLedger();
  const kinds = ledger;
  return model.objects.flatMap((object): PlanProblem[] => {
    const kind = kindName(object.body);
    const known = kinds[kind];
    if (known === undefined) return [];
    return unknownFields(known, ownFields(object.body), "").map(({ path, nearest }) => ({
      place: describeObject(object),
      problem: {
        path,
        expected: `a field that ${kind} has`,
        remedy: nearest === undefined ? "Take it out." : `Did you mean ${nearest}?`,
      },
    }));
  });
};
