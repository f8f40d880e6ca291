import assert from "node:assert/strict";
import { checkStack } from "../../../config/check-stack.ts";
import { edited, message } from "./stack-sources.ts";

const STUDIO = "slipway:systems.kaizenStudio";

/** What is changed in which file, and the whole message. */
type Case = [title: string, stack: string, changes: Record<string, unknown>, message: string];

const CASES: readonly Case[] = [
  [
    "a minimum above the maximum",
    "prod",
    { [`${STUDIO}.backend.hpa.maxReplicas`]: 2 },
    `Pulumi.prod.yaml: ${STUDIO}.backend.hpa.maxReplicas: got 2, expected at least minReplicas (3). ` +
      "Raise maxReplicas or lower minReplicas.",
  ],
  [
    "a quantity without a unit",
    "prod",
    { [`${STUDIO}.backend.resources.limits.memory`]: "512" },
    `Pulumi.prod.yaml: ${STUDIO}.backend.resources.limits.memory: got "512", expected a quantity with ` +
      'a unit, such as "512Mi" or "2Gi". Add one of the units Ki, Mi, Gi, Ti.',
  ],
  [
    "a volume's size without a unit",
    "dev",
    { "slipway:platform.monitoring.prometheusStorage": "50" },
    'Pulumi.dev.yaml: slipway:platform.monitoring.prometheusStorage: got "50", expected a quantity ' +
      'with a unit, such as "512Mi" or "2Gi". Add one of the units Ki, Mi, Gi, Ti.',
  ],
  [
    "lines that the store deletes before Loki does",
    "dev",
    { "slipway:platform.logging": { enabled: true, retentionDays: 8 } },
    "Pulumi.dev.yaml: slipway:platform.logging.retentionDays: got 8, expected at most " +
      "cluster.logRetentionDays (7), after which the store deletes them. Lower it, or raise " +
      "cluster.logRetentionDays.",
  ],
  [
    "alerts that nobody hears, under strict",
    "staging",
    { "slipway:platform.monitoring.alerts.slack": "none" },
    "Pulumi.staging.yaml: slipway:platform.monitoring.alerts: got no receiver, expected one at least, " +
      "because slipway:guard is strict and alerts would be heard by nobody. Set slack, pagerDuty or " +
      "webhook to critical or lower, or write email.",
  ],
  [
    "requests above limits",
    "prod",
    { [`${STUDIO}.backend.resources.requests.cpu`]: "5" },
    `Pulumi.prod.yaml: ${STUDIO}.backend.resources.limits.cpu: got 4000m, expected at least ` +
      "requests.cpu (5). Raise limits.cpu or lower requests.cpu.",
  ],
  [
    "an image without a tag",
    "dev",
    { [`${STUDIO}.backend.image`]: "ghcr.io/acme/studio" },
    `Pulumi.dev.yaml: ${STUDIO}.backend.image: got "ghcr.io/acme/studio", expected a tag or digest. ` +
      "Write ghcr.io/acme/studio:v1.0.0 or the like.",
  ],
  [
    "latest under strict",
    "prod",
    { [`${STUDIO}.frontend.image`]: "ghcr.io/acme/web:latest" },
    `Pulumi.prod.yaml: ${STUDIO}.frontend.image: got "ghcr.io/acme/web:latest", expected a fixed tag, ` +
      "because slipway:guard is strict. Name the version that is to run; latest cannot be rolled back.",
  ],
  [
    "a database for an operator that is off",
    "local",
    { [`${STUDIO}.postgres.mode`]: "cnpg" },
    `Pulumi.local.yaml: ${STUDIO}.postgres.mode: got "cnpg", expected "statefulset" or "managed", ` +
      "because the platform has no operator for PostgreSQL. Turn slipway:platform.postgresOperator on, " +
      "or leave it out.",
  ],
  [
    "debug under strict",
    "prod",
    { [`${STUDIO}.debug`]: true },
    `Pulumi.prod.yaml: ${STUDIO}.debug: got true, expected false, because slipway:guard is strict. ` +
      "Turn it off: debug pages show the inside of the system to whoever asks.",
  ],
  [
    "a database that the cluster does not run",
    "local",
    { [`${STUDIO}.postgres.mode`]: "managed" },
    `Pulumi.local.yaml: ${STUDIO}.postgres.mode: got "managed", expected "statefulset", because the ` +
      "cluster has no PostgreSQL of a cloud. Leave it out, or use a cluster whose cloud runs databases.",
  ],
  [
    "a backup of another kind to restore",
    "dev",
    { [`${STUDIO}.redis`]: { restore: { file: "a.dump", requestedAt: "2026-11-21T10:00" } } },
    `Pulumi.dev.yaml: ${STUDIO}.redis.restore.file: got "a.dump", expected latest, or the name of a ` +
      "file that ends in .rdb. Leave out the folder; the log of the last backup names its file.",
  ],
  [
    "a schedule in words",
    "dev",
    { [`${STUDIO}.backup.schedule`]: "daily" },
    `Pulumi.dev.yaml: ${STUDIO}.backup.schedule: got "daily", expected five fields such as ` +
      '"0 2 * * *". Write minute, hour, day of month, month and day of week.',
  ],
  [
    "a single backend under strict",
    "staging",
    { [`${STUDIO}.backend.hpa.minReplicas`]: 1 },
    `Pulumi.staging.yaml: ${STUDIO}.backend.hpa.minReplicas: got 1, expected at least 2, because ` +
      "slipway:guard is strict. Raise it, so that one pod can go without an outage.",
  ],
  [
    "a single front end under strict",
    "staging",
    { [`${STUDIO}.frontend.replicas`]: 1 },
    `Pulumi.staging.yaml: ${STUDIO}.frontend.replicas: got 1, expected at least 2, because ` +
      "slipway:guard is strict. Raise it, so that one pod can go without an outage.",
  ],
  [
    "a single ingress controller under strict",
    "staging",
    { "slipway:platform.ingressNginx.replicas": 1 },
    "Pulumi.staging.yaml: slipway:platform.ingressNginx.replicas: got 1, expected at least 2, because " +
      "slipway:guard is strict. Raise it, so that a node can be drained without an outage.",
  ],
  [
    "a system in the platform's namespace",
    "dev",
    { [`${STUDIO}.namespace`]: "monitoring" },
    `Pulumi.dev.yaml: ${STUDIO}.namespace: got "monitoring", expected a namespace of its own, and this ` +
      "one belongs to the platform. Choose another name.",
  ],
  [
    "sign-in over plain HTTP under strict",
    "prod",
    { "slipway:platform.certManager.enabled": false, [`${STUDIO}.debug`]: true },
    `Pulumi.prod.yaml has 2 problems:\n1. ${STUDIO}.debug: got true, expected false, because ` +
      "slipway:guard is strict. Turn it off: debug pages show the inside of the system to whoever " +
      `asks.\n2. ${STUDIO}.issuer: got "letsencrypt-prod", expected a platform that issues ` +
      "certificates, because slipway:guard is strict. Turn slipway:platform.certManager on.",
  ],
];

describe("checkStack, of meaning", () => {
  for (const [title, stack, changes, expected] of CASES) {
    it(`refuses ${title}`, () => {
      assert.equal(message(edited(stack, changes)), expected);
    });
  }

  const withoutCertificates = { "slipway:platform.certManager.enabled": false };
  const unreached: [title: string, changes: Record<string, unknown>][] = [
    ["nobody reaches", { "slipway:platform.ingressNginx.enabled": false }],
    ["is suspended", { [`${STUDIO}.state`]: "suspended" }],
    ["is removed", { [`${STUDIO}.state`]: "removed", [`${STUDIO}.deleteData`]: true }],
  ];
  for (const [title, changes] of unreached) {
    it(`asks for no certificates for a system that ${title}`, () => {
      assert.equal(message(edited("prod", { ...withoutCertificates, ...changes })), undefined);
    });
  }

  it("counts sign-in over plain HTTP among what relaxed allows", () => {
    const { problems, concessions } = checkStack(edited("dev", withoutCertificates));
    assert.deepEqual(problems, []);
    assert.ok(concessions.some(({ path }) => path === `${STUDIO}.issuer`));
  });
});
