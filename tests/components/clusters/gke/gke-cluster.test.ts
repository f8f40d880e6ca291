import assert from "node:assert/strict";
import type { GkeCluster } from "../../../../components/clusters/gke/gke-cluster.ts";
import { byName, byType, Secret, type Recording } from "../../../../plan/recording.ts";
import {
  ADMINS,
  DEPLOYER,
  gkeArgs,
  PROJECT,
  recordGke,
  VIEWERS,
} from "../../../support/gke-fixtures.ts";
import { dependencyNames } from "../../../support/recorded-program.ts";

const MEMBER = "gcp:projects/iAMMember:IAMMember";

/** Everything that has to be there before a resource, near and far. */
function allBefore(recording: Recording, name: string): Set<string> {
  const found = new Set<string>();
  const visit = (at: string) => {
    for (const before of dependencyNames(byName(recording, at))) {
      if (found.has(before)) continue;
      found.add(before);
      visit(before);
    }
  };
  visit(name);
  return found;
}

describe("GkeCluster", () => {
  let recording: Recording;
  let handle: GkeCluster;

  before(async () => {
    ({ recording, handle } = await recordGke());
  });

  it("goes into its own project and region, and labels what it makes", () => {
    const { inputs } = byName(recording, "cluster-google");
    assert.deepEqual(
      { ...inputs, defaultLabels: JSON.parse(String(inputs["defaultLabels"])) as unknown },
      {
        project: PROJECT,
        region: "europe-west1",
        defaultLabels: { cluster: "shop-prod", "managed-by": "slipway" },
      },
    );
    const google = byName(recording, "cluster-google").urn;
    const others = recording.resources.filter(
      ({ type, providerUrn }) => type.startsWith("gcp:") && providerUrn !== google,
    );
    assert.deepEqual(others, []);
  });

  it("grants one member at a time, so that others keep what they have", () => {
    const whole = recording.resources.filter(({ type }) => /I[Aa][Mm](Binding|Policy)$/.test(type));
    assert.deepEqual(whole, []);
  });

  describe("what is used of Google Cloud", () => {
    const services = (of: Recording) =>
      byType(of, "gcp:projects/service:Service").map(({ inputs }) => inputs["service"]);

    it("is switched on before everything else, and stays on", () => {
      const all = byType(recording, "gcp:projects/service:Service");
      for (const { inputs } of all) assert.equal(inputs["disableOnDestroy"], false);
      const names = all.map(({ name }) => name);
      const early = recording.resources.filter(
        ({ type, custom, dependencies }) =>
          custom &&
          type.startsWith("gcp:") &&
          type !== "gcp:projects/service:Service" &&
          !names.every((name) => dependencies.some((urn) => urn.endsWith(`::${name}`))),
      );
      assert.deepEqual(early, []);
    });

    it("is no more than what the settings ask for", async () => {
      const wanted = [
        ...["binaryauthorization", "cloudkms", "cloudresourcemanager", "compute", "container"],
        ...["containersecurity", "dns", "iam", "logging", "monitoring", "pubsub"],
        ...["secretmanager", "servicenetworking", "sqladmin", "storage"],
      ];
      const addresses = (names: readonly string[]) => names.map((name) => `${name}.googleapis.com`);
      assert.deepEqual(services(recording).toSorted(), addresses(wanted));
      const more = await recordGke({
        registry: true,
        storage: { ...gkeArgs.storage, rwx: true },
      });
      assert.deepEqual(
        services(more.recording).toSorted(),
        addresses([...wanted, "artifactregistry", "file"].toSorted()),
      );
    });
  });

  describe("who gets in", () => {
    const grantsOf = (role: string) =>
      byType(recording, MEMBER)
        .filter(({ inputs }) => inputs["role"] === role)
        .map(({ inputs }) => inputs["member"]);

    it("is the deployer and the admins, who may do everything", () => {
      assert.deepEqual(grantsOf("roles/container.admin"), [DEPLOYER, ADMINS]);
    });

    it("is the viewers, who may look at everything but Secrets", () => {
      assert.deepEqual(grantsOf("roles/container.viewer"), [VIEWERS]);
    });

    it("is settled before the cluster, so that Google knows of it when the cluster is there", () => {
      const before = allBefore(recording, "cluster-gke");
      for (const name of [`admin-${DEPLOYER}`, `admin-${ADMINS}`, `viewer-${VIEWERS}`]) {
        assert.ok(before.has(`cluster-${name}`), name);
      }
    });

    it("is nobody twice, and nobody in both lists", async () => {
      const made = await recordGke({ admins: [ADMINS, DEPLOYER], viewers: [ADMINS, VIEWERS] });
      const members = byType(made.recording, MEMBER)
        .filter(({ inputs }) => String(inputs["role"]).startsWith("roles/container.admin"))
        .map(({ inputs }) => inputs["member"]);
      assert.deepEqual(members, [DEPLOYER, ADMINS]);
      assert.ok(made.recording.resources.every(({ name }) => name !== `cluster-viewer-${ADMINS}`));
    });
  });

  it("lets everything in the cluster come after access, pools and ways out", async () => {
    const shared = await recordGke({ storage: { ...gkeArgs.storage, rwx: true } });
    const before = allBefore(shared.recording, "cluster-provider");
    for (const name of [
      `cluster-admin-${DEPLOYER}`,
      "cluster-pool-general",
      "cluster-pool-system",
      "cluster-egress",
      "cluster-logs",
      "cluster-key-disks-files-access",
    ]) {
      assert.ok(before.has(name), name);
    }
    for (const made of byType(recording, "kubernetes:storage.k8s.io/v1:StorageClass")) {
      assert.equal(made.providerUrn, byName(recording, "cluster-provider").urn);
    }
  });

  describe("provider", () => {
    it("has a constant identity and the options that make updates safe", () => {
      const { kubeconfig, ...rest } = byName(recording, "cluster-provider").inputs;
      assert.ok(kubeconfig instanceof Secret);
      assert.deepEqual(rest, {
        context: "shop-prod",
        clusterIdentifier: `gke/${PROJECT}/europe-west1/shop-prod`,
        enableServerSideApply: "true",
        enableConfigMapMutable: "true",
        enableSecretMutable: "true",
      });
      assert.equal(handle.clusterIdentifier, `gke/${PROJECT}/europe-west1/shop-prod`);
    });

    const kubeconfigOf = (of: Recording) => {
      const { kubeconfig } = byName(of, "cluster-provider").inputs;
      assert.ok(kubeconfig instanceof Secret);
      return JSON.parse(String(kubeconfig.value)) as {
        readonly clusters: readonly [{ readonly cluster: Record<string, string> }];
        readonly users: readonly unknown[];
      };
    };

    it("signs in through gke-gcloud-auth-plugin, with no credential in a kubeconfig that is secret", () => {
      assert.deepEqual(kubeconfigOf(recording).users, [
        {
          name: "shop-prod",
          user: {
            exec: {
              apiVersion: "client.authentication.k8s.io/v1beta1",
              command: "gke-gcloud-auth-plugin",
              args: [],
              env: [],
              interactiveMode: "Never",
              provideClusterInfo: true,
              installHint:
                "Install gke-gcloud-auth-plugin: gcloud components install gke-gcloud-auth-plugin.",
            },
          },
        },
      ]);
    });

    it("goes to the name, whose certificate everybody trusts", () => {
      const [{ cluster }] = kubeconfigOf(recording).clusters;
      assert.deepEqual(Object.keys(cluster), ["server"]);
      assert.match(String(cluster["server"]), /^https:\/\/gke-.*\.europe-west1\.gke\.goog$/);
    });

    it("goes to the public address where that is open, and to the private one where not", async () => {
      const restricted = await recordGke({
        endpoint: "restricted",
        allowedCidrs: ["192.0.2.0/24"],
      });
      const closed = await recordGke({ endpoint: "private" });
      for (const [of, from] of [
        [restricted.recording, "endpoint"],
        [closed.recording, "privateClusterConfig"],
      ] as const) {
        const [{ cluster }] = kubeconfigOf(of).clusters;
        const { outputs } = byName(of, "cluster-gke");
        const address =
          from === "endpoint"
            ? outputs["endpoint"]
            : (outputs[from] as Record<string, unknown>)["privateEndpoint"];
        assert.equal(cluster["server"], `https://${String(address)}`);
        assert.match(String(cluster["certificate-authority-data"]), /^[A-Za-z0-9+/=]+$/);
      }
    });
  });

  it("refuses what the check refuses, and makes nothing", async () => {
    await assert.rejects(recordGke({ zones: ["europe-west1-b"] }), (error: Error) => {
      assert.match(error.message, /1\. zones: got 1, expected at least 3, because/);
      return true;
    });
  });
});
