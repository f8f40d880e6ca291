import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { read, repositoryFiles, root } from "./source-files.ts";

interface Row {
  readonly registry: string;
  readonly id: string;
  readonly where: readonly string[];
  readonly proofs: readonly string[];
  readonly status: string;
}

const ID = /^[KDECBMTPX]-\d{2}$/;
const STATUS = /^(built|not built yet|not ours|part: .+)$/;

const quoted = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text);

function rowsOf(registry: string): Row[] {
  return read(registry)
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
    .filter(([, id = ""]) => ID.test(id))
    .map(([, id = "", , , where = "", proof = "", status = ""]) => ({
      registry,
      id,
      where: quoted(where),
      proofs: [...quoted(proof), ...(/\bcontract\b/.test(proof) ? [CONTRACT] : [])],
      status,
    }));
}

const CONTRACT = "components/contract.test.ts";
const registries = repositoryFiles(".md").filter((file) => file.startsWith("docs/requirements/"));
const rows = registries.flatMap(rowsOf);
const name = ({ registry, id }: Row) => `${registry} ${id}`;

describe("the registries of requirements", () => {
  it("hold rows", () => {
    assert.ok(registries.length >= 2 && rows.length > 60, `${rows.length} rows`);
  });

  it("have a known status in every row", () => {
    assert.deepEqual(rows.filter(({ status }) => !STATUS.test(status)).map(name), []);
  });

  it("name a proof for every row that claims to be built, wholly or in part", () => {
    const unproven = rows.filter(
      ({ status, proofs }) => /^(built|part)/.test(status) && proofs.length === 0,
    );
    assert.deepEqual(unproven.map(name), []);
  });

  it("name proofs that exist", () => {
    const missing = rows.flatMap((row) =>
      row.proofs
        .filter((proof) => !fs.existsSync(path.join(root, "tests", proof)))
        .map((proof) => `${name(row)}: tests/${proof}`),
    );
    assert.deepEqual(missing, []);
  });

  it("name places that exist", () => {
    const missing = rows.flatMap((row) =>
      row.where
        // A bare name stands beside the path before it; a pattern stands for several files.
        .filter((place) => place.includes("/") && !place.includes("*"))
        .filter((place) => !fs.existsSync(path.join(root, place)))
        .map((place) => `${name(row)}: ${place}`),
    );
    assert.deepEqual(missing, []);
  });

  it("have each id once in a registry", () => {
    const names = rows.map(name);
    assert.deepEqual(
      names.filter((one, index) => names.indexOf(one) !== index),
      [],
    );
  });

  it("know every id that the code names", () => {
    const known = new Set(rows.map(({ id }) => id));
    const code = repositoryFiles(".ts").filter((file) =>
      /^(components|systems|config)\//.test(file),
    );
    const unknown = code.flatMap((file) =>
      [...new Set(read(file).match(/\b[KDECBMTPX]-\d{2}\b/g) ?? [])]
        .filter((id) => !known.has(id))
        .map((id) => `${file}: ${id}`),
    );
    assert.deepEqual(unknown, []);
  });
});
