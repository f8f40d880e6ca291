import assert from "node:assert/strict";
import { ADD_ON_RESOURCES } from "../../../components/platform/add-on-resources.ts";
import { certManagerValues } from "../../../components/platform/cert-manager.ts";
import { clusterIssuers } from "../../../components/platform/cluster-issuers.ts";
import { CertManager, type CertManagerArgs } from "../../../components/platform/index.ts";
import { ISSUER_NAMES } from "../../../components/platform/issuer-names.ts";
import { WEBHOOK_ANNOTATIONS } from "../../../components/platform/webhook-annotations.ts";
import { byName, type Recording } from "../../../plan/recording.ts";
import { SURROUNDINGS, ZONE } from "../../support/platform-cluster.ts";
import { dependencyNames, outline, recordOn } from "../../support/recorded-program.ts";

const WITHOUT_INGRESS: CertManagerArgs = {
  replicas: 2,
  acmeEmail: "ops@studio.test",
  monitored: true,
  keepDefinitions: true,
  surroundings: SURROUNDINGS,
};
const ARGS: CertManagerArgs = { ...WITHOUT_INGRESS, httpAnswers: { ingressClassName: "nginx" } };

const recordCertManager = (args: CertManagerArgs): Promise<Recording> =>
  recordOn(({ providers, earlier }) => {
    new CertManager("cm", args, { providers, dependsOn: [earlier] });
  });

describe("CertManager", () => {
  it("makes a namespace, a release and the three issuers", async () => {
    assert.deepEqual(outline(await recordCertManager(ARGS)).toSorted(), [
      "AddOnNamespace cm-home",
      "CertManager cm",
      "ClusterIssuer cm-issuer-letsencrypt-prod",
      "ClusterIssuer cm-issuer-letsencrypt-staging",
      "ClusterIssuer cm-issuer-selfsigned",
      "LimitRange cm-home-limits",
      "Namespace cm-home-namespace",
      "NetworkPolicy cm-home-traffic",
      "Release cm-release",
    ]);
  });

  it("leaves out the issuers that nobody could answer a challenge for", async () => {
    const issuers = outline(await recordCertManager(WITHOUT_INGRESS)).filter((line) =>
      line.startsWith("ClusterIssuer"),
    );
    assert.deepEqual(issuers, ["ClusterIssuer cm-issuer-selfsigned"]);
  });

  describe("with a zone to answer challenges in", () => {
    const identity = { serviceAccountAnnotations: { who: "cm" }, podLabels: { use: "true" } };
    const inZone: CertManagerArgs = {
      ...WITHOUT_INGRESS,
      dns: ZONE,
      identity: { ...identity, ready: [] },
      identityEndpoint: [{ cidr: "192.0.2.7/32", ports: [{ port: 80, protocol: "TCP" }] }],
    };

    it("needs no ingress for its issuers", () => {
      assert.deepEqual(Object.keys(clusterIssuers(inZone)), [...ISSUER_NAMES]);
    });

    it("is known to the cloud, and asks its own resolvers whether an answer is there", () => {
      const { serviceAccount, podLabels, dns01RecursiveNameserversOnly } =
        certManagerValues(inZone);
      assert.deepEqual(serviceAccount, { name: "cert-manager", annotations: { who: "cm" } });
      assert.deepEqual(podLabels, { use: "true" });
      assert.equal(dns01RecursiveNameserversOnly, true);
    });

    it("waits for the identity, and reaches where it is handed out", async () => {
      const recording = await recordOn(({ providers, earlier }) => {
        new CertManager(
          "cm",
          { ...inZone, identity: { ...identity, ready: [earlier] } },
          { providers },
        );
      });
      assert.ok(dependencyNames(byName(recording, "cm-release")).includes("test-earlier"));
      const { spec } = byName(recording, "cm-home-traffic").inputs as {
        spec: { egress: object[] };
      };
      const way = { to: [{ ipBlock: { cidr: "192.0.2.7/32" } }] };
      assert.ok(spec.egress.some((rule) => JSON.stringify(rule).includes(JSON.stringify(way.to))));
    });
  });

  it("creates what it was told to wait for, namespace, release and issuers in this order", async () => {
    const recording = await recordCertManager(ARGS);
    const depends = (name: string) => dependencyNames(byName(recording, name));
    assert.deepEqual(depends("cm-home-namespace"), ["test-earlier"]);
    assert.deepEqual(depends("cm-release"), [
      "cm-home-limits",
      "cm-home-namespace",
      "cm-home-traffic",
      "test-earlier",
    ]);
    for (const issuer of ISSUER_NAMES) {
      assert.deepEqual(depends(`cm-issuer-${issuer}`), ["cm-release", "test-earlier"]);
    }
  });

  it("enforces restricted pods in a namespace that the guides' policies find (D-69)", async () => {
    const { inputs } = byName(await recordCertManager(ARGS), "cm-home-namespace");
    assert.deepEqual(inputs["metadata"], {
      name: "cert-manager",
      labels: {
        "app.kubernetes.io/name": "platform",
        "app.kubernetes.io/component": "cert-manager",
        "app.kubernetes.io/managed-by": "slipway",
        name: "cert-manager",
        "pod-security.kubernetes.io/enforce": "restricted",
      },
    });
  });
});

describe("clusterIssuers", () => {
  it("offers the names that the check of the config knows", () => {
    assert.deepEqual(Object.keys(clusterIssuers(ARGS)), [...ISSUER_NAMES]);
  });

  for (const [name, server] of [
    ["letsencrypt-prod", "https://acme-v02.api.letsencrypt.org/directory"],
    ["letsencrypt-staging", "https://acme-staging-v02.api.letsencrypt.org/directory"],
  ] as const) {
    it(`${name}: answers over the ingress class, with a key of its own (T-39)`, () => {
      const issuer = clusterIssuers(ARGS)[name];
      assert.equal(issuer?.apiVersion, "cert-manager.io/v1");
      assert.equal(issuer.kind, "ClusterIssuer");
      assert.deepEqual(issuer["spec"], {
        acme: {
          server,
          email: "ops@studio.test",
          privateKeySecretRef: { name },
          solvers: [
            { http01: { ingress: { ingressClassName: "nginx", serviceType: "ClusterIP" } } },
          ],
        },
      });
    });
  }

  it("selfsigned: needs nobody", () => {
    assert.deepEqual(clusterIssuers(ARGS).selfsigned?.["spec"], { selfSigned: {} });
  });

  it("waits for none of them: an ACME issuer is ready only with a route to the authority", () => {
    for (const issuer of Object.values(clusterIssuers(ARGS))) {
      assert.deepEqual(Object.keys(issuer.metadata ?? {}), ["name", "labels"]);
    }
  });
});

describe("certManagerValues", () => {
  it("one replica: neither budget nor spread", () => {
    const resources = ADD_ON_RESOURCES.certManager;
    const single = {
      replicaCount: 1,
      podDisruptionBudget: { enabled: false },
      topologySpreadConstraints: [],
    };
    assert.deepEqual(
      certManagerValues({ ...ARGS, replicas: 1, monitored: false, keepDefinitions: false }),
      {
        crds: { enabled: true, keep: false },
        global: {
          leaderElection: { namespace: "cert-manager" },
          priorityClassName: "slipway-platform",
        },
        ...single,
        resources: resources.controller,
        webhook: {
          ...single,
          resources: resources.webhook,
          mutatingWebhookConfigurationAnnotations: WEBHOOK_ANNOTATIONS,
          validatingWebhookConfigurationAnnotations: WEBHOOK_ANNOTATIONS,
        },
        cainjector: { ...single, resources: resources.injector },
        startupapicheck: { timeout: "3m", resources: resources.startupCheck },
        prometheus: { servicemonitor: { enabled: false } },
      },
    );
  });

  it("several replicas: each of the three parts spreads and drains by its own labels", () => {
    const values = certManagerValues({ ...ARGS, replicas: 3 });
    const parts = {
      controller: values,
      webhook: values["webhook"],
      cainjector: values["cainjector"],
    };
    for (const [component, part] of Object.entries(parts)) {
      const { replicaCount, podDisruptionBudget, topologySpreadConstraints } = part as {
        replicaCount: number;
        podDisruptionBudget: object;
        topologySpreadConstraints: { labelSelector: object }[];
      };
      assert.equal(replicaCount, 3);
      assert.deepEqual(podDisruptionBudget, { enabled: true, minAvailable: 2 });
      assert.deepEqual(
        topologySpreadConstraints.map(({ labelSelector }) => labelSelector),
        Array(2).fill({
          matchLabels: {
            "app.kubernetes.io/name": component === "controller" ? "cert-manager" : component,
            "app.kubernetes.io/instance": "cert-manager",
            "app.kubernetes.io/component": component,
          },
        }),
      );
    }
  });

  it("is watched where monitors are served, and keeps definitions where it is told to", () => {
    const values = certManagerValues(ARGS);
    assert.deepEqual(values["prometheus"], { servicemonitor: { enabled: true } });
    assert.deepEqual(values["crds"], { enabled: true, keep: true });
  });
});
