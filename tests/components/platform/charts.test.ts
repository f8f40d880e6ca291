import assert from "node:assert/strict";
import { CHARTS, type ChartPin } from "../../../components/platform/index.ts";

const pins: [string, ChartPin][] = Object.entries(CHARTS);

describe("CHARTS", () => {
  for (const [row, pin] of pins) {
    it(`${row}: one exact version from an HTTPS repository or a registry`, () => {
      assert.match(pin.version, /^v?\d+\.\d+\.\d+$/);
      assert.match(pin.repository, /^(https|oci):\/\/[^/]+/);
    });
  }

  it("names no release twice in one namespace", () => {
    const releases = pins.map(([, pin]) => `${pin.namespace}/${pin.releaseName}`);
    assert.equal(new Set(releases).size, releases.length);
  });

  it("keeps the names that the guides address (T-39, D-21, D-68)", () => {
    assert.deepEqual(
      pins.map(([, pin]) => `${pin.namespace}/${pin.releaseName}`),
      [
        "monitoring/prometheus-operator-crds",
        "cert-manager/cert-manager",
        "ingress-nginx/ingress-nginx",
        "envoy-gateway-system/eg",
        "monitoring/prometheus",
        "kube-system/metrics-server",
        "monitoring/prometheus-adapter",
        "vertical-pod-autoscaler/vpa",
        "cluster-autoscaler/cluster-autoscaler",
        "aws-load-balancer-controller/aws-load-balancer-controller",
        "external-dns/external-dns",
        "velero/velero",
        "cnpg-system/cnpg",
        "cnpg-system/plugin-barman-cloud",
        "external-secrets/external-secrets",
        "kube-system/sealed-secrets",
        "logging/loki",
        "fluent-bit/fluent-bit",
        "monitoring/jaeger",
      ],
    );
  });
});
