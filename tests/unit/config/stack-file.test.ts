import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import {
  engineConfig,
  parseStackText,
  readStackFile,
  stackNames,
} from "../../../config/stack-file.ts";
import { ENCRYPTED } from "../../../config/stack-source.ts";

const REMEDY = "Copy that of another stack and change what differs.";
const RESOLVED =
  "expected aliases that can be resolved. Write the values out in place of the aliases.";

/** Nine lists, each of nine aliases of the one before. */
const BOMB = Array.from({ length: 9 }, (_, level) => {
  const items = Array.from({ length: 9 }, () => (level === 0 ? "x" : `*l${level - 1}`));
  return `l${level}: &l${level} [${items.join(", ")}]\n`;
}).join("");

describe("parseStackText", () => {
  const refused: [title: string, text: string, message: string][] = [
    [
      "malformed YAML, with line and column",
      "config:\n  slipway:guard: strict\n  slipway:cluster: {kind: existing\n",
      "Pulumi.prod.yaml: line 4, column 1: got malformed YAML (Flow map in block collection " +
        "must be sufficiently indented and end with a }), " +
        "expected well-formed YAML. Mend the file there or just above.",
    ],
    [
      "a key that is there twice",
      "config:\n  slipway:guard: strict\n  slipway:guard: relaxed\n",
      "Pulumi.prod.yaml: line 3, column 3: got malformed YAML (Map keys must be unique), " +
        "expected well-formed YAML. Mend the file there or just above.",
    ],
    [
      "an empty file",
      "",
      `Pulumi.prod.yaml: got an empty file, expected a map with the key "config". ${REMEDY}`,
    ],
    [
      "a file of comments",
      "# later\n",
      `Pulumi.prod.yaml: got an empty file, expected a map with the key "config". ${REMEDY}`,
    ],
    [
      "a file without config",
      "encryptionsalt: v1:abc\n",
      `Pulumi.prod.yaml: config: expected a map of keys such as slipway:guard. ${REMEDY}`,
    ],
    [
      "a section that Pulumi does not know",
      "confg:\n  slipway:guard: strict\nconfig: {}\n",
      "Pulumi.prod.yaml: confg: got an unknown key, expected a known one. " +
        'Did you mean "config"?',
    ],
    [
      "a key without its namespace",
      "config:\n  guard: strict\n",
      "Pulumi.prod.yaml: config.guard: got a key without a namespace, expected a key such as " +
        'slipway:guard. Did you mean "slipway:guard"?',
    ],
    [
      "an unknown key without a namespace",
      "config:\n  colour: green\n",
      "Pulumi.prod.yaml: config.colour: got a key without a namespace, expected a key such as " +
        "slipway:guard. Add what it belongs to.",
    ],
    [
      "an alias of nothing",
      "config:\n  slipway:guard: *nope\n",
      "Pulumi.prod.yaml: config: got malformed YAML (Unresolved alias (the anchor must be set before " +
        `the alias): nope), ${RESOLVED}`,
    ],
    [
      "aliases that multiply",
      BOMB,
      "Pulumi.prod.yaml: config: got malformed YAML (Excessive alias count indicates a resource " +
        `exhaustion attack), ${RESOLVED}`,
    ],
    [
      "a value that holds itself",
      "config:\n  slipway:systems: &all\n    kaizenStudio: *all\n",
      `Pulumi.prod.yaml: config: got malformed YAML (A value holds itself), ${RESOLVED}`,
    ],
    [
      "a merge of what is no map",
      "config:\n  slipway:systems:\n    <<: 3\n",
      "Pulumi.prod.yaml: config: got malformed YAML (Merge sources must be maps or map aliases), " +
        RESOLVED,
    ],
  ];
  for (const [title, text, message] of refused) {
    it(`refuses ${title}`, () => {
      assert.throws(() => parseStackText(text, "Pulumi.prod.yaml"), { message });
    });
  }

  it("resolves aliases and merges maps as the engine does", () => {
    const text = [
      "config:",
      "  slipway:a: &small { cpu: 1, memory: 2 }",
      "  slipway:b: { <<: *small, memory: 3 }",
      "  slipway:c: [*small]",
    ].join("\n");
    assert.deepEqual(parseStackText(text, "Pulumi.prod.yaml").values, {
      "slipway:a": { cpu: 1, memory: 2 },
      "slipway:b": { cpu: 1, memory: 3 },
      "slipway:c": [{ cpu: 1, memory: 2 }],
    });
  });

  it("marks encrypted values, at the top or inside, and keeps none of their text", () => {
    const text = [
      "config:",
      "  slipway:guard: strict",
      "  slipway:kubeconfig:",
      "    secure: v1:abc",
      "  slipway:systems:",
      "    kaizenStudio: { list: [{ password: { secure: v1:def } }] }",
      "encryptionsalt: v1:ghi",
    ].join("\n");
    assert.deepEqual(parseStackText(text, "Pulumi.prod.yaml"), {
      file: "Pulumi.prod.yaml",
      values: {
        "slipway:guard": "strict",
        "slipway:kubeconfig": ENCRYPTED,
        "slipway:systems": ENCRYPTED,
      },
      secretKeys: ["slipway:kubeconfig", "slipway:systems"],
    });
  });
});

describe("engineConfig", () => {
  it("hands values over as the engine does", () => {
    const source = {
      file: "Pulumi.x.yaml",
      values: { "a:text": "t", "a:number": 3, "a:flag": true, "a:map": { b: [1] } },
      secretKeys: ["a:text"],
    };
    assert.deepEqual(engineConfig(source), {
      config: { "a:text": "t", "a:number": "3", "a:flag": "true", "a:map": '{"b":[1]}' },
      secretKeys: ["a:text"],
    });
  });
});

describe("readStackFile", () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-"));
    for (const name of ["Pulumi.yaml", "Pulumi.qa.yaml", "Pulumi.dev.yaml", "README.md"]) {
      fs.writeFileSync(path.join(folder, name), "config: { slipway:guard: strict }\n");
    }
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  it("reads the file that belongs to the stack", () => {
    assert.deepEqual(readStackFile("qa", folder), {
      file: "Pulumi.qa.yaml",
      values: { "slipway:guard": "strict" },
      secretKeys: [],
    });
  });

  it("refuses a stack that does not exist and lists those that do", () => {
    assert.throws(() => readStackFile("prd", folder), {
      message:
        "Pulumi.prd.yaml: got no such file, expected the file of one of the stacks dev, qa. " +
        "Name one of them, or copy the file of one to make a new stack.",
    });
  });

  it("never leaves the folder, whatever the stack is called", () => {
    assert.throws(() => readStackFile("../qa", folder), { name: "Error" });
  });

  it("lists the stacks in alphabetical order, without the project's file", () => {
    assert.deepEqual(stackNames(folder), ["dev", "qa"]);
  });
});
