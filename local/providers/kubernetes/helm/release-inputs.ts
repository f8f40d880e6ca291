import { differences, formatPath } from "../../property-diff.ts";
import {
  hasUnknown,
  isMap,
  revealed,
  toJson,
  UNKNOWN,
  type JsonObject,
  type PropertyMap,
} from "../../property-values.ts";
import type {
  CheckFailure,
  CheckRequest,
  CheckResult,
  DiffResult,
  PropertyDiff,
} from "../../provider.ts";
import { uniqueName } from "../autoname.ts";

const DEFAULT_TIMEOUT_SECONDS = 300;

/** A release as the program asks for it. */
export interface ReleaseSpec {
  readonly name: string;
  readonly namespace: string;
  readonly chart: string;
  readonly version: string;
  readonly values: JsonObject;
  readonly createNamespace: boolean;
  readonly skipCrds: boolean;
  readonly skipAwait: boolean;
  readonly atomic: boolean;
  readonly timeoutSeconds: number;
  readonly maxHistory: number;
}

/** Inputs that a release of the stand-in cannot honour, with the reason. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  valueYamlFiles: "the stand-in reads no values files; put them into values",
  postrender: "the stand-in renders no chart, so there is nothing to render again",
  verify: "the stand-in fetches no chart, so there is no signature to verify",
  replace: "the stand-in does not take over the name of another release",
};

/** Completes and judges the inputs of a release. */
export function checkRelease(request: CheckRequest, defaultNamespace: string): CheckResult {
  const { newInputs, oldInputs } = request;
  const name =
    newInputs["name"] ?? oldInputs["name"] ?? uniqueName(request.name, request.randomSeed);
  const inputs: PropertyMap = { namespace: defaultNamespace, ...newInputs, name };
  if (newInputs["skipAwait"] !== true) inputs["timeout"] ??= DEFAULT_TIMEOUT_SECONDS;
  return { inputs, failures: checkReleaseInputs(inputs) };
}

function checkReleaseInputs(inputs: PropertyMap): CheckFailure[] {
  const plain = revealed(inputs) as PropertyMap;
  const failures: CheckFailure[] = Object.entries(UNSUPPORTED)
    .filter(([key]) => plain[key] !== undefined && plain[key] !== false && !isEmptyList(plain[key]))
    .map(([property, reason]) => ({ property, reason }));
  const { chart, version, repositoryOpts } = plain;
  if (chart !== UNKNOWN && (typeof chart !== "string" || chart === "")) {
    failures.push({ property: "chart", reason: "is required" });
  }
  const inRegistry = typeof chart === "string" && chart.startsWith("oci://");
  const repository = isMap(repositoryOpts) ? repositoryOpts["repo"] : repositoryOpts;
  if (!inRegistry && (repository === undefined || repository === "")) {
    failures.push({
      property: "repositoryOpts.repo",
      reason: "is required, unless the chart is an address that starts with oci://",
    });
  }
  if (version !== UNKNOWN && !isExactVersion(version)) {
    const got = typeof version === "string" ? `got "${version}", ` : "";
    failures.push({
      property: "version",
      reason: `${got}expected one exact version such as 1.2.3: a range means another chart tomorrow`,
    });
  }
  return failures;
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function isExactVersion(version: unknown): boolean {
  return typeof version === "string" && /^v?\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/.test(version);
}

/** Name and namespace are a release's identity; anything else makes a new revision of it. */
export function diffRelease(oldInputs: PropertyMap, newInputs: PropertyMap): DiffResult {
  const changed = new Map<string, PropertyDiff>();
  for (const { path, kind } of differences(oldInputs, newInputs)) {
    if (String(path[0]).startsWith("__")) continue;
    const replace = path[0] === "name" || path[0] === "namespace";
    changed.set(formatPath(path), { kind, replace });
  }
  return { changed, deleteBeforeReplace: false };
}

/** The release that known inputs ask for. */
export function releaseSpec(inputs: PropertyMap): ReleaseSpec {
  if (hasUnknown(inputs)) throw new Error("The inputs of the release are not known yet.");
  const plain = toJson(inputs) as JsonObject;
  const text = (key: string) => (typeof plain[key] === "string" ? plain[key] : "");
  const number = (key: string, fallback: number) =>
    typeof plain[key] === "number" ? plain[key] : fallback;
  return {
    name: text("name"),
    namespace: text("namespace"),
    chart: text("chart").slice(text("chart").lastIndexOf("/") + 1),
    version: text("version"),
    values: (plain["values"] ?? {}) as JsonObject,
    createNamespace: plain["createNamespace"] === true,
    skipCrds: plain["skipCrds"] === true,
    skipAwait: plain["skipAwait"] === true,
    atomic: plain["atomic"] === true,
    timeoutSeconds: number("timeout", DEFAULT_TIMEOUT_SECONDS) || DEFAULT_TIMEOUT_SECONDS,
    maxHistory: number("maxHistory", 0),
  };
}
