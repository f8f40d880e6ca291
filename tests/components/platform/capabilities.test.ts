import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { byType } from "../../../plan/recording.ts";
import { ARGS, CLUSTER, only, recordPlatform, valueOf } from "../../support/recorded-platform.ts";

const logicalNames = (resources: readonly pulumi.Resource[] = []) =>
  resources.map((resource) => (resource as unknown as { __name: string }).__name);

describe("capabilities of the platform", () => {
  const dns = {
    pods: {
      namespaceLabels: { "kubernetes.io/metadata.name": "kube-system" },
      podLabels: { "k8s-app": "kube-dns" },
    },
    addresses: CLUSTER.networkPeers.dns,
  };
  const always = {
    logs: false,
    priorityClasses: { data: "slipway-data", frontDoor: "slipway-front-door" },
    secretBackend: { kind: "native" },
    podSecurity: "restricted",
  };

  it("tells the systems where public images are mirrored", async () => {
    const imageMirrorPrefix = "registry.example.com/mirror";
    const { capabilities } = await recordPlatform({ ...ARGS, imageMirrorPrefix });
    assert.equal(capabilities.imageMirrorPrefix, imageMirrorPrefix);
    assert.ok(!("imageMirrorPrefix" in (await recordPlatform()).capabilities));
  });

  it("everything on: class, issuers, monitors and who comes in, with what to wait for", async () => {
    const { ingress, issuers, monitors, ...rest } = (await recordPlatform()).capabilities;
    assert.equal(ingress?.className, "nginx");
    assert.deepEqual(logicalNames(ingress.ready), ["platform-ingress-nginx-release"]);
    assert.deepEqual(issuers?.names, ["letsencrypt-prod", "letsencrypt-staging", "selfsigned"]);
    assert.deepEqual(logicalNames(issuers.ready), [
      "platform-cert-manager-issuer-letsencrypt-prod",
      "platform-cert-manager-issuer-letsencrypt-staging",
      "platform-cert-manager-issuer-selfsigned",
    ]);
    assert.deepEqual(logicalNames(monitors?.ready), ["platform-monitoring-release"]);
    assert.deepEqual(rest, {
      ...always,
      customMetrics: true,
      networkPeers: {
        ingressController: [
          {
            namespaceLabels: { "kubernetes.io/metadata.name": "ingress-nginx" },
            podLabels: {
              "app.kubernetes.io/name": "ingress-nginx",
              "app.kubernetes.io/component": "controller",
            },
          },
        ],
        monitoring: {
          namespaceLabels: { "kubernetes.io/metadata.name": "monitoring" },
          podLabels: {
            "app.kubernetes.io/name": "prometheus",
            "operator.prometheus.io/name": "prometheus-kube-prometheus-prometheus",
          },
        },
        dns,
      },
    });
  });

  it("nothing on: DNS, and what needs no add-on", async () => {
    const { capabilities } = await recordPlatform(only());
    assert.deepEqual(capabilities, { ...always, customMetrics: false, networkPeers: { dns } });
  });

  it("cert-manager alone: the issuer that needs no ingress", async () => {
    const { capabilities } = await recordPlatform(only("certManager"));
    assert.deepEqual(capabilities.issuers?.names, ["selfsigned"]);
  });

  it("relaxed: systems may run pods of the baseline level", async () => {
    const { capabilities } = await recordPlatform({ ...ARGS, guard: "relaxed" });
    assert.equal(capabilities.podSecurity, "baseline");
  });

  it("the class and the issuers that it names are made under these names", async () => {
    const { recording, capabilities } = await recordPlatform();
    const path = "controller.ingressClassResource.name";
    assert.equal(
      valueOf(recording, "platform-ingress-nginx-release", path),
      capabilities.ingress?.className,
    );
    const made = byType(recording, "kubernetes:cert-manager.io/v1:ClusterIssuer").map(
      ({ inputs }) => (inputs["metadata"] as { name: string }).name,
    );
    assert.deepEqual(made.toSorted(), capabilities.issuers?.names.toSorted());
  });
});
