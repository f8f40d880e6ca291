import assert from "node:assert/strict";
import fc from "fast-check";
import {
  contains,
  formatRange,
  overlap,
  parseRange,
  type AddressRange,
} from "../../../../components/clusters/address-ranges.ts";
import {
  addressPlan,
  checkAddresses,
  type AddressPlan,
} from "../../../../components/clusters/aks/address-plan.ts";
import type { AksSettings } from "../../../../components/clusters/settings.ts";
import { describeProblem } from "../../../../components/core/problem.ts";
import { aksSettings } from "../../../support/aks-fixtures.ts";

const within = (network: Partial<AksSettings["network"]>, zones = aksSettings.zones) => ({
  ...aksSettings,
  zones,
  network: { ...aksSettings.network, ...network },
});

const messages = (settings: AksSettings) => checkAddresses(settings).map(describeProblem);

function parsed(cidr: string): AddressRange {
  const range = parseRange(cidr);
  assert.ok(range, cidr);
  return range;
}

const parts = ({ fixed, nodes }: AddressPlan) => [...Object.values(fixed), ...nodes.values()];

const network = fc
  .record({ block: fc.nat({ max: 255 }), prefix: fc.integer({ min: 9, max: 28 }) })
  .map(({ block, prefix }) => formatRange({ first: 10 * 2 ** 24 + block * 2 ** 16, prefix }))
  .filter((cidr) => parseRange(cidr) !== undefined);
const zones = fc.subarray(["1", "2", "3"], { minLength: 1 });

describe("addressPlan", () => {
  it("puts what every stack has before the nodes, and each zone's nodes into a subnet", () => {
    const { fixed, nodes, dnsService } = addressPlan(aksSettings);
    assert.deepEqual(fixed, {
      "api-server": "10.96.0.0/26",
      postgres: "10.96.0.64/26",
      endpoints: "10.96.0.128/26",
      "load-balancers": "10.96.0.192/26",
    });
    assert.deepEqual(Object.fromEntries(nodes), {
      "1": "10.96.4.0/22",
      "2": "10.96.8.0/22",
      "3": "10.96.12.0/22",
    });
    assert.equal(dnsService, "10.104.0.10");
  });

  it("cuts parts that lie in the network and off each other, wherever the check finds nothing", () => {
    fc.assert(
      fc.property(network, zones, (cidr, chosen) => {
        const settings = within({ cidr }, chosen);
        fc.pre(checkAddresses(settings).every(({ path }) => path !== "network.cidr"));
        const ranges = parts(addressPlan(settings)).map(parsed);
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

  it("moves nothing when a zone is added", () => {
    fc.assert(
      fc.property(network, (cidr) => {
        const [one, three] = [within({ cidr }, ["1"]), within({ cidr }, ["1", "2", "3"])];
        fc.pre(checkAddresses(three).every(({ path }) => path !== "network.cidr"));
        const [before, after] = [addressPlan(one), addressPlan(three)];
        assert.deepEqual(after.fixed, before.fixed);
        assert.equal(after.nodes.get("1"), before.nodes.get("1"));
      }),
    );
  });

  it("refuses to plan what the check refuses", () => {
    assert.throws(() => addressPlan(within({ cidr: "10.96.0.0/24" })), {
      message: "The network 10.96.0.0/24 does not hold the cluster; checkAddresses says why.",
    });
  });
});

describe("checkAddresses", () => {
  it("accepts what the examples have", () => {
    assert.deepEqual(messages(aksSettings), []);
  });

  it("says which prefix a network needs that is too small", () => {
    assert.deepEqual(messages(within({ cidr: "10.96.0.0/21" })), [
      'network.cidr: got "10.96.0.0/21", expected a /20 or larger, which holds api-server /26, ' +
        "postgres /26, endpoints /26, load-balancers /26, nodes-1 /22, nodes-2 /22, nodes-3 /22. " +
        "Write a range with the prefix /20 or a smaller number.",
    ]);
    assert.deepEqual(messages(within({ cidr: "10.96.0.0/21" }, ["1"])), []);
  });

  it("says a prefix that is enough, and one that is not would not have been", () => {
    fc.assert(
      fc.property(network, zones, (cidr, chosen) => {
        const [, said] = /a \/(\d+) or larger/.exec(messages(within({ cidr }, chosen)).join()) ?? [
          "",
          undefined,
        ];
        fc.pre(said !== undefined);
        const refusedAt = (prefix: number) =>
          checkAddresses(within({ cidr: `10.0.0.0/${prefix}` }, chosen)).some(
            ({ path }) => path === "network.cidr",
          );
        assert.equal(refusedAt(Number(said)), false);
        assert.equal(refusedAt(Number(said) + 1), true);
      }),
    );
  });

  it("wants a range of pods that holds all nodes and those of an upgrade", () => {
    // 21 of general and 3 × 3 of surge, 6 of system and 3 × 1.
    assert.deepEqual(messages(within({ pods: "10.100.0.0/19" })), [
      'network.pods: got "10.100.0.0/19", expected a /18 or larger: a /24 for each of up to 39 ' +
        "nodes, those of an upgrade included. Write a range with the prefix /18 or a smaller number, " +
        "or lower maxNodes.",
    ]);
    assert.deepEqual(messages(within({ pods: "10.100.0.0/18" })), []);
  });

  it("wants Services that AKS takes", () => {
    for (const services of ["10.0.0.0/12", "10.104.0.0/29"]) {
      assert.deepEqual(messages(within({ services })), [
        `network.services: got "${services}", expected a range from /13 to /28, which AKS takes and ` +
          "which holds its DNS. Write a /20, which holds 4096 Services.",
      ]);
    }
  });

  it("keeps off the ranges that AKS uses itself", () => {
    assert.deepEqual(messages(within({ services: "172.30.8.0/22" })), [
      "network.services: got 172.30.8.0/22, expected no address of what AKS uses itself " +
        "(172.30.0.0/16). Move one of the two.",
    ]);
  });

  it("leaves malformed ranges to the check of all clouds", () => {
    assert.deepEqual(messages(within({ cidr: "x", pods: "y", services: "z" })), []);
  });
});
