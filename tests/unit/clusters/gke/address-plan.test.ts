import assert from "node:assert/strict";
import fc from "fast-check";
import {
  contains,
  formatRange,
  overlap,
  parseRange,
  type AddressRange,
} from "../../../../components/clusters/address-ranges.ts";
import { addressPlan, checkAddresses } from "../../../../components/clusters/gke/address-plan.ts";
import type { GkeSettings } from "../../../../components/clusters/settings.ts";
import { describeProblem } from "../../../../components/core/problem.ts";
import { gkeSettings } from "../../../support/gke-fixtures.ts";

const within = (network: Partial<GkeSettings["network"]>): GkeSettings => ({
  ...gkeSettings,
  network: { ...gkeSettings.network, ...network },
});
const messages = (settings: GkeSettings) => checkAddresses(settings).map(describeProblem);

function parsed(cidr: string): AddressRange {
  const range = parseRange(cidr);
  assert.ok(range, cidr);
  return range;
}

const network = fc
  .record({ block: fc.nat({ max: 255 }), prefix: fc.integer({ min: 9, max: 28 }) })
  .map(({ block, prefix }) => formatRange({ first: 10 * 2 ** 24 + block * 2 ** 16, prefix }))
  .filter((cidr) => parseRange(cidr) !== undefined);

describe("addressPlan on GKE", () => {
  it("puts what is small first, and the nodes last", () => {
    assert.deepEqual(addressPlan(gkeSettings), {
      "control-plane": "10.96.0.0/28",
      "load-balancers": "10.96.1.0/24",
      "shared-files": "10.96.2.0/24",
      postgres: "10.96.4.0/22",
      nodes: "10.96.16.0/20",
    });
  });

  it("cuts parts that lie in the network and off each other, wherever the check finds nothing", () => {
    fc.assert(
      fc.property(network, (cidr) => {
        const settings = within({ cidr });
        fc.pre(checkAddresses(settings).every(({ path }) => path !== "network.cidr"));
        const ranges = Object.values(addressPlan(settings)).map(parsed);
        const whole = parsed(cidr);
        assert.ok(ranges.every((range) => contains(whole, range)));
        assert.ok(
          ranges.every((one, index) =>
            ranges.slice(index + 1).every((other) => !overlap(one, other)),
          ),
        );
      }),
    );
  });

  it("refuses to plan what the check refuses", () => {
    assert.throws(() => addressPlan(within({ cidr: "10.96.0.0/24" })), {
      message: "The network 10.96.0.0/24 does not hold the cluster; checkAddresses says why.",
    });
  });
});

describe("checkAddresses on GKE", () => {
  it("accepts what the stacks have", () => {
    assert.deepEqual(messages(gkeSettings), []);
  });

  it("says which prefix a network needs that is too small, and one less is too small", () => {
    assert.deepEqual(messages(within({ cidr: "10.96.0.0/20" })), [
      'network.cidr: got "10.96.0.0/20", expected a /19 or larger, which holds control-plane /28, ' +
        "load-balancers /24, shared-files /24, postgres /22, nodes /20. Write a range with the " +
        "prefix /19 or a smaller number.",
    ]);
    assert.deepEqual(messages(within({ cidr: "10.96.0.0/19" })), []);
  });

  it("wants a range of pods that holds all nodes and those of an upgrade", () => {
    // 20 and 6, and one more of each.
    assert.deepEqual(messages(within({ pods: "10.100.0.0/21" })), [
      'network.pods: got "10.100.0.0/21", expected a /20 or larger: a /25 for each of up to 28 ' +
        "nodes, those of an upgrade included. Write a range with the prefix /20 or a smaller number, " +
        "or lower maxNodes.",
    ]);
    assert.deepEqual(messages(within({ pods: "10.100.0.0/20" })), []);
  });

  it("finds room for every node of pools that it accepts", () => {
    const pool = gkeSettings.nodePools[0];
    assert.ok(pool);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 8, max: 25 }),
        (max, prefix) => {
          const pods = `10.0.0.0/${prefix}`;
          const settings = { ...within({ pods }), nodePools: [{ ...pool, maxNodes: max }] };
          const accepted = checkAddresses(settings).every(({ path }) => path !== "network.pods");
          assert.equal(accepted, (max + 1) * 128 <= 2 ** (32 - prefix));
        },
      ),
    );
  });

  it("wants Services that GKE takes", () => {
    for (const services of ["10.0.0.0/15", "10.104.0.0/28"]) {
      assert.deepEqual(messages(within({ services })), [
        `network.services: got "${services}", expected a range from /16 to /27, which GKE takes. ` +
          "Write a /20, which holds 4096 Services.",
      ]);
    }
  });

  it("keeps off the range that Google uses itself", () => {
    assert.deepEqual(messages(within({ services: "172.17.16.0/20" })), [
      "network.services: got 172.17.16.0/20, expected no address of what Google uses itself " +
        "(172.17.0.0/16). Move one of the two.",
    ]);
  });

  it("leaves malformed ranges to the check of all clouds", () => {
    assert.deepEqual(messages(within({ cidr: "x", pods: "y", services: "z" })), []);
  });
});
