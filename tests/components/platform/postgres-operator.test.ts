import assert from "node:assert/strict";
import type { PlatformCapabilities } from "../../../components/core/platform-capabilities.ts";
import { describeProblem } from "../../../components/core/problem.ts";
import { checkPlatform } from "../../../components/platform/check.ts";
import { Platform, webhookPorts, type PlatformArgs } from "../../../components/platform/index.ts";
import { byName, byType } from "../../../plan/recording.ts";
import { platformCluster } from "../../support/platform-cluster.ts";
import { platformOff } from "../../support/platform-off.ts";
import { dependencyNames, recordOn } from "../../support/recorded-program.ts";

const OFF = platformOff();
const ARGS = platformOff({
  // Under strict somebody would have to be told of alerts.
  guard: "relaxed",
  certManager: { ...OFF.certManager, enabled: true },
  monitoring: { ...OFF.monitoring, enabled: true },
  postgresOperator: { enabled: true, replicas: 2 },
});

async function recordPlatform(args: PlatformArgs = ARGS) {
  let capabilities: PlatformCapabilities | undefined;
  const recording = await recordOn(({ providers }) => {
    ({ capabilities } = new Platform("platform", args, { providers }));
  });
  return { recording, capabilities: capabilities ?? assert.fail() };
}

describe("PostgresOperator", () => {
  it("installs the plugin after the operator, and both after who signs for them", async () => {
    const { recording } = await recordPlatform();
    const before = (name: string) =>
      dependencyNames(byName(recording, name)).filter((other) => other.endsWith("-release"));
    assert.deepEqual(before("platform-postgres-operator-release"), [
      "platform-cert-manager-release",
      "platform-monitoring-crds-release",
    ]);
    assert.deepEqual(before("platform-postgres-operator-archiver-release"), [
      "platform-cert-manager-release",
      "platform-monitoring-crds-release",
      "platform-postgres-operator-release",
    ]);
  });

  it("puts both into one namespace, where the operator looks for plugins", async () => {
    const { recording } = await recordPlatform();
    const namespaces = ["", "-archiver"].map(
      (part) => byName(recording, `platform-postgres-operator${part}-release`).inputs["namespace"],
    );
    assert.deepEqual(namespaces, ["cnpg-system", "cnpg-system"]);
  });

  it("lets one of several operators be drained, and is content with one", async () => {
    const budget = async (replicas: number) => {
      const postgresOperator = { enabled: true, replicas };
      const { recording } = await recordPlatform({ ...ARGS, postgresOperator });
      return byType(recording, "kubernetes:policy/v1:PodDisruptionBudget").map(
        ({ inputs }) => (inputs["spec"] as { minAvailable: number }).minAvailable,
      );
    };
    assert.deepEqual(await budget(3), [2]);
    assert.deepEqual(await budget(1), []);
  });

  it("may reach every server that it makes, wherever that is", async () => {
    const { recording } = await recordPlatform();
    const { spec } = byName(recording, "platform-postgres-operator-home-traffic").inputs as {
      spec: { egress: { to: object[]; ports?: { port: number }[] }[] };
    };
    const rule = spec.egress.find(({ to }) => JSON.stringify(to).includes("cnpg.io/podRole"));
    assert.deepEqual(rule, {
      to: [
        {
          namespaceSelector: { matchLabels: {} },
          podSelector: { matchLabels: { "cnpg.io/podRole": "instance" } },
        },
      ],
      ports: [8000, 5432].map((port) => ({ protocol: "TCP", port })),
    });
  });

  it("tells systems who calls their servers, and where these find the API server", async () => {
    const { capabilities } = await recordPlatform();
    const { ready, ...rest } = capabilities.postgresOperator ?? assert.fail();
    assert.equal(ready.length, 2);
    assert.deepEqual(rest, {
      pods: {
        namespaceLabels: { "kubernetes.io/metadata.name": "cnpg-system" },
        podLabels: {
          "app.kubernetes.io/name": "cloudnative-pg",
          "app.kubernetes.io/instance": "cnpg",
        },
      },
      apiServer: [
        {
          cidr: "0.0.0.0/0",
          ports: [443, 6443].map((port) => ({ port, protocol: "TCP" })),
        },
      ],
    });
    const peer = { cidr: "10.1.2.3/32", ports: [{ port: 443, protocol: "TCP" }] } as const;
    const { networkPeers } = platformCluster();
    const cluster = platformCluster({ networkPeers: { ...networkPeers, apiServer: [peer] } });
    const known = (await recordPlatform({ ...ARGS, cluster })).capabilities;
    assert.deepEqual(known.postgresOperator?.apiServer, [peer]);
  });

  it("is called by the control plane on a port of its own", () => {
    assert.deepEqual(webhookPorts(ARGS), [9443]);
    assert.deepEqual(
      webhookPorts({ ...ARGS, postgresOperator: { enabled: false, replicas: 2 } }),
      [],
    );
  });

  it("is refused without cert-manager, and with one replica under guard strict", () => {
    const check = (change: Partial<PlatformArgs>) =>
      checkPlatform({ ...ARGS, monitoring: OFF.monitoring, ...change }, "strict").map(
        describeProblem,
      );
    assert.deepEqual(check({}), []);
    assert.deepEqual(check({ certManager: { ...ARGS.certManager, enabled: false } }), [
      "postgresOperator.enabled: got true, expected false, because certManager is off and nobody signs " +
        "what its plugin for backups shows. Turn certManager on, or this off.",
    ]);
    assert.deepEqual(check({ postgresOperator: { enabled: true, replicas: 1 } }), [
      "postgresOperator.replicas: got 1, expected at least 2, because slipway:guard is strict. Raise it, " +
        "so that a node can be drained without an outage.",
    ]);
  });
});
