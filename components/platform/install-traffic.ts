import * as pulumi from "@pulumi/pulumi";
import { CHARTS } from "./charts.ts";
import { ExternalDns } from "./external-dns.ts";
import { EXTERNAL_DNS_ACCOUNT } from "./external-dns-values.ts";
import { IngressNginx, RETIREMENT } from "./ingress-nginx.ts";
import type { PlatformSettings } from "./settings.ts";
import { sizesIn, stageOptions, type Stage } from "./stage.ts";

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

/** external-dns, where it is on and the cluster has a zone. */
export function installExternalDns(
  stage: Stage,
  { externalDns }: PlatformSettings,
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
