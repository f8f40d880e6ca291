import assert from "node:assert/strict";
import type { DnsZone } from "../../../components/core/cluster-handle.ts";
import { ExternalDns } from "../../../components/platform/index.ts";
import { byName } from "../../../plan/recording.ts";
import { SURROUNDINGS, ZONE } from "../../support/platform-cluster.ts";
import { dependencyNames, outline, recordOn } from "../../support/recorded-program.ts";

const recordExternalDns = (dns: DnsZone) =>
  recordOn(({ providers, earlier }) => {
    new ExternalDns(
      "dns",
      {
        dns,
        policy: "upsert-only",
        owner: "shop/prod",
        gatewayApi: false,
        identity: { serviceAccountAnnotations: {}, podLabels: {}, ready: [earlier] },
        identityEndpoint: [{ cidr: "192.0.2.7/32", ports: [{ port: 80, protocol: "TCP" }] }],
        monitored: true,
        surroundings: SURROUNDINGS,
      },
      { providers },
    );
  });

describe("ExternalDns", () => {
  it("makes a namespace and a release, which waits for its identity", async () => {
    const dns = { api: "route53", zone: "shop.test", domain: "shop.test", region: "eu-west-1" };
    const recording = await recordExternalDns(dns as DnsZone);
    assert.deepEqual(outline(recording).toSorted(), [
      "AddOnNamespace dns-home",
      "ExternalDns dns",
      "LimitRange dns-home-limits",
      "Namespace dns-home-namespace",
      "NetworkPolicy dns-home-traffic",
      "Release dns-release",
    ]);
    assert.deepEqual(dependencyNames(byName(recording, "dns-release")), [
      "dns-home-limits",
      "dns-home-namespace",
      "dns-home-traffic",
      "test-earlier",
    ]);
    const { spec } = byName(recording, "dns-home-traffic").inputs;
    assert.match(JSON.stringify(spec), /192\.0\.2\.7\/32/);
  });

  it("with an API that is configured by a file: the file, before the release that mounts it", async () => {
    const recording = await recordExternalDns(ZONE);
    const { metadata, data } = byName(recording, "dns-azure").inputs as {
      metadata: { name: string; namespace: string };
      data: Record<string, string>;
    };
    assert.deepEqual([metadata.namespace, metadata.name], ["external-dns", "external-dns-azure"]);
    assert.deepEqual(Object.keys(data), ["azure.json"]);
    assert.ok(dependencyNames(byName(recording, "dns-release")).includes("dns-azure"));
  });
});
