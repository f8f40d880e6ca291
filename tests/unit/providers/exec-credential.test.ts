import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import {
  readExecCredential,
  SignIn,
  signInCommand,
} from "../../../local/providers/kubernetes/exec-credential.ts";
import { clusterAccess } from "../../../local/providers/kubernetes/kubeconfig.ts";

const V1 = "client.authentication.k8s.io/v1";
const BETA = "client.authentication.k8s.io/v1beta1";
const CLUSTER = { server: "https://here.test", "certificate-authority-data": "Q0E=", other: 1 };

const answer = (status: object, apiVersion = V1) =>
  JSON.stringify({ apiVersion, kind: "ExecCredential", status });

describe("signInCommand", () => {
  const command = (exec: object) =>
    signInCommand({ apiVersion: V1, command: "aws", ...exec }, CLUSTER, "/folder");

  it("reads the program, its arguments and its environment", () => {
    assert.deepEqual(
      command({ args: ["eks", "get-token"], env: [{ name: "AWS_PROFILE", value: "p" }] }),
      { apiVersion: V1, command: "aws", args: ["eks", "get-token"], env: { AWS_PROFILE: "p" } },
    );
  });

  it("looks for a path from the kubeconfig's folder", () => {
    assert.equal(command({ command: "./bin/sign-in" }).command, "/folder/bin/sign-in");
  });

  it("tells of the cluster where the kubeconfig asks for it, and of nothing else in its entry", () => {
    const { cluster } = command({ provideClusterInfo: true });
    assert.deepEqual(cluster, {
      server: "https://here.test",
      "certificate-authority-data": "Q0E=",
    });
  });

  const refused: readonly [string, object, RegExp][] = [
    ["another version", { apiVersion: "v2" }, /^Error: kubeconfig: exec\.apiVersion: got "v2"/],
    ["no program", { command: "" }, /exec\.command: expected the name of a program/],
    ["a program that needs a terminal", { interactiveMode: "Always" }, /asks for a terminal/],
  ];
  for (const [what, exec, message] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(() => command(exec), message);
    });
  }
});

describe("readExecCredential", () => {
  const call = { command: "aws", apiVersion: V1 };

  it("takes a token until it expires, or for good", () => {
    const expirationTimestamp = "2026-01-01T00:00:00Z";
    assert.deepEqual(readExecCredential(answer({ token: "t", expirationTimestamp }), call), {
      credential: { token: "t" },
      expires: Date.UTC(2026, 0, 1),
    });
    assert.equal(readExecCredential(answer({ token: "t" }), call).expires, Infinity);
  });

  it("takes a client certificate with its key", () => {
    const status = { clientCertificateData: "C", clientKeyData: "K" };
    const { credential } = readExecCredential(answer(status), call);
    assert.deepEqual(credential, { clientCertificate: "C", clientKey: "K" });
  });

  const refused: readonly [string, string, string][] = [
    ["text that is no JSON", "s3cret", "printed no ExecCredential"],
    ["another kind", '{"kind":"Secret"}', "printed no ExecCredential"],
    [
      "another version than the kubeconfig's",
      answer({ token: "s3cret" }, BETA),
      `answered in version "${BETA}", expected "${V1}" as in exec.apiVersion`,
    ],
    [
      "a certificate without key",
      answer({ clientCertificateData: "s3cret" }),
      "gave neither a token nor a client certificate with its key",
    ],
  ];
  for (const [what, output, message] of refused) {
    it(`refuses ${what}, and does not repeat it`, () => {
      assert.throws(() => readExecCredential(output, call), {
        message: `the kubeconfig signs in with "aws", which ${message}.`,
      });
    });
  }
});

describe("SignIn", () => {
  let folder: string;
  const script = (body: string) => {
    const file = path.join(folder, "sign-in");
    fs.writeFileSync(file, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
    return (exec: object = {}) =>
      new SignIn(signInCommand({ apiVersion: V1, command: file, ...exec }, CLUSTER, folder));
  };
  const runs = () => fs.readFileSync(path.join(folder, "runs"), "utf8").trim().split("\n").length;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-sign-in-"));
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  it("runs the program with its arguments, its environment and what it may know of the cluster", async () => {
    const token = '"$1/$WHO/$(printf %s "$KUBERNETES_EXEC_INFO" | grep -c "https://here.test")"';
    const signIn = script(`printf '${answer({ token: "%s" })}' ${token}`)({
      args: ["one"],
      env: [{ name: "WHO", value: "me" }],
      provideClusterInfo: true,
    });
    assert.deepEqual(await signIn.credential(), { token: "one/me/1" });
  });

  it("runs it once for many requests, and again when the credential has run out", async () => {
    const count = `echo x >> ${folder}/runs`;
    const lasting = script(`${count}; echo '${answer({ token: "t" })}'`)();
    await Promise.all([lasting.credential(), lasting.credential(), lasting.credential()]);
    await lasting.credential();
    assert.equal(runs(), 1);
    const past = { token: "t", expirationTimestamp: "2020-01-01T00:00:00Z" };
    const short = script(`${count}; echo '${answer(past)}'`)();
    await short.credential();
    await short.credential();
    assert.equal(runs(), 3);
  });

  it("runs it again for a credential that was refused, once", async () => {
    const signIn = script(`echo x >> ${folder}/runs; echo '${answer({ token: "t" })}'`)();
    const credential = await signIn.credential();
    assert.equal(signIn.refused(credential), true);
    assert.equal(signIn.refused(credential), false);
    await signIn.credential();
    assert.equal(runs(), 2);
  });

  it("says what a program that fails said, and not its arguments", async () => {
    const signIn = script("echo 'no such cluster' >&2; exit 3")({ args: ["s3cret"] });
    await assert.rejects(signIn.credential(), {
      message: `the kubeconfig signs in with "${folder}/sign-in", which failed (exit code 3): no such cluster`,
    });
  });

  it("says what to install where the program is missing", async () => {
    const missing = (hint: object) =>
      new SignIn(signInCommand({ apiVersion: V1, command: "no-such-tool", ...hint }, CLUSTER, "/"));
    await assert.rejects(missing({ installHint: "Get it.\n" }).credential(), {
      message: 'the kubeconfig signs in with "no-such-tool", which is not on PATH. Get it.',
    });
    await assert.rejects(missing({}).credential(), /Install it, or put the folder that holds it/);
  });
});

describe("a kubeconfig with a program and a token", () => {
  it("uses the token, as client-go does", () => {
    const text = JSON.stringify({
      "current-context": "c",
      contexts: [{ name: "c", context: { cluster: "k", user: "u" } }],
      clusters: [{ name: "k", cluster: CLUSTER }],
      users: [{ name: "u", user: { token: "t", exec: { apiVersion: V1, command: "aws" } } }],
    });
    const { token, signIn } = clusterAccess(text, {});
    assert.deepEqual([token, signIn], ["t", undefined]);
  });
});
