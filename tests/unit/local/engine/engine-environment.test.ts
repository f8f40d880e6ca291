import assert from "node:assert/strict";
import path from "node:path";
import { engineEnvironment, enginePath } from "../../../../local/engine/engine-environment.ts";
import { engineFolder } from "../../../../local/engine/engine-folder.ts";
import { REPOSITORY } from "../../../../local/repository.ts";
import { TOOLS, type ToolName, type ToolPaths } from "../../../../local/tools/index.ts";

const tools = Object.fromEntries(
  TOOLS.map(({ name }): [ToolName, string] => [name, `/tools/${name}`]),
) as ToolPaths;
const options = {
  folder: engineFolder("/state", "stand-in"),
  tools,
  plugins: "stand-in",
  checkpoints: true,
} as const;

describe("enginePath", () => {
  it("puts our Node first, then the engine, then what the machine has", () => {
    const bin = path.join(REPOSITORY, "node_modules/.bin");
    assert.equal(enginePath(tools, "/usr/bin:/tools:"), `${bin}:/tools:/usr/bin`);
  });

  it("puts the programs that sign in to a stand-in cloud before those of the machine", () => {
    const [first] = enginePath(tools, "/usr/bin", true).split(":");
    assert.equal(first, path.join(REPOSITORY, "local/cloud/bin"));
  });
});

describe("engineEnvironment", () => {
  it("drops whatever would lead to an account or a cluster of the caller's", () => {
    const callers = {
      HOME: "/home/me",
      PULUMI_ACCESS_TOKEN: "t",
      PULUMI_CONFIG_PASSPHRASE: "p",
      KUBECONFIG: "/home/me/.kube/config",
      SLIPWAY_KUBECONFIG: "x",
      SLIPWAY_CLOUD: "y",
    };
    assert.deepEqual(Object.keys(engineEnvironment(options, callers)).sort(), [
      "HOME",
      "PATH",
      "PULUMI_BACKEND_URL",
      "PULUMI_CONFIG_PASSPHRASE_FILE",
      "PULUMI_DEBUG_COMMANDS",
      "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION",
      "PULUMI_HOME",
      "PULUMI_IGNORE_AMBIENT_PLUGINS",
      "PULUMI_SKIP_UPDATE_CHECK",
    ]);
  });

  it("lets the engine fetch plugins when the real ones are asked for, into a home of their own", () => {
    const folder = engineFolder("/state", "real");
    const variables = engineEnvironment({ ...options, folder, plugins: "real" }, {});
    assert.equal(variables["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"], undefined);
    assert.equal(variables["PULUMI_IGNORE_AMBIENT_PLUGINS"], undefined);
    assert.equal(variables["PULUMI_HOME"], "/state/pulumi-home-real");
  });

  it("skips checkpoints only when asked", () => {
    const variables = engineEnvironment({ ...options, checkpoints: false }, {});
    assert.equal(variables["PULUMI_SKIP_CHECKPOINTS"], "true");
    assert.equal(variables["PULUMI_EXPERIMENTAL"], "true");
    assert.equal(engineEnvironment(options, {})["PULUMI_SKIP_CHECKPOINTS"], undefined);
  });

  it("names the kubeconfig of the control plane where there is one", () => {
    const variables = engineEnvironment({ ...options, kubeconfig: "/state/kubeconfig" }, {});
    assert.equal(variables["SLIPWAY_KUBECONFIG"], "/state/kubeconfig");
  });

  it("names the account of a stand-in cloud, and finds its programs, only where there is one", () => {
    const variables = engineEnvironment(
      { ...options, cloud: "/state/cloud" },
      { PATH: "/usr/bin" },
    );
    assert.equal(variables["SLIPWAY_CLOUD"], "/state/cloud");
    assert.match(variables["PATH"] ?? "", /local\/cloud\/bin:/);
    assert.doesNotMatch(engineEnvironment(options, {})["PATH"] ?? "", /local\/cloud/);
  });

  it("hands on what somebody asks for about a cluster that is gone", () => {
    const switches = {
      PULUMI_K8S_DELETE_UNREACHABLE: "true",
      PULUMI_K8S_SKIP_UPDATE_UNREACHABLE: "true",
    };
    const variables = engineEnvironment(options, { ...switches, PULUMI_K8S_CLIENT_QPS: "1" });
    assert.equal(variables["PULUMI_K8S_DELETE_UNREACHABLE"], "true");
    assert.equal(variables["PULUMI_K8S_SKIP_UPDATE_UNREACHABLE"], "true");
    assert.equal(variables["PULUMI_K8S_CLIENT_QPS"], undefined);
  });

  it("names the backend such that no character of its path is taken for a part of an address", () => {
    const folder = engineFolder("/my state/100% #1?", "stand-in");
    const variables = engineEnvironment({ ...options, folder }, {});
    assert.equal(variables["PULUMI_BACKEND_URL"], "file:///my%20state/100%25%20%231%3F/backend");
  });
});
