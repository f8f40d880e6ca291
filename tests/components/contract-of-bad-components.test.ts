import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import {
  CONTRACT,
  KNOWN_SECRET,
  type ComponentFixture,
  type ContractOptions,
} from "../support/component-contract.ts";

class Component extends pulumi.ComponentResource {
  constructor(name: string, opts: ContractOptions) {
    super("slipway:test:Component", name, {}, opts);
  }
}

/** A component whose children `fill` makes. */
function fixture(
  fill: (name: string, component: Component, opts: ContractOptions) => void,
): ComponentFixture {
  return {
    create: (name, _, opts) => {
      const component = new Component(name, opts);
      fill(name, component, opts);
      return component;
    },
  };
}

function configMap(
  logicalName: string,
  opts: pulumi.CustomResourceOptions,
  options: { name?: string; namespace?: string; value?: pulumi.Input<string> } = {},
) {
  const { name = "settings", namespace = "there", value = "value" } = options;
  const args = { metadata: { name, namespace }, data: { key: value } };
  return new k8s.core.v1.ConfigMap(logicalName, args, opts);
}

const urn = (types: string, name: string) => `urn:pulumi:test::slipway::${types}::${name}`;
const CHILD = "slipway:test:Component$kubernetes:core/v1:ConfigMap";

/** What the contract finds, article by article, without those that find nothing. */
async function findings(bad: ComponentFixture): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const [title, article] of Object.entries(CONTRACT)) {
    const problems = await article(bad);
    if (problems.length > 0) found[title] = problems;
  }
  return found;
}

describe("component contract, on components that break it", () => {
  it("finds a child without parent, which has no provider either", async () => {
    const orphan = urn("kubernetes:core/v1:ConfigMap", "first-config");
    const bad = fixture((name) => configMap(`${name}-config`, {}, { namespace: name }));
    assert.deepEqual(await findings(bad), {
      "is the parent of all that it makes": [orphan],
      "hands its provider on to all its children": [orphan],
    });
  });

  it("finds a constructor that drops its options", async () => {
    const bad: ComponentFixture = {
      create: (name) => {
        const component = new Component(name, {} as ContractOptions);
        configMap(`${name}-config`, { parent: component }, { namespace: name });
        return component;
      },
    };
    assert.deepEqual(await findings(bad), {
      "hands its provider on to all its children": [urn(CHILD, "first-config")],
    });
  });

  it("finds a name that is the same for every instance, and so the clash", async () => {
    const bad = fixture((name, parent) => configMap("config", { parent }, { namespace: name }));
    assert.deepEqual(await findings(bad), {
      "begins the name of every child with its own": [urn(CHILD, "config")],
      "gives two instances different URNs": [urn(CHILD, "config")],
    });
  });

  it("finds a physical place that two instances share", async () => {
    const bad = fixture((name, parent) => configMap(`${name}-config`, { parent }));
    assert.deepEqual(await findings(bad), {
      "can be there twice in one cluster": ["kubernetes:core/v1:ConfigMap there settings"],
    });
  });

  it("finds an input that differs between two runs", async () => {
    let runs = 0;
    const bad = fixture((name, parent) =>
      configMap(`${name}-config`, { parent }, { namespace: name, value: String(runs++) }),
    );
    assert.deepEqual(await findings(bad), {
      "registers the same in every run": [urn(CHILD, "first-config")],
    });
  });

  it("finds a secret in clear, in base64 as well", async () => {
    const encoded = Buffer.from(KNOWN_SECRET).toString("base64");
    for (const value of [KNOWN_SECRET, encoded, pulumi.unsecret(pulumi.secret(KNOWN_SECRET))]) {
      const bad = fixture((name, parent) =>
        configMap(`${name}-config`, { parent }, { namespace: name, value }),
      );
      assert.deepEqual(await findings(bad), {
        "shows no secret in clear": [urn(CHILD, "first-config")],
      });
    }
  });

  it("finds what is made inside apply, known or not", async () => {
    const bad = fixture((name, parent) => {
      const password = new random.RandomPassword(`${name}-password`, { length: 16 }, { parent });
      password.length.apply(() => configMap(`${name}-early`, { parent }, { namespace: name }));
      password.result.apply(() =>
        configMap(`${name}-late`, { parent }, { namespace: name, name: "late" }),
      );
    });
    assert.deepEqual(await findings(bad), {
      "makes nothing inside apply": ["first-early", "first-late"],
      "shows all that it makes when nothing is known yet": [urn(CHILD, "first-late")],
    });
  });
});
