import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { checkStack } from "../../config/check-stack.ts";
import { exampleText } from "../../config/example-text.ts";
import { PROJECT_FOLDER } from "../../config/kubeconfig.ts";
import { stackNames } from "../../config/stack-file.ts";
import { EXAMPLES_FOLDER, exampleClusters, stackFolder } from "../../config/stack-folder.ts";
import { CLOUD_STACKS, CLOUDS, shipped } from "../unit/config/stack-sources.ts";

const KEY = "slipway:cluster";
const textOf = (folder: string, stack: string) =>
  fs.readFileSync(path.join(folder, `Pulumi.${stack}.yaml`), "utf8");

describe("the stack files for other clouds", () => {
  it("are there for every cloud but that of the project's own, and for every stack in a cloud", () => {
    const others = CLOUDS.filter((cloud) => cloud !== "gke");
    assert.deepEqual(exampleClusters(), others.toSorted());
    for (const cloud of others) {
      assert.deepEqual(stackNames(path.join(EXAMPLES_FOLDER, cloud)), CLOUD_STACKS.toSorted());
    }
  });

  for (const cloud of exampleClusters()) {
    for (const stack of CLOUD_STACKS) {
      it(`${stack} on ${cloud}: differs from the project's own in ${KEY} alone`, () => {
        const example = textOf(stackFolder(cloud), stack);
        // The text too, so that comments and order are the same.
        assert.equal(
          example,
          exampleText(textOf(PROJECT_FOLDER, stack), example),
          "Run: make generate",
        );
        const { [KEY]: theirs, ...rest } = shipped(stack).values;
        const { [KEY]: own, ...others } = shipped(stack, cloud as (typeof CLOUDS)[number]).values;
        assert.deepEqual(others, rest);
        assert.notDeepEqual(own, theirs);
      });
    }

    it(`${cloud}: points editors at a schema that is there`, () => {
      const [, schema = ""] = /\$schema=(\S+)/.exec(textOf(stackFolder(cloud), "prod")) ?? [];
      assert.ok(fs.existsSync(path.join(stackFolder(cloud), schema)), schema);
    });
  }
});

describe("every stack in every cloud", () => {
  for (const cloud of CLOUDS) {
    for (const stack of CLOUD_STACKS) {
      it(`${stack} on ${cloud}: has no problem and is of that kind`, () => {
        const { problems, config } = checkStack(shipped(stack, cloud));
        assert.deepEqual(problems, []);
        assert.equal(config?.cluster.kind, cloud);
      });
    }

    it(`${cloud}: dev says what strict would refuse of it, and staging and prod leave nothing to say`, () => {
      const concessions = (stack: string) =>
        checkStack(shipped(stack, cloud))
          .concessions.map(({ path: at }) => at)
          .filter((at) => at.startsWith(KEY));
      assert.deepEqual(concessions("dev"), [
        // On AKS a pool takes a node in each of its zones, so dev there has one zone.
        cloud === "aks" ? `${KEY}.zones` : `${KEY}.nodePools[0].minNodes`,
        `${KEY}.deletionProtection`,
        `${KEY}.retainData`,
      ]);
      assert.deepEqual([...concessions("staging"), ...concessions("prod")], []);
    });

    it(`${cloud}: gives each stack networks that overlap no other stack's, so that they can be joined`, () => {
      const networks = CLOUD_STACKS.map((stack) => {
        const cluster = shipped(stack, cloud).values[KEY] as { network: Record<string, string> };
        return Object.values(cluster.network);
      });
      for (const [index, stack] of CLOUD_STACKS.entries()) {
        const others = networks.filter((_, other) => other !== index).flat();
        const source = shipped(stack, cloud);
        const cluster = structuredClone(source.values[KEY]) as { network: { peers: string[] } };
        cluster.network.peers = others;
        const joined = { ...source, values: { ...source.values, [KEY]: cluster } };
        assert.ok(others.length >= 4);
        assert.deepEqual(checkStack(joined).problems, [], stack);
      }
    });
  }
});

describe("exampleText", () => {
  const project = [
    "# yaml-language-server: $schema=config/stack-file.schema.json",
    "config:",
    "  slipway:guard: strict # ours",
    "  slipway:cluster:",
    "    kind: gke",
    "  slipway:platform: {}",
    "",
  ].join("\n");
  const example = project.replace("kind: gke", "kind: eks # theirs").replace("strict", "relaxed");

  it("keeps the cluster of the example and takes the rest of the project's", () => {
    assert.equal(
      exampleText(project, example),
      project
        .replace("kind: gke", "kind: eks # theirs")
        .replace("$schema=config/", "$schema=../../config/"),
    );
  });

  it("is stable: what it made is made of it again", () => {
    const once = exampleText(project, example);
    assert.equal(exampleText(project, once), once);
  });

  it("finds the cluster where it is the last key", () => {
    const last = (kind: string) =>
      `config:\n  slipway:guard: strict\n  slipway:cluster:\n    kind: ${kind}\n`;
    assert.equal(exampleText(last("gke"), last("aks")), last("aks"));
  });

  it("refuses a file without a cluster", () => {
    assert.throws(() => exampleText(project, "config: {}\n"), {
      message: "A stack file has the key slipway:cluster.",
    });
  });
});
