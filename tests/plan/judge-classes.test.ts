import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import { problemsOf, type Shop } from "./shop.ts";

const ingress = (shop: Shop, ingressClassName: string) =>
  new k8s.networking.v1.Ingress(
    "shop-ingress",
    { metadata: shop.metadata("ingress"), spec: { ingressClassName, rules: [] } },
    shop.opts,
  );

const claim = (storageClassName: string) => ({
  storageSpec: { volumeClaimTemplate: { spec: { storageClassName } } },
});

describe("judge: classes", () => {
  it("passes classes of the cluster, of the stack and of Kubernetes", async () => {
    const problems = await problemsOf((shop) => {
      const opts = { parent: shop.parent };
      new k8s.scheduling.v1.PriorityClass("data", { metadata: { name: "data" }, value: 1 }, opts);
      const provisioner = "csi.example.com";
      new k8s.storage.v1.StorageClass("own", { metadata: { name: "own" }, provisioner }, opts);
      shop.release("ingress-nginx", {
        controller: { ingressClassResource: { name: "front" }, priorityClassName: "data" },
      });
      shop.release("some-chart", { ...claim("own"), other: { storageClass: "-" } });
      ingress(shop, "front");
      shop.deployment("web", {}, { priorityClassName: "system-cluster-critical" });
    });
    assert.deepEqual(problems, []);
  });

  it("refuses a storage class in a claim and in the values of a chart", async () => {
    const problems = await problemsOf((shop) => {
      const spec = { storageClassName: "gp2" };
      const metadata = shop.metadata("files");
      new k8s.core.v1.PersistentVolumeClaim("files", { metadata, spec }, shop.opts);
      shop.release("some-chart", claim("premium"));
    });
    const rest =
      "expected a storage class of the cluster (fast-ssd, standard). " +
      "Name one of them, or create it.";
    assert.deepEqual(problems, [
      `PersistentVolumeClaim shop/files: spec.storageClassName: got "gp2", ${rest}`,
      "Release kube-system/some-chart: " +
        `values.storageSpec.volumeClaimTemplate.spec.storageClassName: got "premium", ${rest}`,
    ]);
  });

  it("refuses an ingress class of an Ingress and of a certificate's solver", async () => {
    const problems = await problemsOf((shop) => {
      const release = shop.release("cert-manager", { crds: { enabled: true } });
      ingress(shop, "nginx");
      const solvers = [{ http01: { ingress: { ingressClassName: "traefik" } } }];
      shop.custom("Issuer", "cert-manager.io/v1", "acme", { acme: { solvers } }, [release]);
    });
    const rest =
      "expected an ingress class of the stack, and there is none. " +
      "Create it, or drop the reference.";
    assert.deepEqual(problems, [
      `Ingress shop/ingress: spec.ingressClassName: got "nginx", ${rest}`,
      "Issuer shop/acme: spec.acme.solvers[0].http01.ingress.ingressClassName: " +
        `got "traefik", ${rest}`,
    ]);
  });

  it("refuses a priority class that is not there", async () => {
    const problems = await problemsOf((shop) => {
      shop.deployment("web", {}, { priorityClassName: "vip" });
    });
    assert.deepEqual(problems, [
      'Deployment shop/web: spec.template.spec.priorityClassName: got "vip", expected a priority class ' +
        "(system-cluster-critical, system-node-critical). Name one of them, or create it.",
    ]);
  });
});
