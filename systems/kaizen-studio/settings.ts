import type * as pulumi from "@pulumi/pulumi";
import type { ResourceBounds } from "../../components/core/quantity.ts";

/** What the stack file says of Kaizen Studio (`slipway:systems.kaizenStudio`). */
export interface KaizenStudioSettings {
  /** The namespace of everything in the system (K-06). Changing it moves, and so recreates, all of it. */
  readonly namespace: string;
  /** The host under which frontend and API are served (K-10, D-63). */
  readonly host: string;
  /** The ClusterIssuer of the certificate (D-63). */
  readonly issuer: string;
  /** Verbose logging and debug pages of the backend (K-09). Refused under guard strict. */
  readonly debug: boolean;
  /** Application id of the sign-in provider (E-33). A human has to supply it. */
  readonly azureClientId: string;
  readonly backend: {
    readonly image: string;
    readonly hpa: {
      readonly minReplicas: number;
      readonly maxReplicas: number;
      /** Percent of requested cpu, 1 to 100 (D-55). */
      readonly cpuUtilization: number;
      /** Percent of requested memory, 1 to 100 (D-55). */
      readonly memoryUtilization: number;
    };
    readonly resources: ResourceBounds;
  };
  readonly frontend: {
    readonly image: string;
    readonly replicas: number;
    readonly resources: ResourceBounds;
  };
}

/** Secrets of Kaizen Studio, each a flat config key. The optional ones are generated when absent. */
export interface KaizenStudioSecrets {
  readonly azureClientSecret: pulumi.Output<string>;
  readonly postgresPassword?: pulumi.Output<string>;
  readonly redisPassword?: pulumi.Output<string>;
  readonly jwtSecret?: pulumi.Output<string>;
  readonly encryptionKey?: pulumi.Output<string>;
}
