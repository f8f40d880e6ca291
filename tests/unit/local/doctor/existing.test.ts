import assert from "node:assert/strict";
import fs from "node:fs";
import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { asking, verdictsOf, type Check } from "../../../../local/doctor/check.ts";
import { askVersion } from "../../../../local/doctor/cluster-login.ts";
import { commandRunner } from "../../../../local/doctor/command-runner.ts";
import { existingChecks } from "../../../../local/doctor/existing/existing-checks.ts";
import type { StackFacts } from "../../../../local/doctor/stack-facts.ts";
import { writeFakePrograms, type FakePrograms } from "../../../support/fake-programs.ts";
import { selfSigned } from "../../../support/self-signed.ts";

describe("the checks of a cluster that exists", () => {
  const { cert, key } = selfSigned();
  let folder = "";
  let server: https.Server;
  let address = "";
  const never = new AbortController().signal;

  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-existing-"));
    server = https.createServer({ cert, key }, ({ headers }, response) => {
      response.statusCode = headers.authorization === "Bearer fake-token" ? 200 : 401;
      response.end('{"gitVersion":"v1.35.0"}');
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    address = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.close();
    fs.rmSync(folder, { recursive: true });
  });

  function kubeconfig(user: object, at = address): string {
    const file = path.join(folder, "kubeconfig");
    const authority = Buffer.from(cert).toString("base64");
    fs.writeFileSync(
      file,
      JSON.stringify({
        clusters: [{ name: "c", cluster: { server: at, "certificate-authority-data": authority } }],
        users: [{ name: "u", user }],
        contexts: [{ name: "mine", context: { cluster: "c", user: "u" } }],
      }),
    );
    return file;
  }
  function checks(kubeconfigFile: string | undefined, context = "mine"): Check[] {
    const settings = { context, ...(kubeconfigFile === undefined ? {} : { kubeconfigFile }) };
    return existingChecks(
      settings as Parameters<typeof existingChecks>[0],
      {
        stack: "prod",
      } as StackFacts,
    );
  }
  /** The verdicts, each as `title: verdict: what it says`. */
  async function found(all: readonly Check[], programs: FakePrograms = {}): Promise<string[]> {
    const bin = fs.mkdtempSync(path.join(folder, "bin-"));
    writeFakePrograms(bin, programs);
    const run = commandRunner({ searchPath: bin, timeout: 5000, signal: never });
    const verdicts = all.map(async (check) => {
      const [verdict] = await verdictsOf(check, asking(run, 5000, never));
      return `${check.title}: ${verdict?.is ?? ""}: ${verdict?.says ?? ""}`;
    });
    return Promise.all(verdicts);
  }

  const LET_IN = "login: ok: the API server lets you in; it is v1.35.0";

  it("sign in by a token", async () => {
    const [, login] = await found(checks(kubeconfig({ token: "fake-token" })));
    assert.equal(login, LET_IN);
    const [, refused] = await found(checks(kubeconfig({ token: "other" })));
    assert.equal(refused, "login: problem: the API server does not know you (401)");
  });

  it("sign in by the program that the kubeconfig names", async () => {
    const exec = { apiVersion: "v1", command: "sign-in", args: ["--now"], env: null };
    const all = checks(kubeconfig({ exec }));
    const answer = { to: "--now", stdout: '{"status":{"token":"fake-token"}}' };
    assert.equal((await found(all, { "sign-in": [answer] }))[1], LET_IN);
    assert.equal(
      (await found(all))[1],
      "login: problem: the kubeconfig signs in by sign-in, which is not on PATH",
    );
    assert.equal(
      (await found(all, { "sign-in": [{ to: "--now", stdout: "fake-token" }] }))[1],
      "login: not checked: because its answer has an unexpected form",
    );
  });

  it("tell a kubeconfig that is not there, is none, or lacks the context", async () => {
    assert.deepEqual(await found(checks(undefined)), [
      "login: not checked: because slipway:kubeconfig is a secret, and the doctor opens none",
    ]);
    const away = path.join(folder, "away");
    assert.deepEqual(await found(checks(away)), [`kubeconfig: problem: there is no ${away}`]);
    const file = kubeconfig({});
    assert.deepEqual(await found(checks(file, "theirs")), [
      `kubeconfig: problem: ${file} has no context theirs; it has mine`,
    ]);
    fs.writeFileSync(file, "]");
    assert.deepEqual(await found(checks(file)), [`kubeconfig: problem: ${file} is no kubeconfig`]);
  });

  it("tell a server that does not answer, or shows another certificate", async () => {
    const closed = kubeconfig({ token: "fake-token" }, "https://127.0.0.1:1");
    assert.equal(
      (await found(checks(closed)))[1],
      "login: problem: the API server does not answer (ECONNREFUSED)",
    );
    const stranger = await askVersion({ server: address }, 5000, never);
    assert.deepEqual(stranger, { is: "silent", why: "DEPTH_ZERO_SELF_SIGNED_CERT" });
    const nonsense = await askVersion({ server: address, certificateAuthority: "x" }, 5000, never);
    assert.equal(nonsense.is, "silent");
  });

  it("wait for a server no longer than they may, and leave on Ctrl-C", async () => {
    const mute = http.createServer();
    await new Promise<void>((ready) => mute.listen(0, "127.0.0.1", ready));
    const at = `http://127.0.0.1:${(mute.address() as AddressInfo).port}`;
    try {
      assert.deepEqual(await askVersion({ server: at }, 200, never), {
        is: "silent",
        why: "no answer within 0.2 s",
      });
      const interrupt = new AbortController();
      const asked = askVersion({ server: at }, 5000, interrupt.signal);
      interrupt.abort();
      await assert.rejects(asked, { name: "Interrupted" });
    } finally {
      mute.close();
      mute.closeAllConnections();
    }
  });
});
