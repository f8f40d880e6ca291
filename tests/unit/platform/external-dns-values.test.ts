import assert from "node:assert/strict";
import type { DnsZone } from "../../../components/core/cluster-handle.ts";
import { checkExternalDns } from "../../../components/platform/check-external-dns.ts";
import {
  azureConfig,
  externalDnsValues,
  type ExternalDnsValuesArgs,
} from "../../../components/platform/external-dns-values.ts";
import { ZONE } from "../../support/platform-cluster.ts";

const CLOUD_DNS: DnsZone = {
  api: "clouddns",
  zone: "shop-prod",
  domain: "shop.test",
  project: "shop",
};
const ROUTE_53: DnsZone = {
  api: "route53",
  zone: "shop.test",
  domain: "shop.test",
  region: "eu-west-1",
};

const ARGS: ExternalDnsValuesArgs = {
  dns: CLOUD_DNS,
  policy: "upsert-only",
  owner: "shop/eu/prod",
  identity: { serviceAccountAnnotations: { who: "dns" }, podLabels: { use: "true" }, ready: [] },
  gatewayApi: false,
  monitored: true,
};

describe("externalDnsValues", () => {
  it("changes only its own records of its own zone, and deletes none unless told to", () => {
    const { domainFilters, policy, registry, txtOwnerId, txtPrefix } = externalDnsValues(ARGS);
    assert.deepEqual([domainFilters, policy, registry], [["shop.test"], "upsert-only", "txt"]);
    assert.equal(txtOwnerId, "shop/eu/prod");
    assert.match(txtPrefix as string, /^%\{record_type\}-.*\.$/);
    assert.equal(externalDnsValues({ ...ARGS, policy: "sync" })["policy"], "sync");
  });

  it("is known to the cloud by a ServiceAccount and labels", () => {
    const { serviceAccount, podLabels } = externalDnsValues(ARGS);
    assert.deepEqual(serviceAccount, { name: "external-dns", annotations: { who: "dns" } });
    assert.deepEqual(podLabels, { use: "true" });
  });

  const apis: [DnsZone, string, object][] = [
    [CLOUD_DNS, "google", { extraArgs: { "google-project": "shop" } }],
    [ROUTE_53, "aws", { env: [{ name: "AWS_REGION", value: "eu-west-1" }] }],
    [
      ZONE,
      "azure",
      {
        extraVolumes: [{ name: "azure", configMap: { name: "external-dns-azure" } }],
        extraVolumeMounts: [{ name: "azure", mountPath: "/etc/kubernetes", readOnly: true }],
      },
    ],
  ];
  for (const [dns, provider, own] of apis) {
    it(`${dns.api}: is the provider ${provider}, with what its API has to be told`, () => {
      const values = externalDnsValues({ ...ARGS, dns });
      assert.deepEqual(values["provider"], { name: provider });
      const keys = ["extraArgs", "env", "extraVolumes", "extraVolumeMounts"];
      const set = Object.entries(values).filter(([key]) => keys.includes(key));
      assert.deepEqual(Object.fromEntries(set), own);
    });
  }
});

describe("azureConfig", () => {
  it("says where the zone is, and that the pod's own identity is to be used", () => {
    assert.deepEqual(JSON.parse(azureConfig(ZONE) ?? ""), {
      subscriptionId: "sub-1",
      resourceGroup: "shop-dns",
      useWorkloadIdentityExtension: true,
    });
  });

  it("is for one API alone", () => {
    assert.deepEqual([azureConfig(CLOUD_DNS), azureConfig(ROUTE_53)], [undefined, undefined]);
  });
});

describe("checkExternalDns", () => {
  const on = { enabled: true, policy: "upsert-only" } as const;

  it("refuses under strict what would find no zone", () => {
    assert.deepEqual(checkExternalDns(on, undefined, "strict"), [
      {
        path: "externalDns.enabled",
        got: "true",
        expected: "false, because the cluster has no DNS zone",
        remedy: "Give it one (slipway:cluster.dnsDomain), or turn this off.",
      },
    ]);
  });

  it("allows it with a zone, off, and under relaxed", () => {
    assert.deepEqual(checkExternalDns(on, ZONE, "strict"), []);
    assert.deepEqual(checkExternalDns({ ...on, enabled: false }, undefined, "strict"), []);
    assert.deepEqual(checkExternalDns(on, undefined, "relaxed"), []);
  });
});
