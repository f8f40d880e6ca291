import assert from "node:assert/strict";
import { z } from "zod";
import { answerOf, errorLine, readJson, unanswered } from "../../../../local/doctor/answer.ts";

const failing = (stderr: string) => answerOf({ is: "ended", exitCode: 1, stdout: "", stderr });

describe("answerOf", () => {
  // One message of each program for each reason.
  const SAID: readonly (readonly [string, string])[] = [
    ["signed out", "ERROR: (gcloud.x) You do not currently have an active account selected."],
    [
      "signed out",
      "ERROR: (gcloud.auth.application-default.print-access-token) Your default credentials were not found.",
    ],
    [
      "signed out",
      'Unable to locate credentials. You can configure credentials by running "aws login".',
    ],
    ["signed out", "An error occurred (ExpiredToken) when calling the GetCallerIdentity operation"],
    ["signed out", "Error when retrieving token from sso: Token has expired and refresh failed"],
    ["signed out", "ERROR: Please run 'az login' to setup account."],
    ["signed out", "ERROR: AADSTS700082: The refresh token has expired due to inactivity."],
    [
      "offline",
      "ERROR: There was a problem refreshing your current auth tokens: HTTPSConnectionPool(host='x', " +
        "port=443): Max retries exceeded\nPlease run:\n  $ gcloud auth login\nto obtain new credentials.",
    ],
    ["offline", 'Could not connect to the endpoint URL: "https://sts.amazonaws.com/"'],
    ["offline", "<urllib3.connection object>: Failed to establish a new connection: [Errno -3]"],
    ["offline", "error: dial tcp: lookup api.pulumi.com: no such host"],
    [
      "api off",
      "ERROR: (gcloud.compute) PERMISSION_DENIED: Compute Engine API has not been used in project 1 before",
    ],
    [
      "denied",
      "ERROR: (gcloud.projects.describe) [ann] does not have permission to access projects instance [p]",
    ],
    ["denied", "An error occurred (UnauthorizedOperation): You are not authorized to perform this"],
    ["denied", "ERROR: (AuthorizationFailed) The client does not have authorization"],
    ["not there", "ERROR: ResponseError: code=404, message=Not found: projects/p/clusters/c."],
    ["not there", "An error occurred (ResourceNotFoundException): No cluster found for name: c."],
    ["failed", "ERROR: gcloud crashed (AttributeError): 'NoneType' object has no attribute 'x'"],
  ];
  for (const [is, stderr] of SAID) {
    it(`${is}: ${stderr.slice(0, 60)}`, () => {
      assert.equal(failing(stderr).is, is);
    });
  }

  it("gives the output of what went well, whatever stood beside it", () => {
    const outcome = {
      is: "ended",
      exitCode: 0,
      stdout: "{}",
      stderr: "WARNING: az login",
    } as const;
    assert.deepEqual(answerOf(outcome), { is: "answer", text: "{}" });
  });
});

describe("errorLine", () => {
  it("is the line that speaks of an error, without what stands before it", () => {
    assert.equal(errorLine("WARNING: old\nERROR: (gcloud.x) no.\nmore"), "(gcloud.x) no");
    assert.equal(errorLine("\n  first\nsecond\n"), "first");
    assert.equal(errorLine(""), "it said nothing");
  });

  it("shows nothing that looks like a token, and no more than a line of it", () => {
    const tokens = [
      "ya29.a0AfFake-fake_fake",
      "eyJhbGciOi.eyJzdWIi.c2ln",
      "pul-0123456789abcdef",
      "k8s-aws-v1.aHR0cHM6",
      "A".repeat(64),
    ];
    for (const token of tokens) {
      assert.equal(errorLine(`error: bad token ${token} given`), "bad token [hidden] given");
    }
    assert.equal(errorLine("no ".repeat(100)).length, 203);
  });
});

describe("unanswered", () => {
  const line = { file: "gcloud", args: ["compute", "zones", "list"] };
  const because = {
    missing: "because gcloud is not on PATH",
    hung: "because gcloud did not answer within 10 s",
    offline: "because gcloud cannot reach its cloud from here",
    "signed out": "because gcloud is not signed in",
    denied: "because you may not look (why)",
    "api off": "because an API is not enabled (why)",
    "not there": "because gcloud compute zones list failed (why)",
    failed: "because gcloud compute zones list failed (why)",
  } as const;
  for (const [is, says] of Object.entries(because) as [keyof typeof because, string][]) {
    it(`${is}: ${says}`, () => {
      assert.deepEqual(unanswered(line, { is, error: "why" }, 10_000), { is: "not checked", says });
    });
  }
});

describe("readJson", () => {
  it("does not repeat what it cannot read", () => {
    for (const text of ["secret", '{"token":"secret"}']) {
      assert.throws(() => readJson(z.object({ id: z.string() }), text), {
        name: "UnexpectedAnswer",
        message: "its answer has an unexpected form",
      });
    }
  });
});
