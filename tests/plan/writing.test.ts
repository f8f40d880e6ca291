import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { manifestFiles, releaseFiles } from "../../plan/write/manifests.ts";
import { resourcesFile } from "../../plan/write/resources-file.ts";
import { writeFolder } from "../../plan/write/write-folder.ts";
import { shopModel } from "./shop.ts";

describe("manifestFiles", () => {
  it("masks a Secret in a form that Kubernetes takes, and orders keys", async () => {
    const model = await shopModel((shop) => {
      const metadata = shop.metadata("tokens");
      const data = { b: "Yg==", a: "YQ==" };
      new k8s.core.v1.Secret("tokens", { metadata, data, stringData: { c: "c" } }, shop.opts);
      const rules = [{ verbs: ["get"], nonResourceURLs: ["/healthz"] }];
      const opts = { parent: shop.parent };
      new k8s.rbac.v1.ClusterRole("role", { metadata: { name: "shop:role" }, rules }, opts);
    });
    const files = manifestFiles(model.objects);
    assert.deepEqual(
      files.map((file) => file.path),
      [
        "manifests/_cluster/Namespace-shop.yaml",
        "manifests/shop/Secret-tokens.yaml",
        "manifests/_cluster/ClusterRole-shop_role.yaml",
      ],
    );
    assert.equal(
      files[1]?.text,
      [
        "apiVersion: v1",
        "kind: Secret",
        "metadata:",
        "  labels:",
        "    app: tokens",
        "  name: tokens",
        "  namespace: shop",
        "data:",
        "  a: W3NlY3JldF0=",
        "  b: W3NlY3JldF0=",
        "stringData:",
        '  c: "[secret]"',
        "",
      ].join("\n"),
    );
  });
});

describe("releaseFiles", () => {
  it("tells the chart, its repository, its options and its values", async () => {
    const model = await shopModel((shop) => {
      new k8s.helm.v3.Release(
        "shop-chart",
        {
          name: "chart",
          chart: "some-chart",
          namespace: "shop",
          version: "1.2.3",
          repositoryOpts: { repo: "https://charts.example.com" },
          atomic: true,
          values: { b: 1, a: { password: pulumi.secret("hunter2") } },
        },
        shop.opts,
      );
    });
    const [file] = releaseFiles(model.releases);
    assert.equal(file?.path, "releases/shop-chart.yaml");
    assert.equal(
      file.text,
      [
        "name: chart",
        "namespace: shop",
        "chart: some-chart",
        "version: 1.2.3",
        "repository: https://charts.example.com",
        "options:",
        "  atomic: true",
        "values:",
        "  a:",
        '    password: "[secret]"',
        "  b: 1",
        "",
      ].join("\n"),
    );
  });
});

describe("resourcesFile", () => {
  it("orders resources by URN and shows no secret", async () => {
    const model = await shopModel((shop) => {
      shop.secret("tokens", { token: "hunter2" });
      shop.deployment("web");
    });
    const text = resourcesFile(model.resources);
    const entries = JSON.parse(text) as { urn: string; inputs: Record<string, unknown> }[];
    const urns = entries.map(({ urn }) => urn);
    assert.deepEqual(urns, urns.toSorted());
    const secret = entries.find(({ urn }) => urn.endsWith("::shop-tokens"));
    assert.deepEqual(secret?.inputs["stringData"], { token: "[secret]" });
    assert.doesNotMatch(text, /hunter2/);
  });
});

describe("writeFolder", () => {
  let scratch = "";
  beforeEach(() => {
    scratch = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-write-"));
  });
  afterEach(() => {
    fs.rmSync(scratch, { recursive: true });
  });
  const tree = () => fs.readdirSync(scratch, { recursive: true }).toSorted();

  const marks = ["resources.json", "summary.md"];
  const planOf = (name: string) => [...marks, name].map((file) => ({ path: file, text: name }));

  it("leaves nothing of the folder that it replaces", () => {
    const folder = path.join(scratch, "out/prod");
    writeFolder(folder, planOf("a/old.yaml"));
    writeFolder(folder, planOf("b/new.yaml"));
    const inside = ["", "/b", "/b/new.yaml", ...marks.map((mark) => `/${mark}`)];
    assert.deepEqual(tree(), ["out", ...inside.map((name) => `out/prod${name}`)]);
  });

  it("leaves the old folder as it was when it cannot write", () => {
    const folder = path.join(scratch, "prod");
    writeFolder(folder, planOf("kept"));
    const clash = [
      { path: "file", text: "" },
      { path: "file/below", text: "" },
    ];
    assert.throws(() => {
      writeFolder(folder, clash);
    });
    assert.deepEqual(tree(), ["prod", "prod/kept", ...marks.map((mark) => `prod/${mark}`)]);
  });

  it("takes an empty folder", () => {
    const folder = path.join(scratch, "prod");
    fs.mkdirSync(folder);
    writeFolder(folder, [{ path: "file", text: "" }]);
    assert.deepEqual(tree(), ["prod", "prod/file"]);
  });

  it("refuses to replace what is no plan, and touches nothing", () => {
    const expected =
      "expected a plan to replace, an empty folder or nothing. " +
      "Name another folder with --out, or move away what is there.";
    const folder = path.join(scratch, "local");
    const file = path.join(scratch, "file");
    fs.mkdirSync(folder);
    fs.writeFileSync(path.join(folder, "summary.md"), "mine");
    fs.writeFileSync(file, "mine");
    const before = tree();
    const write = (place: string) => () => {
      writeFolder(place, planOf("new"));
    };
    const got = "a folder with 1 entry and no resources.json";
    assert.throws(write(folder), { message: `${folder}: got ${got}, ${expected}` });
    assert.throws(write(file), {
      message: `${file}: got something that is no folder, ${expected}`,
    });
    assert.deepEqual(tree(), before);
    assert.equal(fs.readFileSync(path.join(folder, "summary.md"), "utf8"), "mine");
  });

  it("tells in one line why a folder cannot be written", () => {
    fs.writeFileSync(path.join(scratch, "file"), "");
    fs.symlinkSync(path.join(scratch, "gone"), path.join(scratch, "dangling"));
    for (const [parent, reason] of [
      ["file", "not a directory (ENOTDIR)"],
      ["dangling", "no such file or directory (ENOENT)"],
    ] as const) {
      const folder = path.join(scratch, parent, "prod");
      assert.throws(
        () => {
          writeFolder(folder, planOf("new"));
        },
        {
          message:
            `${folder}: got ${reason}, expected a folder that can be written. ` +
            "Name another with --out, or clear the way to it.",
        },
      );
    }
  });
});
