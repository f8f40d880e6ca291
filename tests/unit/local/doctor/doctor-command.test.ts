import assert from "node:assert/strict";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { SOUND_PROGRAMS, withAnswers, withoutProgram } from "../../../support/doctor-programs.ts";
import { amiss, DoctorBench, ON } from "../../../support/doctor-bench.ts";
import type { FakePrograms } from "../../../support/fake-programs.ts";
import { selfSigned } from "../../../support/self-signed.ts";

const { gke, eks } = SOUND_PROGRAMS;

describe("make doctor", function () {
  this.timeout(60_000);
  let bench: DoctorBench;

  before(() => {
    bench = new DoctorBench();
    bench.supply("");
    bench.supply("eks");
    bench.supply("aks");
  });
  after(() => {
    bench.remove();
  });

  const examine = (cloud: keyof typeof SOUND_PROGRAMS, programs: FakePrograms, ...more: string[]) =>
    bench.run([...ON[cloud], "--json", ...more], programs);

  for (const cloud of ["gke", "eks", "aks"] as const) {
    it(`${cloud}: finds nothing amiss where nothing is, and changes nothing`, async () => {
      const run = await examine(cloud, SOUND_PROGRAMS[cloud]);
      assert.deepEqual([run.code, run.stderr, amiss(run)], [0, "", []]);
      const changing = /\b(create|delete|set|enable|register|login|update|install|init|put)\b/;
      assert.deepEqual(
        run.calls.filter((call) => changing.test(call)),
        [],
      );
      // Each is asked once, however many checks want its answer.
      assert.deepEqual(run.calls, [...new Set(run.calls)]);
    });
  }

  it("shows a line for each check, its section and the way out, and counts", async () => {
    const run = await bench.run(["--stack", "prod"], withoutProgram(gke, "gke-gcloud-auth-plugin"));
    assert.equal(run.code, 1);
    const lines = run.stdout.split("\n");
    assert.equal(lines[0], "Pulumi.prod.yaml: a cluster on GKE, atlasia-prod in us-central1");
    assert.deepEqual(lines.slice(2, 8), [
      "Tools",
      "  ok           pulumi: 3.270.0",
      "  ok           node: 24.21.0",
      "  ok           gcloud: 528.0.0",
      "  problem      gke-gcloud-auth-plugin: not on PATH",
      "               → gcloud components install gke-gcloud-auth-plugin",
    ]);
    assert.equal(lines.at(-2), "1 problem, 0 remarks, 0 not checked, 20 ok.");
  });

  it("tells a Pulumi that is too old, not logged in, and has no such stack", async () => {
    const old = withAnswers(
      gke,
      "pulumi",
      { to: "version", stdout: "v3.200.0" },
      {
        to: "whoami",
        exitCode: 255,
        stderr:
          "error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions",
      },
      { to: "stack ls", stdout: "[]" },
    );
    const run = await examine("gke", old);
    assert.equal(run.code, 1);
    assert.deepEqual(amiss(run), [
      {
        is: "problem",
        says: "3.200.0 is too old: 3.255.0 or newer is needed",
        fix: "curl -fsSL https://get.pulumi.com | sh",
        check: "pulumi",
      },
      {
        is: "problem",
        says: "not logged in to a state backend",
        fix: 'pulumi login "gs://BUCKET"',
        check: "backend",
      },
      {
        is: "problem",
        says: "the backend has no stack prod",
        fix:
          "pulumi stack init prod --secrets-provider=" +
          '"gcpkms://projects/acme-prod/locations/us-central1/keyRings/pulumi/cryptoKeys/atlasia-prod"',
        check: "stack",
      },
      {
        is: "not checked",
        says: "because the stack file names none, and the backend could not be asked",
        check: "secrets provider",
      },
    ]);
  });

  it("asks no cloud about a placeholder, which may be somebody's", async () => {
    const run = await bench.run(["--stack", "dev", "--json"], gke);
    assert.equal(run.code, 1);
    assert.deepEqual(
      run.calls.filter((call) => call.includes("your-project")),
      [],
    );
    const found = amiss(run);
    assert.ok(
      found.some(
        ({ check, says }) =>
          check === "project" && says === "because slipway:cluster.project is still a placeholder",
      ),
    );
    assert.deepEqual(
      found.find(({ check }) => check === "placeholder"),
      {
        is: "problem",
        says: "slipway:cluster.project is still your-project",
        fix: "Write the id of your project.",
        check: "placeholder",
      },
    );
  });

  it("signs in to a cluster that exists, and shows no token", async () => {
    const { cert, key } = selfSigned();
    let heard: string | undefined;
    const server = https.createServer({ cert, key }, (request, response) => {
      heard = request.headers.authorization;
      const known = heard === "Bearer k8s-aws-v1.FakeTokenOfATest";
      response.statusCode = known ? 200 : 401;
      response.end(JSON.stringify(known ? { gitVersion: "v1.35.1-eks-1" } : { code: 401 }));
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const { port } = server.address() as AddressInfo;
    const cluster = {
      endpoint: `https://127.0.0.1:${port}`,
      certificateAuthority: { data: Buffer.from(cert).toString("base64") },
    };
    const withToken = (token: string) =>
      withAnswers(
        eks,
        "aws",
        { to: "eks describe-cluster", stdout: JSON.stringify({ cluster }) },
        { to: "eks get-token", stdout: JSON.stringify({ status: { token } }) },
      );
    try {
      const let_in = await bench.run(ON.eks, withToken("k8s-aws-v1.FakeTokenOfATest"));
      assert.equal(heard, "Bearer k8s-aws-v1.FakeTokenOfATest");
      assert.equal(let_in.code, 0);
      assert.match(let_in.stdout, / login: the API server lets you in; it is v1\.35\.1-eks-1\n/);
      assert.doesNotMatch(let_in.stdout + let_in.stderr, /FakeTokenOfATest/);

      const refused = await examine("eks", withToken("k8s-aws-v1.AnotherToken"));
      assert.equal(refused.code, 1);
      assert.equal(amiss(refused)[0]?.says, "the API server does not know you (401)");
      assert.doesNotMatch(refused.stdout + refused.stderr, /AnotherToken/);
    } finally {
      server.close();
    }
  });

  it("ends in good order on Ctrl-C, with all that it started", async () => {
    const programs = withAnswers(gke, "gcloud", { to: "compute", sleep: 62 });
    const run = await bench.run(["--stack", "prod"], programs, 1500);
    assert.deepEqual([run.code, run.stdout, run.stderr], [130, "", "Interrupted.\n"]);
    assert.deepEqual(run.left, []);
  });

  it("says what it waits for when it takes long, beside the report", async () => {
    const programs = withAnswers(gke, "gcloud", { to: "compute zones list", sleep: 63 });
    const run = await bench.run(["--stack", "prod", "--timeout", "3.5"], programs);
    assert.match(run.stderr, /^\d+ of 19 checks done; waiting for: .*zones/);
    assert.equal(run.stderr.split("\n").length, 2);
    assert.match(
      run.stdout,
      /^ {2}not checked {2}zones: because gcloud did not answer within 3\.5 s$/m,
    );
  });

  it("refuses what it cannot understand", async () => {
    const nowhere = await bench.run(["--stack", "nowhere"], {});
    assert.equal(nowhere.code, 2);
    assert.match(nowhere.stderr, /^Pulumi\.nowhere\.yaml: got no such file, expected /);
    const cloud = await bench.run(["--stack", "prod", "--cluster", "ekz"], {});
    assert.equal(cloud.code, 2);
    assert.match(cloud.stderr, /^examples: got "ekz", expected one of aks, eks\./);
    const local = await bench.run(["--stack", "local"], {});
    assert.equal(local.code, 2);
    assert.equal(
      local.stderr,
      "Stack local runs on this machine, and make up brings all that it needs. " +
        "Name a stack for a cluster elsewhere: make doctor STACK=prod\n",
    );
    const wrong = [[], ["--stack", "prod", "--timeout", "soon"], ["--stak", "prod"]];
    const runs = await Promise.all(wrong.map((args) => bench.run(args, {})));
    assert.deepEqual(
      runs.map(({ code }) => code),
      [2, 2, 2],
    );
    bench.writeStack("broken", "config:\n  slipway:guard: strct\n");
    const broken = await bench.run(["--stack", "broken"], {});
    assert.equal(broken.code, 1);
    assert.match(broken.stderr, /^Pulumi\.broken\.yaml has \d+ problems:/);
  });
});
