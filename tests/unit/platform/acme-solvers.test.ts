import assert from "node:assert/strict";
import type { DnsZone } from "../../../components/core/cluster-handle.ts";
import { acmeSolvers } from "../../../components/platform/acme-solvers.ts";
import { azureZone } from "../../../components/platform/azure-zone.ts";

const ID =
  "/subscriptions/sub-1/resourceGroups/shop-dns/providers/Microsoft.Network/dnsZones/shop.test";

const NGINX = { ingressClassName: "nginx" };

describe("acmeSolvers", () => {
  const http01 = { http01: { ingress: { ingressClassName: "nginx", serviceType: "ClusterIP" } } };
  const zones: [DnsZone, object][] = [
    [
      { api: "clouddns", zone: "shop-prod", domain: "shop.test", project: "shop" },
      { cloudDNS: { project: "shop", hostedZoneName: "shop-prod" } },
    ],
    [
      { api: "route53", zone: "shop.test", domain: "shop.test", region: "eu-west-1" },
      { route53: { region: "eu-west-1" } },
    ],
    [
      { api: "azuredns", zone: ID, domain: "shop.test" },
      {
        azureDNS: {
          subscriptionID: "sub-1",
          resourceGroupName: "shop-dns",
          hostedZoneName: "shop.test",
        },
      },
    ],
  ];
  for (const [dns, dns01] of zones) {
    it(`${dns.api}: answers in the zone for its names, by HTTP for all others`, () => {
      const inZone = { selector: { dnsZones: ["shop.test"] }, dns01 };
      assert.deepEqual(acmeSolvers({ dns, httpAnswers: NGINX }), [inZone, http01]);
      assert.deepEqual(acmeSolvers({ dns }), [inZone]);
    });
  }

  it("has HTTP alone without a zone, and nothing without either", () => {
    assert.deepEqual(acmeSolvers({ httpAnswers: NGINX }), [http01]);
    assert.deepEqual(acmeSolvers({}), []);
  });
});

describe("azureZone", () => {
  it("reads an id, in whatever case Azure writes it", () => {
    const parts = { subscription: "sub-1", resourceGroup: "shop-dns", zone: "shop.test" };
    assert.deepEqual(azureZone(ID), parts);
    assert.deepEqual(azureZone(ID.replace("dnsZones", "dnszones")), parts);
  });

  for (const id of ["shop.test", `${ID}/A/www`, ID.replace("dnsZones", "privateDnsZones")]) {
    it(`takes no ${id}`, () => {
      assert.throws(() => azureZone(id), /is not the id of a zone of Azure DNS/);
    });
  }
});
