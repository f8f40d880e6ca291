import assert from "node:assert/strict";
import { Scalar } from "yaml";
import { stepsIn, type EngineResult } from "../../local/engine/index.ts";

/** The result of a run that has to go well. */
export function succeeded(result: EngineResult): EngineResult {
  assert.equal(result.exitCode, 0, `${result.stdout}\n${result.stderr}`);
  return result;
}

/** A text that has to stand in quotes in a stack file: without them YAML takes it for a time. */
export function quoted(text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}

/** What a reviewer reads in a preview: operation, name, and the places that differ. Components left out. */
export function review(result: EngineResult): string[] {
  const steps = stepsIn(result.events).filter(({ type }) => !type.startsWith("slipway:"));
  return steps
    .filter(({ type }) => !type.startsWith("pulumi:"))
    .map(({ op, urn, detailedDiff }) => {
      const name = (urn.split("::").at(-1) ?? urn).replace("kaizen-studio-", "");
      return [op, name, ...Object.keys(detailedDiff ?? {}).toSorted()].join(" ");
    })
    .toSorted();
}
