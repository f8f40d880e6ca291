import assert from "node:assert/strict";
import { byName, byType, type Recording } from "../../../../plan/recording.ts";
import { aksArgs, recordAks, SUBSCRIPTION } from "../../../support/aks-fixtures.ts";

const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-prod`;

interface Rule {
  readonly name: string;
  readonly access: string;
  readonly priority: number;
  readonly protocol: string;
  readonly [field: string]: unknown;
}

const rulesOf = (recording: Recording, purpose: string) =>
  byName(recording, `cluster-security-${purpose}`).inputs["securityRules"] as readonly Rule[];

describe("the network on AKS", () => {
  let recording: Recording;

  before(async () => {
    ({ recording } = await recordAks());
  });

  it("has the range of the settings, cut as the plan says", () => {
    assert.deepEqual(byName(recording, "cluster-network").inputs["addressSpace"], {
      addressPrefixes: ["10.96.0.0/16"],
    });
    const cut = byType(recording, "azure-native:network:Subnet").map(({ inputs }) => [
      inputs["subnetName"],
      inputs["addressPrefix"],
    ]);
    assert.deepEqual(Object.fromEntries(cut), {
      "api-server": "10.96.0.0/26",
      postgres: "10.96.0.64/26",
      endpoints: "10.96.0.128/26",
      "load-balancers": "10.96.0.192/26",
      "nodes-1": "10.96.4.0/22",
      "nodes-2": "10.96.8.0/22",
      "nodes-3": "10.96.12.0/22",
    });
  });

  it("gives no subnet a way out that nobody asked for, and delegates two", () => {
    const subnets = byType(recording, "azure-native:network:Subnet");
    assert.ok(subnets.every(({ inputs }) => inputs["defaultOutboundAccess"] === false));
    const delegated = subnets.flatMap(({ inputs }) => {
      const [first] = (inputs["delegations"] ?? []) as readonly { readonly serviceName: string }[];
      return first === undefined ? [] : [[inputs["subnetName"], first.serviceName]];
    });
    assert.deepEqual(delegated, [
      ["api-server", "Microsoft.ContainerService/managedClusters"],
      ["postgres", "Microsoft.DBforPostgreSQL/flexibleServers"],
    ]);
    assert.equal(
      byName(recording, "cluster-subnet-endpoints").inputs["privateEndpointNetworkPolicies"],
      "Enabled",
    );
  });

  it("has a way out per zone under guard strict, in that zone and with an address of its own", () => {
    for (const zone of ["1", "2", "3"]) {
      const egress = `${GROUP}/providers/Microsoft.Network`;
      assert.deepEqual(byName(recording, `cluster-subnet-nodes-${zone}`).inputs["natGateway"], {
        id: `${egress}/natGateways/shop-prod-egress-${zone}`,
      });
      const gateway = byName(recording, `cluster-egress-${zone}`).inputs;
      assert.deepEqual(gateway["zones"], [zone]);
      assert.deepEqual(gateway["publicIpAddresses"], [
        { id: `${egress}/publicIPAddresses/shop-prod-egress-${zone}` },
      ]);
      const address = byName(recording, `cluster-egress-address-${zone}`).inputs;
      assert.deepEqual(address["zones"], [zone]);
      assert.equal(address["publicIPAllocationMethod"], "Static");
    }
  });

  it("lets the API server reach exactly the ports of the webhooks in use, and what AKS needs", async () => {
    const ports = (all: readonly Rule[]) =>
      all.find(({ name }) => name === "api-server")?.["destinationPortRanges"];
    assert.deepEqual(ports(rulesOf(recording, "nodes")), ["443", "8443", "10250"]);
    const others = await recordAks({ webhookPorts: [9443, 6443] });
    assert.deepEqual(ports(rulesOf(others.recording, "nodes")), ["443", "6443", "9443", "10250"]);
  });

  it("lets people in by HTTP and HTTPS, and nodes and pods to each other", () => {
    const inside = ["10.96.4.0/22", "10.96.8.0/22", "10.96.12.0/22", "10.100.0.0/14"];
    const [web, , cluster, ...others] = rulesOf(recording, "nodes");
    assert.deepEqual(others, []);
    assert.equal(web?.["sourceAddressPrefix"], "Internet");
    assert.deepEqual(web["destinationPortRanges"], ["80", "443"]);
    assert.deepEqual(cluster?.["sourceAddressPrefixes"], inside);
    assert.deepEqual(cluster["destinationAddressPrefixes"], inside);
    assert.equal(cluster.protocol, "*");
  });

  it("lets the nodes alone reach databases and private endpoints", () => {
    const short = (all: readonly Rule[]) =>
      all.map((rule) => [
        rule.name,
        rule.access,
        rule["sourceAddressPrefix"] ?? rule["sourceAddressPrefixes"],
        rule["destinationPortRange"] ?? rule["destinationPortRanges"],
      ]);
    const nodes = ["10.96.4.0/22", "10.96.8.0/22", "10.96.12.0/22"];
    const closed = ["nobody-else", "Deny", "VirtualNetwork", "*"];
    assert.deepEqual(short(rulesOf(recording, "postgres")), [
      ["cluster", "Allow", nodes, ["5432", "6432"]],
      ["replication", "Allow", "10.96.0.64/26", "*"],
      closed,
    ]);
    assert.deepEqual(short(rulesOf(recording, "endpoints")), [
      ["cluster", "Allow", nodes, "443"],
      closed,
    ]);
  });

  it("judges its rules in the order in which they stand, each inbound", () => {
    for (const purpose of ["nodes", "postgres", "endpoints"]) {
      const rules = rulesOf(recording, purpose);
      const priorities = rules.map(({ priority }) => priority);
      assert.deepEqual(
        priorities,
        [...new Set(priorities)].toSorted((a, b) => a - b),
      );
      assert.ok(rules.every((rule) => rule["direction"] === "Inbound"));
    }
  });

  it("opens the nodes' subnets to shared files only where there are any", async () => {
    const endpoints = (from: Recording) =>
      byName(from, "cluster-subnet-nodes-1").inputs["serviceEndpoints"];
    assert.equal(endpoints(recording), undefined);
    const shared = await recordAks({ storage: { ...aksArgs.storage, rwx: true } });
    assert.deepEqual(endpoints(shared.recording), [{ service: "Microsoft.Storage" }]);
  });

  it("writes down who talked to whom, through an identity of its own", () => {
    const flow = byName(recording, "cluster-flow-logs").inputs;
    const { networkWatcherName, resourceGroupName, targetResourceId, enabled, retentionPolicy } =
      flow;
    assert.deepEqual(
      { networkWatcherName, resourceGroupName, targetResourceId, enabled, retentionPolicy },
      {
        networkWatcherName: "NetworkWatcher_westeurope",
        resourceGroupName: "NetworkWatcherRG",
        targetResourceId: `${GROUP}/providers/Microsoft.Network/virtualNetworks/shop-prod`,
        enabled: true,
        // The account's own rules delete what is old.
        retentionPolicy: { enabled: false, days: 0 },
      },
    );
    const right = byName(recording, "cluster-flow-logs-write").inputs;
    assert.equal(right["scope"], flow["storageId"]);
    assert.equal(
      right["principalId"],
      byName(recording, "cluster-identity-flow-logs").outputs["principalId"],
    );
  });

  it("has one way out for all zones under guard relaxed, and is the same beside that", async () => {
    const relaxed = (await recordAks({ guard: "relaxed" })).recording;
    for (const zone of ["1", "2", "3"]) {
      assert.deepEqual(byName(relaxed, `cluster-subnet-nodes-${zone}`).inputs["natGateway"], {
        id: `${GROUP}/providers/Microsoft.Network/natGateways/shop-prod-egress-1`,
      });
    }
    const others = (from: Recording) =>
      from.resources.map(({ name }) => name).filter((name) => !name.includes("egress"));
    assert.deepEqual(others(relaxed).toSorted(), others(recording).toSorted());
  });
});
