import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import { problemsOf, type Shop } from "./shop.ts";

const http = { name: "http", port: 80, targetPort: "http" };
const web = (shop: Shop) => {
  shop.deployment("web");
  shop.service("web", { selector: { app: "web" }, ports: [http] });
};

function ingress(shop: Shop, service: string, port: object, extra: object = {}, annotations = {}) {
  const backend = { service: { name: service, port } };
  const paths = [{ path: "/", pathType: "Prefix", backend }];
  const rules = [{ host: "shop.example.com", http: { paths } }];
  const metadata = { ...shop.metadata("ingress"), annotations };
  const spec = { rules, ...extra };
  return new k8s.networking.v1.Ingress("shop-ingress", { metadata, spec }, shop.opts);
}

function monitor(shop: Shop, app: string, port: string) {
  const crds = shop.release("prometheus-operator-crds");
  const spec = { selector: { matchLabels: { app } }, endpoints: [{ port }] };
  return shop.custom("ServiceMonitor", "monitoring.coreos.com/v1", "monitor", spec, [crds]);
}

describe("judge: Services", () => {
  it("passes a Service of pods, by name and by number of the port", async () => {
    const problems = await problemsOf((shop) => {
      web(shop);
      const ports = [{ port: 81, targetPort: 8080 }];
      shop.service("numbered", { selector: { app: "web" }, ports });
      shop.service("elsewhere", { type: "ExternalName", externalName: "db.example.com" });
    });
    assert.deepEqual(problems, []);
  });

  it("refuses a Service that selects no pods", async () => {
    const problems = await problemsOf((shop) => {
      web(shop);
      shop.service("typo", { selector: { app: "wep", tier: "front" }, ports: [http] });
    });
    assert.deepEqual(problems, [
      "Service shop/typo: spec.selector: got app=wep,tier=front, expected labels of pods in namespace " +
        "shop. Use the selector labels of the workload.",
    ]);
  });

  it("leaves Services of a chart's pods alone", async () => {
    const problems = await problemsOf((shop) => {
      shop.release("some-chart", {}, "shop");
      shop.service("chart", { selector: { app: "chart" }, ports: [http] });
    });
    assert.deepEqual(problems, []);
  });

  it("refuses a target port that the pods do not declare", async () => {
    const problems = await problemsOf((shop) => {
      shop.deployment("web");
      const ports = [{ name: "metrics", port: 9090, targetPort: "metrics" }, { port: 8000 }];
      shop.service("web", { selector: { app: "web" }, ports });
    });
    const rest =
      "expected a port of the selected pods (8080, http). Name one of them, or create it.";
    assert.deepEqual(problems, [
      `Service shop/web: spec.ports.metrics.targetPort: got "metrics", ${rest}`,
      `Service shop/web: spec.ports.8000.targetPort: got "8000", ${rest}`,
    ]);
  });
});

describe("judge: Ingresses", () => {
  it("passes backends by name and by number", async () => {
    for (const port of [{ name: "http" }, { number: 80 }]) {
      const problems = await problemsOf((shop) => {
        web(shop);
        ingress(shop, "web", port);
      });
      assert.deepEqual(problems, []);
    }
  });

  it("refuses a Service and a port that are not there", async () => {
    const problems = await problemsOf((shop) => {
      web(shop);
      const defaultBackend = { service: { name: "wep", port: { number: 80 } } };
      ingress(shop, "web", { name: "https" }, { defaultBackend });
    });
    assert.deepEqual(problems, [
      'Ingress shop/ingress: spec.rules.shop.example.com/: got "https", ' +
        "expected a port of Service web (80, http). Name one of them, or create it.",
      'Ingress shop/ingress: spec.defaultBackend: got "wep", ' +
        "expected a Service in namespace shop (web). Name one of them, or create it.",
    ]);
  });

  it("refuses a certificate that nobody makes", async () => {
    const problems = await problemsOf((shop) => {
      web(shop);
      ingress(shop, "web", { number: 80 }, { tls: [{ secretName: "web-tls" }] });
    });
    assert.deepEqual(problems, [
      'Ingress shop/ingress: spec.tls[0].secretName: got "web-tls", expected a Secret or the secretName ' +
        "of a Certificate in namespace shop, and there is none. Create it, or drop the reference.",
    ]);
  });

  it("refuses an issuer that is not there", async () => {
    const problems = await problemsOf((shop) => {
      web(shop);
      const release = shop.release("cert-manager", { crds: { enabled: true } });
      const issuerRef = { name: "own" };
      shop.custom("Certificate", "cert-manager.io/v1", "cert", { issuerRef }, [release]);
      const annotations = { "cert-manager.io/cluster-issuer": "letsencrypt" };
      ingress(shop, "web", { number: 80 }, { tls: [{ secretName: "web-tls" }] }, annotations);
    });
    assert.deepEqual(problems, [
      "Ingress shop/ingress: metadata.annotations.cert-manager.io/cluster-issuer: " +
        'got "letsencrypt", expected a ClusterIssuer, and there is none. ' +
        "Create it, or drop the reference.",
      'Certificate shop/cert: spec.issuerRef: got "own", expected an Issuer, and there is none. ' +
        "Create it, or drop the reference.",
    ]);
  });
});

describe("judge: ServiceMonitors", () => {
  it("passes a monitor of a named port", async () => {
    const problems = await problemsOf((shop) => {
      web(shop);
      monitor(shop, "web", "http");
    });
    assert.deepEqual(problems, []);
  });

  it("refuses a monitor without a Service", async () => {
    const problems = await problemsOf((shop) => {
      web(shop);
      monitor(shop, "wep", "http");
    });
    assert.deepEqual(problems, [
      'ServiceMonitor shop/monitor: spec.selector: got {"matchLabels":{"app":"wep"}}, ' +
        "expected labels of a Service in namespace shop. " +
        "Use the labels of the Service that serves the metrics.",
    ]);
  });

  it("refuses a port that the Service does not name", async () => {
    const problems = await problemsOf((shop) => {
      web(shop);
      monitor(shop, "web", "metrics");
    });
    assert.deepEqual(problems, [
      'ServiceMonitor shop/monitor: spec.endpoints[0].port: got "metrics", ' +
        "expected a named port of the selected Services (http). Name one of them, or create it.",
    ]);
  });
});
