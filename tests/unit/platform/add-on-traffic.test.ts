import assert from "node:assert/strict";
import type * as k8s from "@pulumi/kubernetes";
import {
  trafficPolicy,
  type AddOnTraffic,
  type TrafficSurroundings,
} from "../../../components/platform/add-on-traffic.ts";

type IngressRule = k8s.types.input.networking.v1.NetworkPolicyIngressRule;
type EgressRule = k8s.types.input.networking.v1.NetworkPolicyEgressRule;

const around: TrafficSurroundings = {
  dns: {
    pods: { namespaceLabels: { name: "kube-system" }, podLabels: { "k8s-app": "kube-dns" } },
    addresses: [{ cidr: "169.254.20.10/32", ports: [{ port: 53, protocol: "UDP" }] }],
  },
  apiServer: [{ cidr: "10.0.0.0/28", ports: [{ port: 443, protocol: "TCP" }] }],
  monitoring: { namespaceLabels: { name: "monitoring" } },
};
const rulesOf = (traffic: AddOnTraffic, on = around) => {
  const { ingress, egress } = trafficPolicy(traffic, on);
  return { ingress: ingress as IngressRule[], egress: egress as EgressRule[] };
};
const tcp = (port: number) => ({ protocol: "TCP", port });
const own = { podSelector: {} };
const resolver = {
  to: [
    {
      namespaceSelector: { matchLabels: { name: "kube-system" } },
      podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
    },
  ],
  ports: [
    { protocol: "UDP", port: 53 },
    { protocol: "TCP", port: 53 },
  ],
};

describe("trafficPolicy", () => {
  it("lets an add-on talk to itself, DNS and the API server, and to nobody else", () => {
    assert.deepEqual(trafficPolicy({}, around), {
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ from: [own] }],
      egress: [
        { to: [own] },
        resolver,
        {
          to: [{ ipBlock: { cidr: "169.254.20.10/32" } }],
          ports: [{ port: 53, protocol: "UDP" }],
        },
        { to: [{ ipBlock: { cidr: "10.0.0.0/28" } }], ports: [{ port: 443, protocol: "TCP" }] },
      ],
    });
  });

  it("opens the usual ports of an API server whose address is not known", () => {
    const { egress } = rulesOf({}, { ...around, apiServer: [] });
    assert.deepEqual(egress.at(-1), {
      to: [{ ipBlock: { cidr: "0.0.0.0/0" } }],
      ports: [tcp(443), tcp(6443)],
    });
  });

  it("opens what is public and what the control plane calls to everybody, metrics to the scraper", () => {
    const { ingress } = rulesOf({ webhooks: [8443], public: [80], metrics: [10254] }, around);
    assert.deepEqual(ingress, [
      { from: [own] },
      { ports: [tcp(8443), tcp(80)] },
      {
        from: [{ namespaceSelector: { matchLabels: { name: "monitoring" } } }],
        ports: [tcp(10254)],
      },
    ]);
  });

  it("opens no metrics where nobody scrapes", () => {
    const { dns, apiServer } = around;
    const { ingress } = rulesOf({ metrics: [10254] }, { dns, apiServer });
    assert.deepEqual(ingress, [{ from: [own] }]);
  });

  it("names pods both ways, address ranges, ports of the internet, and every pod, as told", () => {
    const pods = { namespaceLabels: { name: "shop" } };
    const { ingress, egress } = rulesOf({
      from: [{ pods, ports: [3100] }],
      to: [{ pods, ports: [9090] }],
      addresses: [{ cidr: "10.1.0.0/16", ports: [{ port: 9100, protocol: "TCP" }] }],
      internet: [443],
      everyPod: true,
    });
    const shop = { namespaceSelector: { matchLabels: { name: "shop" } } };
    assert.deepEqual(ingress.at(-1), { from: [shop], ports: [tcp(3100)] });
    assert.deepEqual(egress.slice(-4), [
      { to: [shop], ports: [tcp(9090)] },
      { to: [{ ipBlock: { cidr: "10.1.0.0/16" } }], ports: [{ port: 9100, protocol: "TCP" }] },
      { to: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: [tcp(443)] },
      { to: [{ namespaceSelector: {} }] },
    ]);
  });
});
