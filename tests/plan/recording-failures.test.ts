import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { record } from "../../plan/recording.ts";
import { configMap, provider, stack } from "./fixtures.ts";

describe("record, when the program fails", () => {
  it("rejects with the error that the program throws", async () => {
    class Refused extends Error {}
    await assert.rejects(
      record(
        () => {
          throw new Refused("no");
        },
        { stack },
      ),
      Refused,
    );
  });

  it("rejects with the error of an apply that nobody awaits", async () => {
    await assert.rejects(
      record(
        () => {
          const data = pulumi.output("text").apply(() => {
            throw new Error("inside apply");
          });
          configMap("settings", { provider: provider() }, data);
        },
        { stack },
      ),
      { message: 'error serializing property "data": inside apply' },
    );
  });

  it("rejects when something failed and the program then waits for ever", async () => {
    await assert.rejects(
      record(
        () => {
          void Promise.reject(new Error("aside"));
          return new Promise(() => undefined);
        },
        { stack },
      ),
      { message: "aside" },
    );
  });

  it("rejects when the program logs an error, as an engine does", async () => {
    await assert.rejects(
      record(() => pulumi.log.error("broken"), { stack }),
      { message: "broken" },
    );
  });

  it("says that a plan can neither call functions nor read the cluster", async () => {
    await assert.rejects(
      record(() => k8s.core.v1.ConfigMap.get("found", "default/found", { provider: provider() }), {
        stack,
      }),
      /The program reads kubernetes:core\/v1:ConfigMap found, and a plan has no cluster to read from/,
    );
    await assert.rejects(
      record(() => pulumi.runtime.invoke("some:index:lookup", {}), { stack }),
      /The program calls some:index:lookup, and a plan has nobody to ask/,
    );
  });

  it("can record again afterwards", async () => {
    await assert.rejects(record(() => Promise.reject(new Error("first")), { stack }));
    const recording = await record(() => configMap("settings", { provider: provider() }), {
      stack,
    });
    assert.equal(recording.resources.length, 3);
  });
});
