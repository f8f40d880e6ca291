import * as pulumi from "@pulumi/pulumi";
import { CHARTS } from "./charts.ts";
import { EnvoyGateway } from "./envoy-gateway.ts";
import { ExternalDns } from "./external-dns.ts";
import { EXTERNAL_DNS_ACCOUNT } from "./external-dns-values.ts";
import { HttpGateway } from "./http-gateway.ts";
import { IngressNginx, RETIREMENT } from "./ingress-nginx.ts";
import type { PlatformSettings } from "./settings.ts";
import { sizesIn, stageOptions, type Stage } from "./stage.ts";

/** What the chart cannot do where it must leave the definitions of the Gateway API alone. */
const DEFINITIONS_BY_HAND =
  "This cluster has its own definitions of the Gateway API, so the chart of Envoy Gateway brings none, " +
  "of its own kinds neither. Apply those before the first up: docs/runbooks/ingress-to-gateway.md.";

/** ingress-nginx, where it is on. */
export function installIngressNginx(
  stage: Stage,
  { ingressNginx }: PlatformSettings,
): IngressNginx | undefined {
  if (!ingressNginx.enabled) return undefined;
  const { replicas, exposure } = ingressNginx;
  const { cluster, monitored, certificates, surroundings } = stage.context;
  const controller = new IngressNginx(
    `${stage.name}-ingress-nginx`,
    {
      replicas,
      loadBalancerAnnotations: cluster.loadBalancerAnnotations[exposure],
      monitored,
      certificates,
      surroundings,
      ...sizesIn(ingressNginx),
    },
    stageOptions(stage),
  );
  if (stage.context.guard === "strict") void pulumi.log.warn(RETIREMENT, controller);
  return controller;
}

/** Envoy Gateway and its kinds, where it is on. */
export function installEnvoyGateway(
  stage: Stage,
  { envoyGateway }: PlatformSettings,
): EnvoyGateway | undefined {
  if (!envoyGateway.enabled) return undefined;
  const { cluster, monitored, surroundings } = stage.context;
  const hasDefinitions = cluster.builtIn.gatewayApi;
  const controller = new EnvoyGateway(
    `${stage.name}-envoy-gateway`,
    {
      replicas: envoyGateway.replicas,
      hasDefinitions,
      monitored,
      surroundings,
      ...sizesIn(envoyGateway),
    },
    stageOptions(stage),
  );
  if (hasDefinitions) void pulumi.log.warn(DEFINITIONS_BY_HAND, controller);
  return controller;
}

/** The way in by the Gateway API, where it is on. */
export function installHttpGateway(
  stage: Stage,
  { envoyGateway }: PlatformSettings,
): HttpGateway | undefined {
  if (!envoyGateway.enabled) return undefined;
  const { cluster, monitored } = stage.context;
  return new HttpGateway(
    `${stage.name}-http-gateway`,
    {
      replicas: envoyGateway.replicas,
      loadBalancerAnnotations: cluster.loadBalancerAnnotations[envoyGateway.exposure],
      monitored,
      ...sizesIn(envoyGateway),
    },
    stageOptions(stage),
  );
}

/** external-dns, where it is on and the cluster has a zone. */
export function installExternalDns(
  stage: Stage,
  { externalDns, envoyGateway }: PlatformSettings,
): ExternalDns | undefined {
  const { cluster, monitored, surroundings } = stage.context;
  const { dns } = cluster;
  if (!externalDns.enabled || dns === undefined) return undefined;
  const account = { namespace: CHARTS.externalDns.namespace, name: EXTERNAL_DNS_ACCOUNT };
  return new ExternalDns(
    `${stage.name}-external-dns`,
    {
      dns,
      policy: externalDns.policy,
      gatewayApi: envoyGateway.enabled,
      owner: cluster.clusterIdentifier,
      identity: cluster.identityFor(account, [{ purpose: "manage-dns-zone", zone: dns.zone }]),
      identityEndpoint: cluster.networkPeers.identityEndpoint,
      monitored,
      surroundings,
      ...sizesIn(externalDns),
    },
    stageOptions(stage),
  );
}
