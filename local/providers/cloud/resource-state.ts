import {
  cloudAnswer,
  filled,
  isProperties,
  type Properties,
  type SecretForm,
} from "../../../plan/recording/cloud-outputs/index.ts";
import { Secret } from "../../../plan/secret.ts";
import {
  isMap,
  isSecret,
  revealed,
  secret,
  UNKNOWN,
  type PropertyMap,
  type PropertyValue,
} from "../property-values.ts";
import type { CloudRecord } from "./cloud-record.ts";

const SECRETS: SecretForm = {
  is: (value) => isSecret(value as PropertyValue | undefined),
  bare: (value) => (isSecret(value as PropertyValue) ? (value as { value: unknown }).value : value),
  marked: (value) =>
    isSecret(value as PropertyValue | undefined) ? value : secret(value as PropertyValue),
};

/** Outputs of the table as the plugins exchange them. */
export const asPropertyMap = (outputs: Properties): PropertyMap =>
  filled({}, outputs, SECRETS) as PropertyMap;

/** What a resource is to the engine: its inputs, filled up by what its cloud answers. */
export function stateOf(record: CloudRecord, inputs: PropertyMap): PropertyMap {
  const plain = revealed(inputs) as Properties;
  const { outputs } = cloudAnswer({ ...record, inputs: plain });
  return filled(inputs, outputs, SECRETS) as PropertyMap;
}

/** A state in a preview: what only the cloud can say is unknown. */
export function announcedState(
  request: { readonly type: string; readonly name: string },
  inputs: PropertyMap,
  account: CloudRecord["account"],
): PropertyMap {
  const plain = revealed(inputs) as Properties;
  const { outputs } = cloudAnswer({ ...request, inputs: plain, account });
  return announced(inputs, outputs) as PropertyMap;
}

/** A state in the preview of a change: what the cloud would answer otherwise than before is unknown. */
export function announcedChange(
  record: CloudRecord,
  oldInputs: PropertyMap,
  newInputs: PropertyMap,
): PropertyMap {
  const before = stateOf(record, oldInputs);
  const after = stateOf({ ...record, revision: record.revision + 1 }, newInputs);
  return Object.fromEntries(
    Object.entries(after).map(([key, value]) => {
      const same = JSON.stringify(before[key]) === JSON.stringify(value);
      return [key, same || key in newInputs ? value : UNKNOWN];
    }),
  );
}

function announced(given: PropertyValue | undefined, added: unknown): PropertyValue {
  if (added instanceof Secret) return secret(announced(given, added.value));
  if (isSecret(given)) return secret(announced(given.value, added));
  if (isProperties(added) && (given === undefined || isMap(given))) {
    const entries = Object.entries(added).map(([key, item]) => [
      key,
      announced(given?.[key], item),
    ]);
    return { ...given, ...(Object.fromEntries(entries) as PropertyMap) };
  }
  if (Array.isArray(added) && Array.isArray(given) && added.length === given.length) {
    return given.map((item, index) => announced(item, added[index]));
  }
  return given ?? UNKNOWN;
}
