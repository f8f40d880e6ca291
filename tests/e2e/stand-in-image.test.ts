import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { execa } from "execa";
import getPort from "get-port";
import { PUBLIC_IMAGES } from "../../components/workloads/public-images.ts";
import {
  migrationImage,
  serverImage,
  STAND_IN_IMAGE,
} from "../../components/workloads/stand-in-image.ts";
import { provideDebianPrograms } from "../../local/tools/debian-packages.ts";
import { provideTools } from "../../local/tools/provide-tools.ts";
import { toolNamed } from "../../local/tools/tool-table.ts";
import { checkMetrics } from "../support/promtool.ts";

const HOST = "127.0.0.1";

describe("the stand-in image's program", () => {
  let program: string;

  before(async () => {
    ({ "http-echo": program } = await provideTools({ names: ["http-echo"] }));
  });

  it("is the one that is tested here", () => {
    assert.ok(PUBLIC_IMAGES.httpEcho.endsWith(`/http-echo:${toolNamed("http-echo").version}`));
  });

  it("answers probes and scrapes, and takes a signal", async () => {
    const { promtool } = await provideDebianPrograms([
      { program: "promtool", package: "prometheus" },
    ]);
    const port = await getPort({ host: HOST });
    const { args = [] } = serverImage(STAND_IN_IMAGE, port, undefined);
    // In a pod it listens on every address, here on none but ours.
    const onLoopback = args.map((arg) => arg.replace("-listen=:", `-listen=${HOST}:`));
    const server = execa(program, onLoopback, { reject: false, timeout: 30_000, all: true });
    try {
      for (const path of ["/", "/health", "/metrics", "/api/anything"]) {
        assert.equal((await ask(`http://${HOST}:${port}${path}`)).status, 200, path);
      }
      const answer = await (await ask(`http://${HOST}:${port}/metrics`)).text();
      assert.equal(checkMetrics(promtool, answer), "");
      assert.notEqual(checkMetrics(promtool, answer.replace("# ", "")), "");
    } finally {
      server.kill("SIGTERM");
    }
    const { timedOut, all } = await server;
    assert.ok(!timedOut, all);
  });

  it("ends well as a migration", async () => {
    const { command } = migrationImage(STAND_IN_IMAGE, ["migrate"], undefined);
    const [entrypoint, ...args] = command;
    assert.equal(entrypoint, "/http-echo");
    assert.match((await execa(program, args)).stdout, /http-echo v1\.0\.0/);
  });
});

/** Asks until somebody answers, 5 seconds at most. */
async function ask(url: string): Promise<Response> {
  const deadline = Date.now() + 5000;
  for (;;) {
    try {
      return await fetch(url);
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await setTimeout(50);
    }
  }
}
