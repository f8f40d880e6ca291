import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { keyChecksums } from "../../../components/core/config-checksum.ts";
import type { ConfigSource } from "../../../components/workloads/config-source.ts";
import { readChecksum, readsOf } from "../../../components/workloads/source-reads.ts";

const object = null as unknown as pulumi.Resource; // Never looked at by what is tested here.
const sourceOf = (data: Readonly<Record<string, string>>, name = "settings"): ConfigSource => ({
  kind: "Secret",
  name,
  keys: Object.keys(data),
  checksums: keyChecksums(data, "salt"),
  object,
});
const DATA = { a: "1", b: "2", c: "3" };

describe("readsOf", () => {
  const source = sourceOf(DATA);

  it("is the keys that any container names, each once", () => {
    const one = { env: { X: { source, key: "b" }, Y: { source, key: "a" }, Z: "text" } };
    const other = { mounts: [{ path: "/etc/a", from: { source }, key: "a" }] };
    assert.deepEqual(readsOf(one, other), [{ source, keys: ["a", "b"] }]);
  });

  it("is every key of what is read as a whole, whatever else names one", () => {
    const whole = [{ source, keys: ["a", "b", "c"] }];
    assert.deepEqual(readsOf({ envFrom: [source] }), whole);
    assert.deepEqual(readsOf({ mounts: [{ path: "/etc/a", from: { source } }] }), whole);
    assert.deepEqual(readsOf({ env: { X: { source, key: "b" } } }, { envFrom: [source] }), whole);
  });

  it("keeps sources of one name and another kind apart", () => {
    const config: ConfigSource = { ...source, kind: "ConfigMap" };
    const reads = readsOf({ envFrom: [config], env: { X: { source, key: "a" } } });
    assert.deepEqual(
      reads.map(({ source: { kind }, keys }) => [kind, ...keys]),
      [
        ["ConfigMap", "a", "b", "c"],
        ["Secret", "a"],
      ],
    );
  });
});

describe("readChecksum", () => {
  it("changes exactly when the value of a key changes that is read", () => {
    const key = fc.constantFrom(...Object.keys(DATA));
    fc.assert(
      fc.property(
        fc.uniqueArray(key, { minLength: 1 }),
        key,
        fc.string(),
        (read, changed, value) => {
          const env = (data: Readonly<Record<string, string>>) => {
            const source = sourceOf(data);
            const named = read.map((name) => [name, { source, key: name }] as const);
            return { env: Object.fromEntries(named) };
          };
          const sum = (data: Readonly<Record<string, string>>) =>
            readsOf(env(data)).map(readChecksum);
          const other = { ...DATA, [changed]: value };
          const differs = read.includes(changed) && value !== DATA[changed as keyof typeof DATA];
          assert.equal(sum(other)[0] !== sum(DATA)[0], differs);
        },
      ),
    );
  });

  it("tells one key from another of the same value", () => {
    const source = sourceOf({ a: "1", b: "1" });
    const of = (key: string) => readsOf({ env: { X: { source, key } } }).map(readChecksum)[0];
    assert.notEqual(of("a"), of("b"));
  });
});
