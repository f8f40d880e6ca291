import assert from "node:assert/strict";
import fc from "fast-check";
import {
  contains,
  overlap,
  parseRange,
  sizeOf,
  type AddressRange,
} from "../../../../components/clusters/address-ranges.ts";
import {
  addressPlan,
  ADDRESSES_PER_NODE,
  checkAddressPlan,
  SUBNET_PURPOSES,
  type AddressPlan,
} from "../../../../components/clusters/eks/address-plan.ts";
import { nodesInZone } from "../../../../components/clusters/eks/pool-layout.ts";
import type { EksSettings } from "../../../../components/clusters/settings.ts";
import { describeProblem } from "../../../../components/core/problem.ts";
import { eksSettings, nodePool } from "../../../support/eks-fixtures.ts";

const ZONES = ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d", "us-east-1e", "us-east-1f"];

const within = (cidr: string, more: Partial<EksSettings> = {}): EksSettings => ({
  ...eksSettings,
  ...more,
  network: { ...eksSettings.network, cidr },
});

const messages = (settings: EksSettings) => checkAddressPlan(settings).map(describeProblem);

function parsed(cidr: string): AddressRange {
  const range = parseRange(cidr);
  assert.ok(range, cidr);
  return range;
}

const ranges = (plan: AddressPlan) =>
  SUBNET_PURPOSES.flatMap((purpose) => [...plan[purpose].values()]).map(parsed);

const prefix = fc.integer({ min: 16, max: 28 });
const zones = fc.integer({ min: 2, max: 6 }).map((count) => ZONES.slice(0, count));
const pool = fc
  .integer({ min: 1, max: 400 })
  .map((maxNodes) => nodePool({ minNodes: 1, maxNodes }));
const settings = fc
  .record({ prefix, zones, pool })
  .map((one) => within(`10.0.0.0/${one.prefix}`, { zones: one.zones, nodePools: [one.pool] }));

describe("addressPlan of EKS", () => {
  it("gives half of the network to nodes and pods, and the rest to everything else", () => {
    const plan = addressPlan(eksSettings);
    assert.ok(plan);
    const first = SUBNET_PURPOSES.map((purpose) => [purpose, plan[purpose].get("us-east-1a")]);
    assert.deepEqual(Object.fromEntries(first), {
      nodes: "10.96.0.0/19",
      public: "10.96.128.0/24",
      internal: "10.96.129.0/24",
      data: "10.96.130.0/26",
      endpoints: "10.96.130.64/26",
      control: "10.96.130.128/28",
    });
    assert.deepEqual([...plan.nodes.keys()], eksSettings.zones);
  });

  it("puts every subnet into the network and none over another", () => {
    fc.assert(
      fc.property(settings, (one) => {
        const plan = addressPlan(one);
        if (plan === undefined) return;
        const parts = ranges(plan);
        assert.equal(parts.length, SUBNET_PURPOSES.length * one.zones.length);
        for (const [index, part] of parts.entries()) {
          assert.ok(contains(parsed(one.network.cidr), part));
          assert.ok(!parts.slice(index + 1).some((other) => overlap(part, other)));
        }
      }),
    );
  });

  it("moves no subnet when a pool grows", () => {
    fc.assert(
      fc.property(settings, pool, (one, larger) => {
        const grown: EksSettings = { ...one, nodePools: [larger] };
        assert.deepEqual(addressPlan(grown), addressPlan(one));
      }),
    );
  });

  it("moves no subnet when a third or fourth zone comes", () => {
    const [two, four] = [2, 4].map((count) =>
      addressPlan({ ...eksSettings, zones: ZONES.slice(0, count) }),
    );
    assert.ok(two && four);
    for (const purpose of SUBNET_PURPOSES) {
      for (const [zone, range] of two[purpose]) assert.equal(four[purpose].get(zone), range);
    }
  });
});

describe("checkAddressPlan", () => {
  it("lets pass only networks that hold all nodes with all their pods, another zone being lost", () => {
    fc.assert(
      fc.property(settings, (one) => {
        if (checkAddressPlan(one).length > 0) return;
        const plan = addressPlan(one);
        assert.ok(plan);
        for (const range of plan.nodes.values()) {
          const free = sizeOf(parsed(range).prefix) - 5;
          assert.ok(free >= nodesInZone(one) * ADDRESSES_PER_NODE);
        }
      }),
    );
  });

  it("names a prefix that it then lets pass", () => {
    fc.assert(
      fc.property(settings, (one) => {
        const [problem] = checkAddressPlan(one);
        const [, named] = /^\/(\d+) or larger/.exec(problem?.expected ?? "") ?? [];
        if (named === undefined) return;
        const mended = { ...one, network: { ...one.network, cidr: `10.0.0.0/${named}` } };
        assert.deepEqual(checkAddressPlan(mended), []);
        const half = { ...one, network: { ...one.network, cidr: `10.0.0.0/${Number(named) + 1}` } };
        assert.equal(checkAddressPlan(half).length, 1);
      }),
    );
  });

  it("says what a network that is too small would need", () => {
    assert.deepEqual(messages(within("10.96.0.0/18")), [
      'network.cidr: got "10.96.0.0/18", expected /17 or larger: a zone may have 17 nodes, and each ' +
        "takes 144 addresses for itself and its pods. Write a range with the prefix /17, or lower maxNodes.",
    ]);
  });

  it("says when no network of AWS would do", () => {
    assert.deepEqual(messages({ ...eksSettings, nodePools: [nodePool({ maxNodes: 200 })] }), [
      'network.cidr: got "10.96.0.0/16", expected fewer nodes: a zone may have 102, each takes 144 ' +
        "addresses, and the largest network of AWS (/16) does not hold them. Lower maxNodes, or take larger machines.",
    ]);
  });

  it("refuses a network that AWS does not make", () => {
    assert.deepEqual(messages(within("10.0.0.0/12")), [
      'network.cidr: got "10.0.0.0/12", expected /16 or smaller: AWS makes no larger network. Take a part of it.',
    ]);
  });

  it("leaves what is no range to others", () => {
    assert.deepEqual(messages(within("10.96.0.0")), []);
  });
});
