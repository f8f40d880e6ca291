import assert from "node:assert/strict";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { stringify } from "yaml";
import { KubernetesProvider } from "../../../local/providers/kubernetes/kubernetes-provider.ts";
import { unreachableOptions } from "../../../local/providers/kubernetes/unreachable.ts";
import type { PropertyMap } from "../../../local/providers/property-values.ts";

const ID = "urn:pulumi:test::slipway::kubernetes:core/v1:ConfigMap::settings";
const request = { urn: ID, type: "kubernetes:core/v1:ConfigMap", name: "settings", timeout: 5 };
const release = { ...request, type: "kubernetes:helm.sh/v3:Release" };
const inputs = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings" } };
const recorded = { ...request, id: "default/settings", state: { seen: true }, inputs };

const REASON = /cannot be reached: connect ECONNREFUSED/;

function kubeconfig(server: string, user: object = { token: "t" }): string {
  return stringify({
    "current-context": "c",
    contexts: [{ name: "c", context: { cluster: "k", user: "u" } }],
    clusters: [{ name: "k", cluster: { server } }],
    users: [{ name: "u", user }],
  });
}

describe("unreachableOptions", () => {
  it("goes by the inputs, and by the environment where these say nothing", () => {
    const environment = { PULUMI_K8S_DELETE_UNREACHABLE: "true" };
    const options = (given: PropertyMap) => unreachableOptions(given, environment);
    assert.deepEqual(options({}), { deleteUnreachable: true, skipUpdateUnreachable: false });
    assert.equal(options({ deleteUnreachable: "false" }).deleteUnreachable, false);
    assert.equal(options({ skipUpdateUnreachable: true }).skipUpdateUnreachable, true);
  });
});

describe("a cluster that cannot be reached", () => {
  let warnings: string[];
  const provider = async (config: PropertyMap, text = kubeconfig("http://127.0.0.1:1")) => {
    warnings = [];
    const host = { warn: (_urn: string, text: string) => void warnings.push(text), status() {} };
    const made = new KubernetesProvider("0.0.0", host);
    await made.configure({ kubeconfig: text, ...config });
    return made;
  };

  it("fails what is read and deleted, and says how to drop it from the state", async () => {
    const plain = await provider({});
    await assert.rejects(plain.read(recorded), /due to unreachable cluster\. If the cluster was/);
    await assert.rejects(plain.delete(recorded), /PULUMI_K8S_DELETE_UNREACHABLE set to "true"/);
    assert.equal(warnings.length, 2);
    assert.match(warnings[0] ?? "", REASON);
  });

  it("with deleteUnreachable drops what is read and deleted", async () => {
    const dropping = await provider({ deleteUnreachable: "true" });
    assert.equal(await dropping.read(recorded), undefined);
    await dropping.delete(recorded);
    assert.match(warnings[1] ?? "", REASON);
  });

  it("with deleteUnreachable drops a release when it is read, and not when it is deleted", async () => {
    const dropping = await provider({ deleteUnreachable: "true" });
    assert.equal(await dropping.read({ ...recorded, ...release }), undefined);
    await assert.rejects(
      dropping.delete({ ...recorded, ...release }),
      /^Error: can't delete Helm Release with unreachable cluster\. Reason: .*pulumi refresh/,
    );
  });

  it("with skipUpdateUnreachable leaves state and inputs as they were", async () => {
    const skipping = await provider({ skipUpdateUnreachable: "true" });
    const { id, state } = recorded;
    assert.deepEqual(await skipping.read(recorded), { id, state, inputs });
    const changed = { ...inputs, data: { a: "1" } };
    const checking = { ...request, oldInputs: inputs, newInputs: changed };
    const { inputs: kept } = await skipping.check({ ...checking, randomSeed: new Uint8Array(3) });
    assert.deepEqual(kept, inputs);
    await assert.rejects(skipping.delete(recorded), /cluster is unreachable/);
  });

  it("is one whose sign-in program is missing, too", async () => {
    const exec = { apiVersion: "client.authentication.k8s.io/v1", command: "no-such-tool" };
    const text = kubeconfig("http://127.0.0.1:1", { exec });
    await assert.rejects((await provider({}, text)).read(recorded), /unreachable cluster/);
    assert.match(warnings[0] ?? "", /signs in with "no-such-tool", which is not on PATH/);
  });
});

describe("a cluster that can be reached", () => {
  it("is asked, whatever the options say", async () => {
    const asked: string[] = [];
    const server = http.createServer((incoming, outgoing) => {
      asked.push(incoming.url ?? "");
      const list = incoming.url === "/api/v1";
      outgoing.writeHead(list || incoming.url === "/apis" ? 200 : 404);
      const resources = [{ name: "configmaps", kind: "ConfigMap", namespaced: true }];
      outgoing.end(JSON.stringify(list ? { resources } : {}));
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const { port } = server.address() as AddressInfo;
    const made = new KubernetesProvider("0.0.0", { warn() {}, status() {} });
    await made.configure({
      kubeconfig: kubeconfig(`http://127.0.0.1:${port}`),
      deleteUnreachable: "true",
      skipUpdateUnreachable: "true",
    });
    try {
      assert.equal(await made.read(recorded), undefined);
      await made.delete(recorded);
      const live = "/api/v1/namespaces/default/configmaps/settings";
      assert.deepEqual(asked, ["/apis", "/api/v1", live, live]);
    } finally {
      made.close();
      server.close();
    }
  });
});
