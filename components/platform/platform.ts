import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../core/invalid-args.ts";
import { plainArgs } from "../core/plain-args.ts";
import type { PlatformCapabilities } from "../core/platform-capabilities.ts";
import { AdmissionPolicies } from "./admission-policies.ts";
import { accessCommands } from "./access-commands.ts";
import { capabilitiesOf, surroundingsOf, type InstalledAddOns } from "./capabilities.ts";
import { checkExternalDns } from "./check-external-dns.ts";
import { installClusterAutoscaler } from "./install-controllers.ts";
import { installFoundations, releasesOf } from "./install-foundations.ts";
import { installMetrics } from "./install-metrics.ts";
import { installMonitoring, installMonitoringKinds } from "./install-monitoring.ts";
import { installExternalDns, installHttpGateway, installIngressNginx } from "./install-traffic.ts";
import { installPostgresOperator } from "./install-postgres-operator.ts";
import { installExternalSecrets, installSealedSecrets } from "./install-secrets.ts";
import { installVelero } from "./install-velero.ts";
import { installLogging } from "./install-logging.ts";
import { installTracing } from "./install-tracing.ts";
import { checkAlertSecrets } from "./check-alerts.ts";
import { checkLogStore } from "./check-logging.ts";
import { checkPlatform } from "./check.ts";
import { checkExposure } from "./ingress-nginx.ts";
import { platformNamespaces } from "./platform-namespaces.ts";
import type { PlatformArgs } from "./platform-args.ts";
import { PriorityClasses } from "./priority-classes.ts";
import { checkBackendStore } from "./secret-backend.ts";
import { checkSecretStore } from "./secret-store.ts";
import type { Stage } from "./stage.ts";
import { checkVeleroStore } from "./velero-storage.ts";

/**
 * The add-ons of a stack, in an order without a circle: first priorities and the kinds of monitoring,
 * because the charts that follow name the one and hold the other; then what others cannot do without
 * (install-foundations.ts); then all others. Deletion runs the other way round.
 *
 * Throws InvalidArgsError on settings that `checkPlatform` refuses.
 */
export class Platform extends pulumi.ComponentResource {
  readonly capabilities: PlatformCapabilities;
  /** Namespaces that the add-ons bring. */
  readonly namespaces: readonly string[];
  /** Commands by which people reach dashboards. */
  readonly commands: Readonly<Record<string, string>>;

  constructor(name: string, args: PlatformArgs, opts?: pulumi.ComponentResourceOptions) {
    const { cluster, ...settings } = args;
    super("slipway:platform:Platform", name, plainArgs(settings), opts);
    const { guard, ingressNginx, envoyGateway } = args;
    refuse(
      [
        ...checkPlatform(args, guard),
        ...checkExposure("ingressNginx", ingressNginx, cluster.loadBalancerAnnotations, guard),
        ...checkExposure("envoyGateway", envoyGateway, cluster.loadBalancerAnnotations, guard),
        ...checkExternalDns(args.externalDns, cluster.dns, guard),
        ...checkVeleroStore(args.velero, cluster.objectStores.backups),
        ...checkAlertSecrets(args),
        ...checkSecretStore(args.externalSecrets.enabled, cluster.secretStore),
        ...checkBackendStore(args, cluster.writeSecret !== undefined),
        ...checkLogStore(args.logging, cluster.objectStores.logs, guard),
      ],
      this,
    );
    const addOns = this.install(name, args);
    this.capabilities = capabilitiesOf(addOns, args);
    this.namespaces = platformNamespaces(args);
    this.commands = accessCommands(args);
    this.registerOutputs({ namespaces: this.namespaces });
  }

  private install(name: string, args: PlatformArgs): InstalledAddOns {
    const { guard, cluster } = args;
    const context = {
      guard,
      cluster,
      surroundings: surroundingsOf(args),
      monitored: args.monitoring.enabled,
      certificates: args.certManager.enabled,
    };
    const stage = (after: pulumi.Resource[]): Stage => ({ name, parent: this, context, after });

    const { admission } = args;
    if (admission.enabled) {
      const rules = { guard, allowedRegistries: admission.allowedRegistries };
      new AdmissionPolicies(`${name}-admission`, rules, { parent: this });
    }
    const { classes } = new PriorityClasses(`${name}-priority`, { parent: this });
    const kinds = installMonitoringKinds(stage([...classes]), args);
    const first = [...classes, ...(kinds === undefined ? [] : [kinds.release])];
    const clusterAutoscaler = installClusterAutoscaler(stage(first), args);
    const { certManager, loadBalancerController, envoyGateway } = installFoundations(
      stage(first),
      args,
    );
    const then = [...first, ...releasesOf([certManager, loadBalancerController, envoyGateway])];
    const ingressNginx = installIngressNginx(stage(then), args);
    const httpGateway = installHttpGateway(stage(then), args);
    const monitoring = installMonitoring(stage(then), args, kinds);
    const metrics = installMetrics(stage(then), args, monitoring);
    const externalDns = installExternalDns(stage(then), args);
    installVelero(stage(then), args);
    const externalSecrets = installExternalSecrets(stage(then), args);
    const sealedSecrets = installSealedSecrets(stage(then), args);
    const postgresOperator = installPostgresOperator(stage(then), args);
    return {
      certManager,
      ingressNginx,
      httpGateway,
      monitoring,
      ...metrics,
      clusterAutoscaler,
      loadBalancerController,
      externalDns,
      postgresOperator,
      externalSecrets,
      sealedSecrets,
      logging: installLogging(stage(then), args, monitoring),
      tracing: installTracing(stage(then), args, monitoring),
    };
  }
}
