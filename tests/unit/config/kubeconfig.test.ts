import assert from "node:assert/strict";
import os from "node:os";
import path from "node:path";
import { describeProblem } from "../../../components/core/problem.ts";
import { checkStack } from "../../../config/check-stack.ts";
import { environment } from "../../../config/environment.ts";
import { fakeKubeconfig, kubeconfigPath, readKubeconfig } from "../../../config/kubeconfig.ts";
import { edited } from "./stack-sources.ts";

const root = path.resolve(import.meta.dirname, "../../..");

describe("environment", () => {
  it("reads the kubeconfig's path and takes an empty one for none", () => {
    assert.deepEqual(environment({ SLIPWAY_KUBECONFIG: "/k" }), { kubeconfigFile: "/k" });
    assert.deepEqual(environment({ SLIPWAY_KUBECONFIG: "" }), {});
    assert.deepEqual(environment({}), {});
  });
});

describe("kubeconfigPath", () => {
  const table: [file: string, variables: Record<string, string>, expected: string][] = [
    [".local/kubeconfig", {}, path.join(root, ".local/kubeconfig")],
    ["~/.kube/config", {}, path.join(os.homedir(), ".kube/config")],
    ["/etc/kubeconfig", {}, "/etc/kubeconfig"],
    [".local/kubeconfig", { SLIPWAY_KUBECONFIG: "/other" }, "/other"],
  ];
  for (const [file, variables, expected] of table) {
    it(`finds ${file} with ${JSON.stringify(variables)}`, () => {
      assert.equal(kubeconfigPath(file, environment(variables)), expected);
    });
  }
});

describe("readKubeconfig", () => {
  it("gives nothing for a file that is not there, and names one that cannot be read", () => {
    assert.equal(readKubeconfig(path.join(root, "no-such-file")), undefined);
    assert.throws(() => readKubeconfig(root), {
      name: "UnreadableKubeconfig",
      message: `${root} cannot be read (EISDIR)`,
    });
    const below = path.join(root, "package.json", "kubeconfig");
    assert.throws(() => readKubeconfig(below), { message: `${below} cannot be read (ENOTDIR)` });
  });

  for (const placeholders of ["allowed", "refused"]) {
    it(`lists a file that cannot be read with placeholders ${placeholders}`, () => {
      const source = edited("local", {
        "slipway:placeholders": placeholders,
        "slipway:cluster.kubeconfigFile": ".",
      });
      const at = "slipway:cluster.kubeconfigFile";
      const { problems } = checkStack(source);
      assert.deepEqual(problems.filter((problem) => problem.path === at).map(describeProblem), [
        `${at}: got ".", expected a file that can be read, and ${root} cannot be read (EISDIR). ` +
          "Name a kubeconfig that you may read.",
      ]);
    });
  }
});

describe("fakeKubeconfig", () => {
  it("has the context that the stack names and leads nowhere", () => {
    const content = fakeKubeconfig("slipway-prod", "kubeconfig-not-set");
    assert.deepEqual(JSON.parse(content), {
      apiVersion: "v1",
      kind: "Config",
      clusters: [
        {
          name: "kubeconfig-not-set",
          cluster: { server: "https://kubeconfig-not-set.invalid:443" },
        },
      ],
      users: [{ name: "kubeconfig-not-set", user: {} }],
      contexts: [
        {
          name: "slipway-prod",
          context: { cluster: "kubeconfig-not-set", user: "kubeconfig-not-set" },
        },
      ],
      "current-context": "slipway-prod",
    });
  });
});
