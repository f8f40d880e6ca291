import assert from "node:assert/strict";
import { checkStack } from "../../../../config/check-stack.ts";
import { readStackFile } from "../../../../config/stack-file.ts";
import type { Finding } from "../../../../local/doctor/finding.ts";
import { report } from "../../../../local/doctor/report.ts";
import { judgeGuard, judgePlaceholders } from "../../../../local/doctor/stack-file-checks.ts";
import type { StackFacts } from "../../../../local/doctor/stack-facts.ts";
import {
  judgeBackend,
  judgeSecretsProvider,
  judgeStack,
} from "../../../../local/doctor/state-checks.ts";
import { waitingLine } from "../../../../local/doctor/waiting-line.ts";

function factsOf(stack: string, more: Partial<StackFacts> = {}): StackFacts {
  const { config, placeholders, concessions } = checkStack(readStackFile(stack));
  assert.ok(config !== undefined);
  return {
    stack,
    file: `Pulumi.${stack}.yaml`,
    settings: config,
    placeholders,
    concessions,
    usesPassphrase: false,
    hasPassphrase: false,
    ...more,
  };
}

const who = (url: string) => JSON.stringify({ user: "ann", url });
const CLOUD = who("https://app.pulumi.com/ann");

describe("judgeBackend", () => {
  it("names the place, without credentials and options of its address", () => {
    assert.deepEqual(
      judgeBackend(who("s3://id:key@bucket/prod?region=x&awssdk=v2"), factsOf("prod")),
      {
        is: "ok",
        says: "ann at s3://bucket/prod",
      },
    );
  });
  it("advises against a disk of this machine, under strict", () => {
    assert.deepEqual(judgeBackend(who("file:///home/ann/state"), factsOf("prod")), {
      is: "remark",
      says: "ann at file:///home/ann/state: a disk of this machine alone holds the state",
      fix: 'pulumi login "gs://BUCKET"',
    });
    assert.equal(judgeBackend(who("file:///home/ann/state"), factsOf("dev")).is, "ok");
  });
});

describe("judgeStack", () => {
  it("knows a stack by its last name", () => {
    assert.equal(judgeStack('[{"name":"acme/slipway/prod"}]', factsOf("prod")).is, "ok");
    const found = judgeStack(
      '[{"name":"dev"}]',
      factsOf("prod", { secretsProvider: "awskms://k" }),
    );
    assert.equal(
      "fix" in found ? found.fix : "",
      'pulumi stack init prod --secrets-provider="awskms://k"',
    );
  });
});

describe("judgeSecretsProvider", () => {
  const key =
    "gcpkms://projects/your-project/locations/us-central1/keyRings/pulumi/cryptoKeys/atlasia-prod";
  it("takes a key of a cloud, or that of Pulumi's service", () => {
    const named = factsOf("prod", { secretsProvider: "awskms://alias/slipway?region=x" });
    assert.deepEqual(judgeSecretsProvider(undefined, named), {
      is: "ok",
      says: "awskms://alias/slipway",
    });
    assert.deepEqual(judgeSecretsProvider(CLOUD, factsOf("prod")), {
      is: "ok",
      says: "the backend's own",
    });
    assert.equal(judgeSecretsProvider(undefined, factsOf("prod")).is, "not checked");
  });
  it("advises a key in place of a passphrase, under strict", () => {
    const given = { usesPassphrase: true, hasPassphrase: true };
    assert.deepEqual(judgeSecretsProvider(CLOUD, factsOf("prod", given)), {
      is: "remark",
      says: "a passphrase, which nobody can take back from those who knew it; a key of the cloud is better",
      fix: `pulumi stack change-secrets-provider "${key}" -s prod`,
    });
    assert.equal(judgeSecretsProvider(CLOUD, factsOf("dev", given)).is, "ok");
  });
  it("misses a passphrase that is needed", () => {
    const missing = {
      is: "problem",
      says: "a passphrase, and the environment does not hold it",
      fix: "export PULUMI_CONFIG_PASSPHRASE_FILE=FILE",
    };
    assert.deepEqual(
      judgeSecretsProvider(CLOUD, factsOf("prod", { usesPassphrase: true })),
      missing,
    );
    const existing = judgeSecretsProvider(who("gs://state"), factsOf("local"));
    assert.deepEqual(existing, missing);
  });
  it("advises to choose a key before the backend takes a passphrase by itself", () => {
    assert.deepEqual(judgeSecretsProvider(who("gs://state"), factsOf("prod")), {
      is: "remark",
      says: "none is chosen, and this backend then takes a passphrase",
      fix: `pulumi stack change-secrets-provider "${key}" -s prod`,
    });
  });
});

describe("judgePlaceholders", () => {
  it("is a problem for a cloud, and a remark for a cluster that exists", () => {
    const [first] = judgePlaceholders(factsOf("prod"));
    assert.deepEqual(first, {
      is: "problem",
      says: "slipway:cluster.project is still your-project",
      fix: "Write the id of your project.",
    });
    const existing = judgePlaceholders(factsOf("local"));
    assert.ok(existing.length > 0 && existing.every(({ is }) => is === "remark"));
    assert.deepEqual(existing.at(-1), {
      is: "remark",
      says: "slipway:kaizenStudioAzureClientSecret is not set",
      fix: "pulumi config set --secret slipway:kaizenStudioAzureClientSecret -s local",
    });
  });
  it("advises to refuse them once none is left", () => {
    assert.deepEqual(judgePlaceholders(factsOf("prod", { placeholders: [] })), [
      {
        is: "remark",
        says: "none left; nothing keeps one from coming back",
        fix: "pulumi config set slipway:placeholders refused -s prod",
      },
    ]);
  });
});

describe("judgeGuard", () => {
  it("tells what relaxed lets pass", () => {
    assert.deepEqual(judgeGuard(factsOf("prod")), { is: "ok", says: "strict" });
    const { is, says } = judgeGuard(factsOf("dev"));
    assert.equal(is, "ok");
    assert.match(
      says,
      /^relaxed, which allows \d+ settings that strict refuses: slipway:cluster\./,
    );
  });
});

describe("report", () => {
  const findings: readonly Finding[] = [
    { section: "Tools", check: "aws", is: "problem", says: "not on PATH", fix: "install it" },
    { section: "Place", check: "zones", is: "not checked", says: "because of that" },
  ];
  it("paints the word in front and nothing else", () => {
    const painted = report("Heading", findings, (style, text) => `<${String(style)}:${text}>`);
    assert.equal(
      painted,
      [
        "Heading",
        "",
        "<bold:Tools>",
        "  <red,bold:problem    >  aws: not on PATH",
        "               → install it",
        "",
        "<bold:Place>",
        "  <dim:not checked>  zones: because of that",
        "",
        "1 problem, 0 remarks, 1 not checked, 0 ok.",
      ].join("\n"),
    );
  });
});

describe("waitingLine", () => {
  const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
  it("is silent while things go quickly", async () => {
    const written: string[] = [];
    const waiting = waitingLine(2, undefined, (text) => written.push(text), 50);
    waiting.progress(2, []);
    waiting.end();
    await pause(80);
    assert.deepEqual(written, []);
  });
  it("writes one line into a log, and keeps one line of a terminal up to date", async () => {
    const log: string[] = [];
    const screen: string[] = [];
    const inLog = waitingLine(3, undefined, (text) => log.push(text), 10);
    const onScreen = waitingLine(3, 80, (text) => screen.push(text), 10);
    for (const { progress } of [inLog, onScreen]) progress(1, ["zones", "region", "region"]);
    await pause(40);
    for (const { progress, end } of [inLog, onScreen]) {
      progress(2, ["region"]);
      end();
    }
    const [first, second] = [
      "1 of 3 checks done; waiting for: zones, region",
      "2 of 3 checks done; waiting for: region",
    ];
    assert.deepEqual(log, [`${first}\n`]);
    const clear = "\r\u001b[2K";
    assert.deepEqual(screen, [clear + first, clear + second, clear]);
  });
});
