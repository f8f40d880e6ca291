import assert from "node:assert/strict";
import fc from "fast-check";
import { describeProblem } from "../../../components/core/problem.ts";
import {
  checkSecretEntries,
  fillTemplate,
  templateKeys,
  type SecretEntries,
} from "../../../components/workloads/secret-entry.ts";

const messages = (entries: SecretEntries) => checkSecretEntries(entries).map(describeProblem);

describe("fillTemplate", () => {
  it("puts values in, encoded", () => {
    const url = fillTemplate("postgresql://{user}:{password}@db:5432/{db}", {
      user: "kaizen_user",
      password: "p@ss/w:rd?",
      db: "kaizen_studio",
    });
    assert.equal(url, "postgresql://kaizen_user:p%40ss%2Fw%3Ard%3F@db:5432/kaizen_studio");
  });

  it("gives back any password when the URL is read", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (password) => {
        const url = new URL(fillTemplate("redis://:{password}@redis:6379/0", { password }));
        assert.equal(decodeURIComponent(url.password), password);
        assert.equal(url.host, "redis:6379");
      }),
    );
  });

  it("names the keys that it uses", () => {
    assert.deepEqual(templateKeys("redis://:{redis-password}@{host}/0"), [
      "redis-password",
      "host",
    ]);
  });
});

describe("checkSecretEntries", () => {
  it("has nothing against entries that are right", () => {
    assert.deepEqual(
      messages({
        a: { from: "password", length: 16 },
        b: { from: "bytes", length: 64, encoding: "hex" },
        c: { from: "value", value: "x" },
        d: { from: "url", template: "redis://:{a}@redis" },
        e: { from: "private-key", bits: 4096, rotation: "2026-11-21" },
        f: { from: "public-key", of: "e" },
        g: { from: "password", length: 32, rotation: "2" },
      }),
      [],
    );
  });

  it("refuses lengths that can be guessed, or are no lengths", () => {
    assert.deepEqual(
      messages({
        a: { from: "password", length: 15 },
        b: { from: "bytes", length: 16.5, encoding: "hex" },
      }),
      [
        "entries.a.length: got 15, expected a whole number from 16 to 128. " +
          "Shorter values can be guessed, longer ones help nobody.",
        "entries.b.length: got 16.5, expected a whole number from 16 to 64. " +
          "Shorter values can be guessed, longer ones help nobody.",
      ],
    );
  });

  it("refuses a URL made of what is not there, or of another URL", () => {
    assert.deepEqual(
      messages({
        a: { from: "url", template: "redis://:{nobody}@redis" },
        b: { from: "url", template: "redis://{a}" },
      }),
      [
        'entries.a.template: got "{nobody}", expected the key of an entry that is no URL itself. ' +
          "Name one of the other keys of this Secret.",
        'entries.b.template: got "{a}", expected the key of an entry that is no URL itself. ' +
          "Name one of the other keys of this Secret.",
      ],
    );
  });

  it("refuses a public key without its private one, and sizes that are none", () => {
    assert.deepEqual(
      messages({
        a: { from: "password", length: 16 },
        b: { from: "public-key", of: "a" },
        c: { from: "public-key", of: "nobody" },
        d: { from: "private-key", bits: 1024 },
      }),
      [
        'entries.b.of: got "a", expected the key of an entry that is a private key. ' +
          "Name the key of this Secret that holds the private half.",
        'entries.c.of: got "nobody", expected the key of an entry that is a private key. ' +
          "Name the key of this Secret that holds the private half.",
        "entries.d.bits: got 1024, expected 2048 or 4096. " +
          "Fewer bits can be broken, and verifiers know these sizes.",
      ],
    );
  });

  it("refuses a rotation that could be no part of a name", () => {
    const remedy = "Write a number or a date, and another one for each rotation.";
    const rule = "letters, digits, dots and dashes, 40 at most";
    assert.deepEqual(
      messages({
        a: { from: "password", length: 16, rotation: "" },
        b: { from: "bytes", length: 16, encoding: "hex", rotation: "x".repeat(41) },
        c: { from: "private-key", bits: 2048, rotation: "a::b" },
      }),
      [
        `entries.a.rotation: got "", expected ${rule}. ${remedy}`,
        `entries.b.rotation: got "${"x".repeat(41)}", expected ${rule}. ${remedy}`,
        `entries.c.rotation: got "a::b", expected ${rule}. ${remedy}`,
      ],
    );
  });

  it("refuses what is no key, and never tells a value", () => {
    assert.deepEqual(messages({ "a b": { from: "value", value: "hidden" } }), [
      'entries.a b: got "a b", expected a key of a Secret. ' +
        "Use letters, digits, dots, dashes and underscores.",
    ]);
  });
});
