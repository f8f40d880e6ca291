import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { stringify } from "yaml";
import { clusterAccess } from "../../../local/providers/kubernetes/kubeconfig.ts";
import {
  checkConfigInputs,
  diffConfigInputs,
  readConfig,
} from "../../../local/providers/kubernetes/provider-config.ts";
import { secret, UNKNOWN, type PropertyMap } from "../../../local/providers/property-values.ts";

const kubeconfig = (server: string, user: object = { token: "t" }) =>
  stringify({
    apiVersion: "v1",
    kind: "Config",
    contexts: [{ name: "c", context: { cluster: "k", user: "u", namespace: "team" } }],
    clusters: [{ name: "k", cluster: { server, "insecure-skip-tls-verify": true } }],
    users: [{ name: "u", user }],
    "current-context": "",
  });

const HERE = kubeconfig("https://here.test:6443");

describe("checkConfigInputs", () => {
  const cases: readonly [PropertyMap, string[]][] = [
    [{ kubeconfig: secret(HERE), enableServerSideApply: "true" }, []],
    [{ kubeconfig: UNKNOWN }, []],
    [{}, ["kubeconfig: is required: the stand-in uses no kubeconfig that happens to be around"]],
    [
      { kubeconfig: HERE, enableServerSideApply: "false" },
      [
        "enableServerSideApply: the stand-in updates by server-side apply only; leave it out or set it to true",
      ],
    ],
    [
      { kubeconfig: HERE, renderYamlToDirectory: "out" },
      ["renderYamlToDirectory: the stand-in writes no files; use the offline plan"],
    ],
  ];
  for (const [inputs, expected] of cases) {
    it(expected[0] ?? `accepts ${Object.keys(inputs).join(", ")}`, () => {
      const failures = checkConfigInputs(inputs);
      assert.deepEqual(
        failures.map(({ property, reason }) => `${property}: ${reason}`),
        expected,
      );
    });
  }
});

describe("readConfig", () => {
  it("takes flags as text or booleans, and nothing while something is unknown", () => {
    const config = readConfig({
      kubeconfig: HERE,
      enableSecretMutable: "true",
      enableConfigMapMutable: false,
    });
    assert.deepEqual(config?.mutability, { secrets: true, configMaps: false });
    assert.equal(readConfig({ kubeconfig: UNKNOWN }), undefined);
  });
});

describe("diffConfigInputs", () => {
  const replaces = (before: PropertyMap, after: PropertyMap) =>
    [...(diffConfigInputs(before, after).changed ?? [])]
      .filter(([, { replace }]) => replace)
      .map(([path]) => path);
  const base = { context: "c" };
  const there = kubeconfig("https://there.test:6443");
  const renewed = kubeconfig("https://here.test:6443", { token: "renewed" });

  const cases: readonly [string, PropertyMap, PropertyMap, string[]][] = [
    [
      "another identifier",
      { clusterIdentifier: "a", kubeconfig: HERE },
      { clusterIdentifier: "b", kubeconfig: HERE },
      ["clusterIdentifier"],
    ],
    [
      "another address under one identifier",
      { clusterIdentifier: "a", kubeconfig: HERE },
      { clusterIdentifier: "a", kubeconfig: there },
      [],
    ],
    [
      "an unknown kubeconfig under one identifier",
      { clusterIdentifier: "a", kubeconfig: HERE },
      { clusterIdentifier: "a", kubeconfig: UNKNOWN },
      [],
    ],
    ["a first identifier", { kubeconfig: HERE }, { clusterIdentifier: "a", kubeconfig: HERE }, []],
    [
      "another address without identifier",
      { kubeconfig: HERE },
      { kubeconfig: there },
      ["kubeconfig"],
    ],
    ["renewed credentials without identifier", { kubeconfig: HERE }, { kubeconfig: renewed }, []],
    [
      "an unknown kubeconfig without identifier",
      { kubeconfig: HERE },
      { kubeconfig: UNKNOWN },
      ["kubeconfig"],
    ],
    ["another flag", { kubeconfig: HERE }, { kubeconfig: HERE, enableSecretMutable: "true" }, []],
  ];
  for (const [what, before, after, expected] of cases) {
    it(`replaces ${expected.length === 0 ? "nothing" : "everything"} for ${what}`, () => {
      assert.deepEqual(replaces({ ...base, ...before }, { ...base, ...after }), expected);
    });
  }
});

describe("clusterAccess", () => {
  it("reads the chosen context", () => {
    const access = clusterAccess(HERE, { context: "c" });
    assert.equal(access.server.href, "https://here.test:6443/");
    assert.deepEqual([access.token, access.insecure, access.namespace], ["t", true, "team"]);
  });

  const refused: readonly [string, string, { context?: string }, string][] = [
    ["no context", HERE, {}, "kubeconfig: no context is set and there is no current-context."],
    ["an unknown context", HERE, { context: "x" }, 'kubeconfig: contexts has no entry named "x".'],
    [
      "what is no kubeconfig",
      "just a text",
      {},
      "kubeconfig: expected the content of a kubeconfig or the path of one.",
    ],
    [
      "a sign-in that Kubernetes gave up",
      kubeconfig("https://here.test", { "auth-provider": { name: "gcp" } }),
      { context: "c" },
      'kubeconfig: the user signs in with "auth-provider", which Kubernetes gave up. Use "exec".',
    ],
  ];
  for (const [what, text, choice, message] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(() => clusterAccess(text, choice), { message });
    });
  }
});
