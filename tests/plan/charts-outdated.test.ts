import assert from "node:assert/strict";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { newestRelease, readIndex } from "../../plan/charts/newest-version.ts";
import { outdatedCharts, outdatedText } from "../../plan/charts/outdated.ts";

const INDEX = `apiVersion: v1
entries:
  shop:
    - version: 1.9.0
    - version: 1.10.0
    - version: 2.0.0-rc.1
    - version: nightly
  till:
    - version: v3.2.1
  attic:
    - version: 0.1.0-alpha
`;

describe("newestRelease", () => {
  it("goes by number and not by letter, and takes only releases", () => {
    assert.equal(newestRelease(["1.9.0", "1.10.0", "2.0.0-rc.1", "nightly"]), "1.10.0");
    assert.equal(newestRelease(["v1.2.0", "1.1.9"]), "v1.2.0");
    assert.equal(newestRelease(["1.0.0-beta", "nightly"]), undefined);
  });
});

describe("readIndex", () => {
  it("reads versions by chart", () => {
    assert.deepEqual(readIndex(INDEX)?.get("till"), ["v3.2.1"]);
  });

  it("takes neither a page nor a broken file for an index", () => {
    assert.equal(readIndex("<html><body>Sign in</body></html>"), undefined);
    assert.equal(readIndex("entries: [\n  {"), undefined);
    assert.equal(readIndex("entries: {}"), undefined);
  });
});

describe("outdatedCharts", () => {
  let server: http.Server;
  let base: string;
  let asked: string[] = [];

  before(async () => {
    server = http.createServer(({ url = "" }, response) => {
      asked.push(url);
      if (url === "/good/index.yaml") response.end(INDEX);
      else if (url === "/page/index.yaml") response.end("<html></html>");
      else if (url === "/slow/index.yaml") response.write("entries:\n");
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  beforeEach(() => {
    asked = [];
  });

  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const pin = (chart: string, version: string, place = `${base}/good`) => ({
    chart,
    version,
    repository: place,
  });

  it("asks each repository once, and tells old pins from new ones", async () => {
    const pins = [pin("shop", "1.9.0"), pin("till", "3.2.1"), pin("shop", "1.11.0")];
    assert.deepEqual(await outdatedCharts(pins), [
      { ...pins[0], newest: "1.10.0", outdated: true },
      { ...pins[1], newest: "v3.2.1", outdated: false },
      { ...pins[2], newest: "1.10.0", outdated: false },
    ]);
    assert.deepEqual(asked, ["/good/index.yaml"]);
  });

  it("finds the index of an address with a slash at its end", async () => {
    const [answer] = await outdatedCharts([pin("shop", "1.9.0", `${base}/good/`)]);
    assert.ok(answer !== undefined && "newest" in answer);
  });

  it("does not ask an OCI registry, and says so", async () => {
    const [answer] = await outdatedCharts([pin("gate", "1.0.0", "oci://registry.test/charts")]);
    assert.ok(answer !== undefined && "unknown" in answer);
    assert.match(answer.unknown, /^not asked, because an OCI registry has no index/);
  });

  it("says of each repository why it does not know", async () => {
    const closed = http.createServer();
    await new Promise<void>((resolve) => {
      closed.listen(0, "127.0.0.1", resolve);
    });
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const pins = [
      pin("shop", "1.9.0", `${base}/none`),
      pin("shop", "1.9.0", `${base}/page`),
      pin("shop", "1.9.0", `${base}/slow`),
      pin("barn", "1.9.0"),
      pin("attic", "0.1.0"),
      pin("shop", "1.9.0", `http://127.0.0.1:${port}`),
    ];
    const answers = await outdatedCharts(pins, 300);
    assert.deepEqual(
      answers.map((answer) => ("unknown" in answer ? answer.unknown : "")),
      [
        "it answered 404 when asked for index.yaml",
        "what it sent is no index of charts",
        "no whole answer within 0.3 s",
        "its index has no release of the chart",
        "its index has no release of the chart",
        "could not be asked (ECONNREFUSED)",
      ],
    );
  });

  it("lists what is outdated first, and what is not known last", () => {
    const repository = "https://charts.test";
    const text = outdatedText([
      { chart: "gate", version: "1.0.0", repository, unknown: "it answered 404" },
      { chart: "till", version: "v3.2.1", repository, newest: "v3.2.1", outdated: false },
      { chart: "shopfront", version: "1.9.0", repository, newest: "1.10.0", outdated: true },
    ]);
    assert.equal(
      text,
      [
        "shopfront  1.9.0   newest is 1.10.0",
        "till       v3.2.1  is the newest",
        "gate       1.0.0   it answered 404: https://charts.test",
        "3 charts: 1 outdated, 1 not known.",
      ].join("\n"),
    );
  });
});
