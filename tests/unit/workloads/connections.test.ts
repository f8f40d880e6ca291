import assert from "node:assert/strict";
import { describeProblem } from "../../../components/core/problem.ts";
import {
  checkConnections,
  connectionPolicies,
  type Connection,
} from "../../../components/workloads/connections.ts";
import { INGRESS_CONTROLLER } from "../../support/capabilities.ts";
import { PLACE } from "../../support/workload-fixtures.ts";

const labels = (component: string) => ({
  "app.kubernetes.io/name": "kaizen-studio",
  "app.kubernetes.io/component": component,
});
const policies = (...allowed: Connection[]) =>
  Object.fromEntries(connectionPolicies({ ...PLACE, allowed }));

describe("connectionPolicies", () => {
  it("takes pods of an operator by the labels that these have", () => {
    const servers = { part: "servers", labels: { "cnpg.io/cluster": "postgres" } };
    assert.deepEqual(policies({ from: { part: "backend" }, to: servers, port: 5432 }), {
      servers: {
        podSelector: { matchLabels: servers.labels },
        policyTypes: ["Ingress"],
        ingress: [
          {
            from: [{ podSelector: { matchLabels: labels("backend") } }],
            ports: [{ protocol: "TCP", port: 5432 }],
          },
        ],
      },
      backend: {
        podSelector: { matchLabels: labels("backend") },
        policyTypes: ["Egress"],
        egress: [
          {
            to: [{ podSelector: { matchLabels: servers.labels } }],
            ports: [{ protocol: "TCP", port: 5432 }],
          },
        ],
      },
    });
  });

  it("opens both ends of a connection between two parts", () => {
    assert.deepEqual(
      policies({ from: { part: "backend" }, to: { part: "postgres" }, port: 5432 }),
      {
        postgres: {
          podSelector: { matchLabels: labels("postgres") },
          policyTypes: ["Ingress"],
          ingress: [
            {
              from: [{ podSelector: { matchLabels: labels("backend") } }],
              ports: [{ protocol: "TCP", port: 5432 }],
            },
          ],
        },
        backend: {
          podSelector: { matchLabels: labels("backend") },
          policyTypes: ["Egress"],
          egress: [
            {
              to: [{ podSelector: { matchLabels: labels("postgres") } }],
              ports: [{ protocol: "TCP", port: 5432 }],
            },
          ],
        },
      },
    );
  });

  it("opens only our end towards pods of another namespace, whose policies are not ours", () => {
    assert.deepEqual(
      policies({ from: { pods: INGRESS_CONTROLLER }, to: { part: "backend" }, port: 8000 }),
      {
        backend: {
          podSelector: { matchLabels: labels("backend") },
          policyTypes: ["Ingress"],
          ingress: [
            {
              from: [
                {
                  namespaceSelector: {
                    matchLabels: { "kubernetes.io/metadata.name": "ingress-nginx" },
                  },
                  podSelector: { matchLabels: { "app.kubernetes.io/component": "controller" } },
                },
              ],
              ports: [{ protocol: "TCP", port: 8000 }],
            },
          ],
        },
      },
    );
  });

  it("takes the ports of addresses from the addresses", () => {
    const api = { cidr: "10.0.0.1/32", ports: [{ port: 443, protocol: "TCP" as const }] };
    assert.deepEqual(policies({ from: { part: "worker" }, to: { addresses: [api] } }), {
      worker: {
        podSelector: { matchLabels: labels("worker") },
        policyTypes: ["Egress"],
        egress: [
          { to: [{ ipBlock: { cidr: "10.0.0.1/32" } }], ports: [{ port: 443, protocol: "TCP" }] },
        ],
      },
    });
  });

  it("gathers all edges of a part in one policy, in the order of the list", () => {
    const { backend, ...others } = policies(
      { from: { pods: INGRESS_CONTROLLER }, to: { part: "backend" }, port: 8000 },
      { from: { part: "backend" }, to: { part: "postgres" }, port: 5432 },
      { from: { part: "backend" }, to: { part: "redis" }, port: 6379 },
    );
    assert.deepEqual(Object.keys(others), ["postgres", "redis"]);
    assert.deepEqual(backend?.policyTypes, ["Ingress", "Egress"]);
    assert.equal((backend.egress as unknown[]).length, 2);
  });

  it("makes nothing of an empty list", () => {
    assert.deepEqual(policies(), {});
  });
});

describe("checkConnections", () => {
  it("refuses what is no port", () => {
    const allowed: Connection[] = [
      { from: { part: "a" }, to: { part: "b" }, port: 0 },
      { from: { part: "a" }, to: { part: "b" }, port: 65535 },
      { from: { part: "a" }, to: { part: "b" }, port: 65536 },
    ];
    assert.deepEqual(checkConnections({ ...PLACE, allowed }).map(describeProblem), [
      "allowed[0].port: got 0, expected a port from 1 to 65535. " +
        "Name the port that the called pod listens on.",
      "allowed[2].port: got 65536, expected a port from 1 to 65535. " +
        "Name the port that the called pod listens on.",
    ]);
  });
});
