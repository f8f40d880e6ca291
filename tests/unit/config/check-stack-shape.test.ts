import assert from "node:assert/strict";
import { edited, message } from "./stack-sources.ts";

const STUDIO = "slipway:systems.kaizenStudio";

/** What is changed in which file, and the whole message. */
type Case = [title: string, stack: string, changes: Record<string, unknown>, message: string];

const CASES: readonly Case[] = [
  [
    "an unknown key, with the nearest known one",
    "prod",
    { [`${STUDIO}.backend.hpa.maxReplica`]: 3 },
    `Pulumi.prod.yaml: ${STUDIO}.backend.hpa.maxReplica: got an unknown key, expected a known one. ` +
      'Did you mean "maxReplicas"?',
  ],
  [
    "an unknown key like no other, with all there are",
    "prod",
    { [`${STUDIO}.frontend.colour`]: "green" },
    `Pulumi.prod.yaml: ${STUDIO}.frontend.colour: got an unknown key, expected one of image, ` +
      "restartedAt, extraEnv, replicas, resources. Remove it, or use one of these.",
  ],
  [
    "an unknown key of the stack",
    "prod",
    { "slipway:gaurd": "strict" },
    "Pulumi.prod.yaml: slipway:gaurd: got an unknown key, expected a known one. " +
      'Did you mean "slipway:guard"?',
  ],
  [
    "an unknown key that is nearly a secret's, without showing its value",
    "prod",
    { "slipway:grafanaPassword": "hunter2" },
    "Pulumi.prod.yaml: slipway:grafanaPassword: got an unknown key, expected a known one. " +
      'Did you mean "slipway:grafanaAdminPassword"?',
  ],
  [
    "an unknown system",
    "prod",
    { "slipway:systems.kaizenStudios": {} },
    "Pulumi.prod.yaml: slipway:systems.kaizenStudios: got an unknown key, expected a known one. " +
      'Did you mean "kaizenStudio"?',
  ],
  [
    "text where a number belongs",
    "prod",
    { [`${STUDIO}.frontend.replicas`]: "two" },
    `Pulumi.prod.yaml: ${STUDIO}.frontend.replicas: got "two", expected a whole number from 1 to 20. ` +
      "Write digits, without quotes.",
  ],
  [
    "a number in quotes",
    "prod",
    { [`${STUDIO}.frontend.replicas`]: "2" },
    `Pulumi.prod.yaml: ${STUDIO}.frontend.replicas: got "2", expected a whole number from 1 to 20. ` +
      "Write it without quotes: 2.",
  ],
  [
    "a number that is not whole",
    "prod",
    { [`${STUDIO}.frontend.replicas`]: 2.5 },
    `Pulumi.prod.yaml: ${STUDIO}.frontend.replicas: got 2.5, expected a whole number from 1 to 20. ` +
      "Write it without a fraction.",
  ],
  [
    "text where true or false belongs",
    "prod",
    { [`${STUDIO}.debug`]: "no" },
    `Pulumi.prod.yaml: ${STUDIO}.debug: got "no", expected true or false. ` +
      "Write true or false without quotes.",
  ],
  [
    "text where a map belongs",
    "prod",
    { "slipway:platform": "all" },
    'Pulumi.prod.yaml: slipway:platform: got "all", expected a map of keys. ' +
      "Write its keys indented below it.",
  ],
  [
    "a map where a list belongs",
    "prod",
    { "slipway:cluster.nodePools": { general: {} } },
    "Pulumi.prod.yaml: slipway:cluster.nodePools: got a map, expected a list of at least one. " +
      "Write one item a line, each after a dash.",
  ],
  [
    "an empty list",
    "prod",
    { "slipway:cluster.nodePools": [] },
    "Pulumi.prod.yaml: slipway:cluster.nodePools: got a list, expected a list of at least one. Add one.",
  ],
  [
    "a key without a value",
    "prod",
    { [`${STUDIO}.host`]: null },
    `Pulumi.prod.yaml: ${STUDIO}.host: got nothing, expected a host name such as studio.example.com, ` +
      "without scheme, port or path. Write a value after the colon.",
  ],
  [
    "a host that is a URL",
    "prod",
    { [`${STUDIO}.host`]: "https://studio.acme.dev/" },
    `Pulumi.prod.yaml: ${STUDIO}.host: got "https://studio.acme.dev/", expected a host name such as ` +
      "studio.example.com, without scheme, port or path. Write it in this form.",
  ],
  [
    "a missing key",
    "prod",
    { "slipway:guard": undefined },
    'Pulumi.prod.yaml: slipway:guard: expected one of "strict", "relaxed". Add the key.',
  ],
  [
    "a word that is none of the choice",
    "prod",
    { [`${STUDIO}.issuer`]: "letsencrypt-pord" },
    `Pulumi.prod.yaml: ${STUDIO}.issuer: got "letsencrypt-pord", expected one of "letsencrypt-prod", ` +
      '"letsencrypt-staging", "selfsigned". Did you mean "letsencrypt-prod"?',
  ],
  [
    "a number below its range",
    "dev",
    { "slipway:platform.certManager.replicas": 0 },
    "Pulumi.dev.yaml: slipway:platform.certManager.replicas: got 0, expected a whole number from 1 " +
      "to 5. Raise it to 1 or more.",
  ],
  [
    "a number above its range",
    "dev",
    { [`${STUDIO}.backend.hpa.cpuUtilization`]: 200 },
    `Pulumi.dev.yaml: ${STUDIO}.backend.hpa.cpuUtilization: got 200, expected a whole number from 1 ` +
      "to 100. Lower it to 100 or less.",
  ],
  [
    "an unknown key where there is only one",
    "prod",
    { "slipway:systems.telemetry": {} },
    "Pulumi.prod.yaml: slipway:systems.telemetry: got an unknown key, expected only kaizenStudio. " +
      "Remove it, or use one of these.",
  ],
  [
    "true or false where text belongs",
    "prod",
    { [`${STUDIO}.namespace`]: true },
    `Pulumi.prod.yaml: ${STUDIO}.namespace: got true, expected lower-case letters, digits and dashes, ` +
      '63 at most. Write it in quotes: "true".',
  ],
  [
    "a list where text belongs",
    "prod",
    { [`${STUDIO}.namespace`]: ["a"] },
    `Pulumi.prod.yaml: ${STUDIO}.namespace: got a list, expected lower-case letters, digits and ` +
      "dashes, 63 at most. Write text.",
  ],
  [
    "a number where a word of a choice belongs",
    "prod",
    { [`${STUDIO}.issuer`]: 1 },
    `Pulumi.prod.yaml: ${STUDIO}.issuer: got 1, expected one of "letsencrypt-prod", ` +
      '"letsencrypt-staging", "selfsigned". Write one of these.',
  ],
  [
    "long text, which it shortens",
    "prod",
    { [`${STUDIO}.azureClientId`]: "x".repeat(100) },
    `Pulumi.prod.yaml: ${STUDIO}.azureClientId: got "${"x".repeat(59)}..., expected a UUID such as ` +
      "123e4567-e89b-12d3-a456-426614174000. Write it in this form.",
  ],
  ...["General_1", "-general", "x".repeat(41)].map((name): Case => [
    `the pool ${name}, with which no node's name can start`,
    "prod",
    { "slipway:cluster.nodePools[0].name": name },
    `Pulumi.prod.yaml: slipway:cluster.nodePools[0].name: got "${name}", expected lower-case ` +
      "letters, digits and dashes, 40 at most. Write it in this form.",
  ]),
];

describe("checkStack, of shape", () => {
  for (const [title, stack, changes, expected] of CASES) {
    it(`refuses ${title}`, () => {
      assert.equal(message(edited(stack, changes)), expected);
    });
  }
});
