import assert from "node:assert/strict";
import { kubeconfigText } from "../../../../local/control-plane/credentials.ts";
import { actingParts, apiParts } from "../../../../local/control-plane/parts.ts";
import { stateLayout } from "../../../../local/control-plane/state-layout.ts";
import { TOOLS, type ToolName, type ToolPaths } from "../../../../local/tools/index.ts";

const tools = Object.fromEntries(
  TOOLS.map(({ name }): [ToolName, string] => [name, `/bin/${name}`]),
) as ToolPaths;
const ports = { etcd: 1, etcdPeer: 2, apiServer: 3, controllerManager: 4, scheduler: 5 };
const layout = stateLayout("/state");
const parts = [...apiParts(layout, ports, tools), ...actingParts(layout, ports, tools)];

describe("the parts of the control plane", () => {
  it("start in the order in which they need each other", () => {
    assert.deepEqual(
      parts.map(({ name }) => name),
      ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"],
    );
  });

  it("listen on the loopback interface only", () => {
    const listening = parts
      .flatMap(({ args }) => args)
      .filter((arg) => /^--(bind-address|listen-\w+-urls)=/.test(arg));
    assert.equal(listening.length, 5);
    for (const arg of listening) assert.match(arg, /=(http:\/\/)?127\.0\.0\.1(:\d+)?$/);
  });

  it("keep everything in the state folder", () => {
    const files = parts.flatMap(({ args }) => args.filter((arg) => /=\//.test(arg)));
    for (const arg of files) assert.match(arg, /=\/state\/cluster\//);
  });

  it("wait for the heartbeats of nodes as long as a busy machine takes", () => {
    assert.ok(parts[2]?.args.includes("--node-monitor-grace-period=1h"));
  });

  it("authorize by roles", () => {
    assert.ok(parts[1]?.args.includes("--authorization-mode=RBAC"));
  });
});

describe("kubeconfigText", () => {
  it("is of the context that the local stack names", () => {
    const text = kubeconfigText("https://127.0.0.1:3", Buffer.from("CA"), "me", "t");
    assert.match(text, /^current-context: slipway-local$/m);
    assert.match(text, /certificate-authority-data: Q0E=/);
  });
});
