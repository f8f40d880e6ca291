import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { certManagerValues } from "../../../components/platform/cert-manager.ts";
import { ingressNginxValues } from "../../../components/platform/ingress-nginx.ts";
import { monitoringValues } from "../../../components/platform/monitoring-values.ts";
import { postgresOperatorValues } from "../../../components/platform/postgres-operator-values.ts";
import { at } from "../../../plan/model/json.ts";
import { platformCluster, SURROUNDINGS } from "../../support/platform-cluster.ts";

const { storageClasses, scrapable } = platformCluster();

/** Where each chart takes the annotations of its webhook configurations. */
const PLACES: Readonly<Record<string, readonly (readonly [object, string])[]>> = {
  "cert-manager": ["mutating", "validating"].map((kind) => [
    certManagerValues({
      replicas: 2,
      acmeEmail: "ops@studio.test",
      monitored: true,
      keepDefinitions: true,
      surroundings: SURROUNDINGS,
    }),
    `webhook.${kind}WebhookConfigurationAnnotations`,
  ]),
  "ingress-nginx": [
    [
      ingressNginxValues({
        replicas: 2,
        loadBalancerAnnotations: {},
        monitored: true,
        certificates: true,
        surroundings: SURROUNDINGS,
      }),
      "controller.admissionWebhooks.annotations",
    ],
  ],
  "kube-prometheus-stack": ["mutating", "validating"].map((kind) => [
    monitoringValues(
      {
        replicas: 2,
        retentionDays: 15,
        prometheusStorage: "50Gi",
        storageClasses,
        scrapable,
        certificates: true,
      },
      pulumi.output("checksum"),
    ),
    `prometheusOperator.admissionWebhooks.${kind}WebhookConfiguration.annotations`,
  ]),
  "cloudnative-pg": [
    [postgresOperatorValues({ replicas: 2, monitored: true }), "commonAnnotations"],
  ],
};

describe("webhook configurations of charts", () => {
  for (const [chart, places] of Object.entries(PLACES)) {
    it(`${chart}: ask AKS to leave them as they are`, () => {
      for (const [values, path] of places) {
        const annotations = at(values, ...path.split("."));
        assert.deepEqual(annotations, { "admissions.enforcer/disabled": "true" }, path);
      }
    });
  }
});
