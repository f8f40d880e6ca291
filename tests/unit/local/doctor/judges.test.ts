import assert from "node:assert/strict";
import fc from "fast-check";
import { judgeLogin, readToken } from "../../../../local/doctor/cluster-login.ts";
import { judgeQuota } from "../../../../local/doctor/quota.ts";
import { judgeKubectl, judgeKubelogin } from "../../../../local/doctor/tool-checks.ts";
import { isAtLeast, judgeVersion } from "../../../../local/doctor/versions.ts";

describe("judgeVersion", () => {
  const cases: readonly (readonly [string, string | undefined, string, string])[] = [
    ["v3.255.0", "3.255.0", "ok", "3.255.0"],
    ["v3.254.9\n", "3.255.0", "problem", "3.254.9 is too old: 3.255.0 or newer is needed"],
    ["aws-cli/2.0.61 Python/3.7.3", "2.0.0", "ok", "2.0.61"],
    ["Kubernetes v1.30.0+03fcd0f8cb9e", undefined, "ok", "1.30.0"],
    ["dev build", undefined, "ok", "found; it does not say which version"],
    ["", "1.0", "problem", "it does not say which version it is, and 1.0 or newer is needed"],
  ];
  for (const [output, oldest, is, says] of cases) {
    it(`${JSON.stringify(output)} for ${oldest ?? "any"}: ${is}`, () => {
      const verdict = judgeVersion(output, oldest, "install");
      assert.deepEqual([verdict.is, verdict.says], [is, says]);
    });
  }

  it("orders versions as their numbers do", () => {
    const part = fc.nat({ max: 400 });
    fc.assert(
      fc.property(fc.tuple(part, part, part), fc.tuple(part, part, part), (one, other) => {
        const index = one.findIndex((number, at) => number !== other[at]);
        const expected = index === -1 || (one[index] ?? 0) > (other[index] ?? 0);
        assert.equal(isAtLeast(one.join("."), other.join(".")), expected);
      }),
    );
  });
});

describe("judgeKubectl", () => {
  const output = (version: string) => `{"clientVersion":{"gitVersion":"${version}"}}`;
  it("lets it be one minor version away from the cluster", () => {
    assert.equal(judgeKubectl(output("v1.34.1"), "1.35").is, "ok");
    assert.equal(judgeKubectl(output("v1.36.0"), "1.35").is, "ok");
    assert.deepEqual(judgeKubectl(output("v1.32.4-dispatcher"), "1.35"), {
      is: "remark",
      says: "1.32.4 is more than one minor version away from the cluster's 1.35",
      fix: "Install kubectl 1.35: https://kubernetes.io/docs/tasks/tools/",
    });
    assert.equal(judgeKubectl(output("v1.20.0"), undefined).is, "ok");
    assert.equal(judgeKubectl("{}", "1.35").is, "not checked");
  });
});

describe("judgeKubelogin", () => {
  it("knows Azure's from the other program of that name", () => {
    const azure = "kubelogin version \ngit hash: v0.2.10/abc\nGo version: go1.24.4\n";
    assert.deepEqual(judgeKubelogin(azure), { is: "ok", says: "0.2.10" });
    assert.equal(judgeKubelogin("kubelogin version v1.34.0 (go1.24.4)").is, "problem");
  });
});

describe("judgeQuota", () => {
  const need = { amount: 100, of: "CPUs" };
  const fix = (limit: number) => `ask for ${limit}`;
  const judge = (limit: number, used: number | undefined, exists: boolean) => {
    const verdict = judgeQuota(need, used === undefined ? { limit } : { limit, used }, exists, fix);
    return [verdict.is, verdict.says, "fix" in verdict ? verdict.fix : undefined];
  };
  it("holds, or not, or only without what others use", () => {
    assert.deepEqual(judge(100, 0, false), [
      "ok",
      "up to 100 CPUs needed, 100 allowed, 0 in use",
      undefined,
    ]);
    assert.deepEqual(judge(100, undefined, false), [
      "ok",
      "up to 100 CPUs needed, 100 allowed",
      undefined,
    ]);
    assert.deepEqual(judge(-1, 0, false), [
      "ok",
      "up to 100 CPUs needed, without a limit",
      undefined,
    ]);
    assert.deepEqual(judge(99, 5, false)[0], "problem");
    assert.equal(judge(99, 5, false)[2], "ask for 105");
    assert.deepEqual(judge(104, 5, false), [
      "problem",
      "up to 100 CPUs needed, 104 allowed, 5 in use",
      "ask for 105",
    ]);
  });
  it("takes nobody's own nodes for somebody else's", () => {
    assert.deepEqual(judge(104, 60, true), [
      "remark",
      "up to 100 CPUs needed, 104 allowed, 60 in use, the cluster's own among these",
      "ask for 160",
    ]);
    assert.deepEqual(judge(99, 60, true)[2], "ask for 100");
  });
});

describe("judgeLogin", () => {
  const remedies = { silent: "open it", refused: "ask" };
  const says = (
    reply: Parameters<typeof judgeLogin>[0],
    silent: string | undefined = "open it",
  ) => {
    const verdict = judgeLogin(reply, { ...remedies, silent });
    return `${verdict.is}: ${verdict.says}`;
  };
  it("tells being let in from being unknown, unwelcome and unheard", () => {
    assert.equal(
      says({ is: "reply", status: 200, version: "v1.35.1" }),
      "ok: the API server lets you in; it is v1.35.1",
    );
    assert.equal(
      says({ is: "reply", status: 401 }),
      "problem: the API server does not know you (401)",
    );
    assert.equal(
      says({ is: "reply", status: 403 }),
      "problem: the API server knows you and allows you nothing (403)",
    );
    assert.equal(
      says({ is: "reply", status: 502 }),
      "not checked: because what answers is no API server that is ready (status 502)",
    );
    assert.equal(
      says({ is: "silent", why: "ECONNREFUSED" }),
      "problem: the API server does not answer (ECONNREFUSED)",
    );
    const inside = judgeLogin(
      { is: "silent", why: "ETIMEDOUT" },
      { silent: undefined, refused: "" },
    );
    assert.deepEqual(inside, {
      is: "not checked",
      says: "because the API server is reached from inside its network alone (ETIMEDOUT); run make doctor there too",
    });
  });
  it("takes no empty token for one", () => {
    assert.throws(() => readToken('{"status":{"token":""}}'), { name: "UnexpectedAnswer" });
  });
});
