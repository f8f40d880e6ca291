import * as pulumi from "@pulumi/pulumi";
import { InvalidArgsError } from "../core/invalid-args.ts";

export type ChartValue =
  string | number | boolean | ChartValues | readonly ChartValue[] | pulumi.Output<string>;

/** Values of a chart. Plain data, but for the odd output that is no secret. */
export interface ChartValues {
  readonly [key: string]: ChartValue;
}

/**
 * The same values, failing the program when one of them is secret. Helm writes values in clear into
 * its record of the release, and one secret among them would hide all the others in every preview.
 */
export function refuseSecretValues(
  values: ChartValues,
  path: string,
  owner: pulumi.Resource,
): ChartValues {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      refuseSecret(value, `${path}.${key}`, owner),
    ]),
  );
}

function refuseSecret(value: ChartValue, path: string, owner: pulumi.Resource): ChartValue {
  if (pulumi.Output.isInstance(value)) {
    return pulumi.output(pulumi.isSecret(value)).apply((secret) => {
      if (secret) throw new InvalidArgsError([secretProblem(path)], owner);
      return value;
    });
  }
  if (Array.isArray(value)) {
    return (value as readonly ChartValue[]).map((item, index) =>
      refuseSecret(item, `${path}[${index}]`, owner),
    );
  }
  if (typeof value === "object") return refuseSecretValues(value as ChartValues, path, owner);
  return value;
}

function secretProblem(path: string) {
  return {
    path,
    expected: "a value that is not secret, because Helm keeps values in clear",
    remedy: "Create a Secret and give the chart its name (existingSecret or the like).",
  };
}
