import assert from "node:assert/strict";
import { SystemNamespace } from "../../../components/workloads/index.ts";
import { byName } from "../../../plan/recording.ts";
import { dependencyNames, outline, recordOn } from "../../support/recorded-program.ts";
import { namespaceArgs } from "../../support/workload-fixtures.ts";

const labels = {
  "app.kubernetes.io/name": "kaizen-studio",
  "app.kubernetes.io/component": "namespace",
  "app.kubernetes.io/managed-by": "slipway",
};

describe("SystemNamespace", () => {
  const recording = recordOn(
    ({ providers }) => new SystemNamespace("home", namespaceArgs, { providers }),
  );
  const inputs = async (name: string) => byName(await recording, name).inputs;

  it("makes the namespace and four objects that come after it", async () => {
    assert.deepEqual(outline(await recording), [
      "LimitRange home-limits",
      "Namespace home-namespace",
      "NetworkPolicy home-default-deny",
      "NetworkPolicy home-dns",
      "ResourceQuota home-quota",
      "SystemNamespace home",
    ]);
    for (const name of ["home-quota", "home-limits", "home-default-deny", "home-dns"]) {
      assert.deepEqual(dependencyNames(byName(await recording, name)), ["home-namespace"]);
    }
  });

  it("claims the Pod Security level that the platform names", async () => {
    assert.deepEqual((await inputs("home-namespace"))["metadata"], {
      name: "studio",
      labels: {
        ...labels,
        "pod-security.kubernetes.io/enforce": "restricted",
        "pod-security.kubernetes.io/warn": "restricted",
        "pod-security.kubernetes.io/audit": "restricted",
      },
    });
  });

  it("warns of what restricted would refuse where only baseline is enforced", async () => {
    const relaxed = await recordOn(
      ({ providers }) =>
        new SystemNamespace("home", { ...namespaceArgs, podSecurity: "baseline" }, { providers }),
    );
    const { metadata } = byName(relaxed, "home-namespace").inputs as {
      metadata: { labels: Record<string, string> };
    };
    assert.equal(metadata.labels["pod-security.kubernetes.io/enforce"], "baseline");
    assert.equal(metadata.labels["pod-security.kubernetes.io/warn"], "restricted");
  });

  it("sets quota and container range", async () => {
    assert.deepEqual((await inputs("home-quota"))["spec"], {
      hard: {
        "requests.cpu": "20",
        "requests.memory": "40Gi",
        "limits.cpu": "40",
        "limits.memory": "80Gi",
        "requests.storage": "500Gi",
        persistentvolumeclaims: "10",
        pods: "50",
        services: "20",
        secrets: "20",
        configmaps: "20",
      },
    });
    assert.deepEqual((await inputs("home-limits"))["spec"], {
      limits: [
        {
          type: "Container",
          default: { cpu: "1", memory: "2Gi" },
          defaultRequest: { cpu: "100m", memory: "256Mi" },
          max: { cpu: "4", memory: "8Gi" },
          min: { cpu: "50m", memory: "128Mi" },
        },
      ],
    });
  });

  it("denies all traffic by default, both ways", async () => {
    const { metadata, spec } = await inputs("home-default-deny");
    assert.deepEqual(metadata, { namespace: "studio", labels });
    assert.deepEqual(spec, { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
  });

  it("lets every pod ask for names, of pods and of resolvers outside", async () => {
    const address = { cidr: "169.254.20.10/32", ports: [{ port: 53, protocol: "UDP" as const }] };
    const dns = { ...namespaceArgs.dns, addresses: [address] };
    const withResolver = await recordOn(
      ({ providers }) => new SystemNamespace("home", { ...namespaceArgs, dns }, { providers }),
    );
    assert.deepEqual(byName(withResolver, "home-dns").inputs["spec"], {
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
              podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
            },
          ],
          ports: [
            { protocol: "UDP", port: 53 },
            { protocol: "TCP", port: 53 },
          ],
        },
        { to: [{ ipBlock: { cidr: "169.254.20.10/32" } }], ports: [{ port: 53, protocol: "UDP" }] },
      ],
    });
  });

  it("refuses quantities that are none, all at once", async () => {
    const bad = {
      ...namespaceArgs,
      quotaFloors: { ...namespaceArgs.quotaFloors, storage: "500" },
      containers: { ...namespaceArgs.containers, min: { cpu: "none", memory: "128Mi" } },
    };
    await assert.rejects(
      recordOn(({ providers }) => new SystemNamespace("home", bad, { providers })),
      {
        message:
          "Invalid arguments:\n" +
          '1. quotaFloors.storage: got "500", expected a quantity with a unit, such as "512Mi" or ' +
          '"2Gi". Add one of the units Ki, Mi, Gi, Ti.\n' +
          '2. containers.min.cpu: got "none", expected a CPU quantity such as "250m" or "2". ' +
          "Write whole cores, or millicores with the unit m.",
      },
    );
  });
});
