import assert from "node:assert/strict";
import type { GkeClusterArgs } from "../../../../components/clusters/cloud-context.ts";
import { byName, type RecordedResource } from "../../../../plan/recording.ts";
import { gkeArgs, PROJECT, recordGke, RELAXED } from "../../../support/gke-fixtures.ts";
import { dependencyNames } from "../../../support/recorded-program.ts";

const SUBNETS = `projects/${PROJECT}/regions/europe-west1/subnetworks`;
const KEYS = `projects/${PROJECT}/locations/europe-west1/keyRings/cluster-keys-xxxxxxx/cryptoKeys`;
const CONTROL_PLANE = ["APISERVER", "SCHEDULER", "CONTROLLER_MANAGER"];

async function clusterWith(more: Partial<GkeClusterArgs>): Promise<RecordedResource> {
  return byName((await recordGke(more)).recording, "cluster-gke");
}

describe("the control plane on GKE", () => {
  let cluster: RecordedResource;

  before(async () => {
    cluster = await clusterWith({});
  });

  /** Each row of the settings that Google's guides ask of a secure cluster. */
  const rows: Record<string, unknown> = {
    project: PROJECT,
    name: "shop-prod",
    location: "europe-west1",
    nodeLocations: ["europe-west1-b", "europe-west1-c", "europe-west1-d"],
    minMasterVersion: "1.35",
    deletionProtection: true,
    network: `projects/${PROJECT}/global/networks/shop-prod`,
    subnetwork: `${SUBNETS}/shop-prod-nodes`,
    networkingMode: "VPC_NATIVE",
    ipAllocationPolicy: {
      clusterSecondaryRangeName: "pods",
      servicesSecondaryRangeName: "services",
      stackType: "IPV4",
    },
    defaultMaxPodsPerNode: 48,
    datapathProvider: "ADVANCED_DATAPATH",
    enableIntranodeVisibility: true,
    enableL4IlbSubsetting: true,
    serviceExternalIpsConfig: { enabled: false },
    gatewayApiConfig: { channel: "CHANNEL_STANDARD" },
    dnsConfig: { clusterDns: "CLOUD_DNS", clusterDnsScope: "CLUSTER_SCOPE" },
    workloadIdentityConfig: { workloadPool: `${PROJECT}.svc.id.goog` },
    enableShieldedNodes: true,
    enableLegacyAbac: false,
    masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
    anonymousAuthenticationConfig: { mode: "LIMITED" },
    rbacBindingConfig: {
      enableInsecureBindingSystemAuthenticated: false,
      enableInsecureBindingSystemUnauthenticated: false,
    },
    databaseEncryption: { state: "ENCRYPTED", keyName: `${KEYS}/etcd` },
    binaryAuthorization: { evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE" },
    securityPostureConfig: { mode: "BASIC", vulnerabilityMode: "VULNERABILITY_ENTERPRISE" },
    nodePoolDefaults: {
      nodeConfigDefaults: {
        insecureKubeletReadonlyPortEnabled: "FALSE",
        gcfsConfig: { enabled: true },
      },
    },
    releaseChannel: { channel: "REGULAR" },
    maintenancePolicy: {
      recurringWindow: {
        startTime: "2026-01-10T02:00:00Z",
        endTime: "2026-01-10T10:00:00Z",
        recurrence: "FREQ=WEEKLY;BYDAY=SA,SU",
      },
      maintenanceExclusions: [
        {
          exclusionName: "minor-versions-are-raised-by-slipway",
          startTime: "2026-01-05T00:00:00Z",
          exclusionOptions: {
            scope: "NO_MINOR_UPGRADES",
            endTimeBehavior: "UNTIL_END_OF_SUPPORT",
          },
        },
        {
          exclusionName: "sale",
          startTime: "2026-11-27T08:00:00Z",
          endTime: "2026-12-01T00:00:00Z",
          exclusionOptions: { scope: "NO_UPGRADES" },
        },
      ],
    },
    notificationConfig: {
      pubsub: {
        enabled: true,
        topic: `projects/${PROJECT}/topics/shop-prod-upgrades`,
        filter: {
          eventTypes: ["UPGRADE_EVENT", "UPGRADE_AVAILABLE_EVENT", "SECURITY_BULLETIN_EVENT"],
        },
      },
    },
    loggingConfig: { enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS", ...CONTROL_PLANE] },
    monitoringConfig: {
      enableComponents: ["SYSTEM_COMPONENTS", ...CONTROL_PLANE],
      managedPrometheus: { enabled: false },
      advancedDatapathObservabilityConfig: { enableMetrics: true, enableRelay: false },
    },
    costManagementConfig: { enabled: true },
    verticalPodAutoscaling: { enabled: true },
    podAutoscaling: { hpaProfile: "PERFORMANCE" },
    clusterAutoscaling: { enabled: false, autoscalingProfile: "OPTIMIZE_UTILIZATION" },
    addonsConfig: {
      dnsCacheConfig: { enabled: true },
      gcePersistentDiskCsiDriverConfig: { enabled: true },
      gcpFilestoreCsiDriverConfig: { enabled: false },
      horizontalPodAutoscaling: { disabled: false },
      httpLoadBalancing: { disabled: false },
    },
    removeDefaultNodePool: true,
    initialNodeCount: 1,
  };
  for (const [row, expected] of Object.entries(rows)) {
    it(`sets ${row}`, () => {
      assert.deepEqual(cluster.inputs[row], expected);
    });
  }

  it("sets nothing beside these, the endpoint and the nodes of the pool that goes", () => {
    assert.deepEqual(
      Object.keys(cluster.inputs).toSorted(),
      [
        ...Object.keys(rows),
        "privateClusterConfig",
        "controlPlaneEndpointsConfig",
        "nodeConfig",
      ].toSorted(),
    );
  });

  it("gives the pool that goes the account and the hardening of those that stay", async () => {
    const { recording } = await recordGke();
    const first = cluster.inputs["nodeConfig"] as Record<string, unknown>;
    const stays = byName(recording, "cluster-pool-general").inputs["nodeConfig"] as typeof first;
    for (const [key, value] of Object.entries(first)) assert.deepEqual(stays[key], value, key);
    assert.equal(first["serviceAccount"], `shop-prod-nodes@${PROJECT}.iam.gserviceaccount.com`);
  });

  it("ignores nothing but what is about the pool that GKE has taken away", () => {
    assert.deepEqual(cluster.ignoreChanges, ["initialNodeCount", "nodeConfig"]);
    assert.deepEqual(cluster.replaceOnChanges, []);
  });

  it("waits as long as Google takes", () => {
    assert.deepEqual(cluster.customTimeouts, { create: "60m", update: "120m", delete: "60m" });
  });

  it("waits for the rights to its keys, for network, access and logs", () => {
    const before = dependencyNames(cluster);
    for (const name of [
      "cluster-key-etcd-access",
      "cluster-key-disks-access",
      "cluster-egress",
      "cluster-google-registry-names",
      "cluster-nodes-is-node",
      "cluster-logs-sink",
      "cluster-service-container",
      ...["admin-serviceAccount:deployer@shop-test.iam.gserviceaccount.com"].map(
        (who) => `cluster-${who}`,
      ),
    ]) {
      assert.ok(before.includes(name), name);
    }
  });

  describe("endpoint", () => {
    const endpointOf = ({ inputs }: RecordedResource) => ({
      privateClusterConfig: inputs["privateClusterConfig"],
      controlPlaneEndpointsConfig: inputs["controlPlaneEndpointsConfig"],
      masterAuthorizedNetworksConfig: inputs["masterAuthorizedNetworksConfig"],
    });
    const inNetwork = {
      enablePrivateNodes: true,
      enablePrivateEndpoint: true,
      privateEndpointSubnetwork: `${SUBNETS}/shop-prod-control-plane`,
    };
    const noName = {
      allowExternalTraffic: false,
      enableK8sCertsViaDns: false,
      enableK8sTokensViaDns: false,
    };
    const authorized = (...ranges: string[]) => ({
      cidrBlocks: ranges.map((cidrBlock) => ({ cidrBlock })),
      gcpPublicCidrsAccessEnabled: false,
      privateEndpointEnforcementEnabled: true,
    });

    it("dns has a name behind Google's sign-in, and no address for anybody", () => {
      assert.deepEqual(endpointOf(cluster), {
        privateClusterConfig: inNetwork,
        controlPlaneEndpointsConfig: {
          dnsEndpointConfig: { ...noName, allowExternalTraffic: true },
          ipEndpointsConfig: { enabled: false },
        },
        masterAuthorizedNetworksConfig: undefined,
      });
    });

    it("restricted answers the allowed ranges alone", async () => {
      const restricted = await clusterWith({
        endpoint: "restricted",
        allowedCidrs: ["192.0.2.0/24", "198.51.100.7/32"],
      });
      assert.deepEqual(endpointOf(restricted), {
        privateClusterConfig: { ...inNetwork, enablePrivateEndpoint: false },
        controlPlaneEndpointsConfig: {
          dnsEndpointConfig: noName,
          ipEndpointsConfig: { enabled: true },
        },
        masterAuthorizedNetworksConfig: authorized("192.0.2.0/24", "198.51.100.7/32"),
      });
    });

    it("private answers the network and its peers alone", async () => {
      const closed = await clusterWith({
        endpoint: "private",
        network: { ...gkeArgs.network, peers: ["10.0.0.0/16"] },
      });
      assert.deepEqual(endpointOf(closed), {
        privateClusterConfig: inNetwork,
        controlPlaneEndpointsConfig: {
          dnsEndpointConfig: noName,
          ipEndpointsConfig: { enabled: true },
        },
        masterAuthorizedNetworksConfig: authorized("10.96.0.0/16", "10.0.0.0/16"),
      });
    });
  });

  it("raises the version of the control plane, and that of the nodes with it", async () => {
    const { recording } = await recordGke({ kubernetesVersion: "1.34" });
    assert.deepEqual(byName(recording, "cluster-gke").inputs, {
      ...cluster.inputs,
      minMasterVersion: "1.34",
    });
    for (const pool of ["general", "system"]) {
      assert.match(String(byName(recording, `cluster-pool-${pool}`).inputs["version"]), /^1\.34\./);
    }
  });

  it("lets any image in and may be deleted where guard is relaxed", async () => {
    const relaxed = await clusterWith(RELAXED);
    assert.deepEqual(relaxed.inputs["binaryAuthorization"], { evaluationMode: "DISABLED" });
    assert.equal(relaxed.inputs["deletionProtection"], false);
    assert.equal(relaxed.protect, false);
    assert.equal(cluster.protect, true);
  });

  it("drives shared files only where they are asked for", async () => {
    const shared = await clusterWith({ storage: { ...gkeArgs.storage, rwx: true } });
    const addons = shared.inputs["addonsConfig"] as Record<string, unknown>;
    assert.deepEqual(addons["gcpFilestoreCsiDriverConfig"], { enabled: true });
  });
});
