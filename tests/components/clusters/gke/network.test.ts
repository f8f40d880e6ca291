import assert from "node:assert/strict";
import { byName, byType, type Recording } from "../../../../plan/recording.ts";
import { PROJECT, recordGke, RELAXED } from "../../../support/gke-fixtures.ts";

const REGION = `projects/${PROJECT}/regions/europe-west1`;
const NETWORK = `projects/${PROJECT}/global/networks/shop-prod`;
const FIREWALL = "gcp:compute/firewall:Firewall";

describe("the network on GKE", () => {
  let recording: Recording;

  before(async () => {
    ({ recording } = await recordGke());
  });

  it("has the subnets of the plan alone, each with flow logs and a private way to Google", () => {
    assert.equal(byName(recording, "cluster-network").inputs["autoCreateSubnetworks"], false);
    const subnets = byType(recording, "gcp:compute/subnetwork:Subnetwork");
    assert.deepEqual(
      Object.fromEntries(subnets.map(({ inputs }) => [inputs["name"], inputs["ipCidrRange"]])),
      {
        "shop-prod-control-plane": "10.96.0.0/28",
        "shop-prod-load-balancers": "10.96.1.0/24",
        "shop-prod-nodes": "10.96.16.0/20",
      },
    );
    for (const { name, inputs } of subnets) {
      assert.equal(inputs["network"], NETWORK, name);
      assert.equal(inputs["privateIpGoogleAccess"], true, name);
      assert.deepEqual(
        inputs["logConfig"],
        {
          aggregationInterval: "INTERVAL_30_SEC",
          flowSampling: 0.5,
          metadata: "INCLUDE_ALL_METADATA",
        },
        name,
      );
    }
  });

  it("gives pods and Services ranges of the nodes' subnet", () => {
    assert.deepEqual(byName(recording, "cluster-subnet-nodes").inputs["secondaryIpRanges"], [
      { rangeName: "pods", ipCidrRange: "10.100.0.0/14" },
      { rangeName: "services", ipCidrRange: "10.104.0.0/20" },
    ]);
  });

  it("has one way out for all zones, with a fixed address for each under guard strict", () => {
    const { natIps, subnetworks, ...rest } = byName(recording, "cluster-egress").inputs;
    assert.deepEqual(
      natIps,
      [1, 2, 3].map(
        (number) =>
          `https://www.googleapis.com/compute/v1/${REGION}/addresses/shop-prod-egress-${number}`,
      ),
    );
    assert.deepEqual(subnetworks, [
      { name: `${REGION}/subnetworks/shop-prod-nodes`, sourceIpRangesToNats: ["ALL_IP_RANGES"] },
    ]);
    assert.deepEqual(rest, {
      project: PROJECT,
      region: "europe-west1",
      name: "shop-prod",
      router: "shop-prod",
      natIpAllocateOption: "MANUAL_ONLY",
      sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
      enableDynamicPortAllocation: true,
      enableEndpointIndependentMapping: false,
      minPortsPerVm: 64,
      maxPortsPerVm: 4096,
      logConfig: { enable: true, filter: "ERRORS_ONLY" },
    });
  });

  it("has one address under guard relaxed", async () => {
    const relaxed = await recordGke(RELAXED);
    assert.equal(byType(relaxed.recording, "gcp:compute/address:Address").length, 1);
  });

  it("lets the control plane reach exactly the ports of the webhooks in use", async () => {
    const [rule, ...others] = byType(recording, FIREWALL);
    assert.deepEqual(others, []);
    assert.deepEqual(rule?.inputs, {
      project: PROJECT,
      name: "shop-prod-webhooks",
      description: "The API server reaches admission webhooks and API extensions.",
      network: NETWORK,
      direction: "INGRESS",
      sourceRanges: ["10.96.0.0/28"],
      targetTags: ["shop-prod-node"],
      allows: [{ protocol: "tcp", ports: ["8443", "10250"] }],
    });
    const more = await recordGke({ webhookPorts: [9443, 6443, 9443] });
    assert.deepEqual(byName(more.recording, "cluster-firewall-webhooks").inputs["allows"], [
      { protocol: "tcp", ports: ["6443", "9443"] },
    ]);
  });

  it("opens nothing where there are no webhooks", async () => {
    const none = await recordGke({ webhookPorts: [] });
    assert.deepEqual(byType(none.recording, FIREWALL), []);
  });

  it("leads the names of Google's APIs to addresses that the internet does not have", () => {
    const addresses = ["199.36.153.8", "199.36.153.9", "199.36.153.10", "199.36.153.11"];
    const records = byType(recording, "gcp:dns/recordSet:RecordSet").map(({ inputs }) => [
      inputs["managedZone"],
      inputs["name"],
      inputs["type"],
      inputs["rrdatas"],
    ]);
    assert.deepEqual(records.toSorted(), [
      ["shop-prod-google-apis", "*.googleapis.com.", "CNAME", ["private.googleapis.com."]],
      ["shop-prod-google-apis", "private.googleapis.com.", "A", addresses],
      ["shop-prod-google-images", "*.gcr.io.", "CNAME", ["gcr.io."]],
      ["shop-prod-google-images", "gcr.io.", "A", addresses],
      ["shop-prod-google-registry", "*.pkg.dev.", "CNAME", ["pkg.dev."]],
      ["shop-prod-google-registry", "pkg.dev.", "A", addresses],
    ]);
    for (const word of ["apis", "images", "registry"]) {
      const { visibility, privateVisibilityConfig } = byName(
        recording,
        `cluster-google-${word}`,
      ).inputs;
      assert.equal(visibility, "private");
      assert.deepEqual(privateVisibilityConfig, { networks: [{ networkUrl: NETWORK }] });
    }
  });
});
