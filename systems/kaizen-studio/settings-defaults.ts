import type { KaizenStudioSettings } from "./settings.ts";

type Defaults = Pick<
  KaizenStudioSettings,
  "state" | "deleteData" | "rotation" | "sealedSecrets" | "imagePullSecrets" | "signInAddresses"
> & {
  readonly backup: Omit<KaizenStudioSettings["backup"], "keepDays">;
  readonly postgres: Pick<KaizenStudioSettings["postgres"], "backupStorage" | "mode">;
  readonly backend: Pick<KaizenStudioSettings["backend"], "extraEnv" | "extraConfig">;
  readonly frontend: Pick<KaizenStudioSettings["frontend"], "extraEnv" | "resources">;
  readonly redis: KaizenStudioSettings["redis"];
};

/** What a stack file may leave out of `slipway:systems.kaizenStudio`. */
export const KAIZEN_STUDIO_DEFAULTS = {
  state: "running",
  deleteData: false,
  /** Generated values stay as they are. */
  rotation: {},
  /** Secrets are native (E-51). */
  sealedSecrets: {},
  imagePullSecrets: [],
  /** Microsoft's sign-in and Graph, as it publishes them for its worldwide cloud (entry 56). */
  signInAddresses: ["20.20.32.0/19", "20.190.128.0/18", "20.231.128.0/19", "40.126.0.0/18"],
  backend: { extraEnv: {}, extraConfig: {} },
  frontend: {
    extraEnv: {},
    /** Static assets need the same in every environment (E-31). A stack may change one of the four. */
    resources: {
      requests: { cpu: "100m", memory: "128Mi" },
      limits: { cpu: "500m", memory: "512Mi" },
    },
  },
  /** At night, when few people work; how long backups are kept differs (D-91). */
  backup: { schedule: "0 2 * * *", keepOnVolume: 10, overdueHours: 26 },
  /** As in the guide (K-15, E-53) and the published manifests (E-34). */
  postgres: { mode: "statefulset", backupStorage: "100Gi" },
  /** The same in every environment (E-31); snapshots are smaller than the data, and ten fit [ours]. */
  redis: {
    storage: "10Gi",
    backupStorage: "20Gi",
    resources: {
      requests: { cpu: "100m", memory: "256Mi" },
      limits: { cpu: "1000m", memory: "1Gi" },
    },
  },
} as const satisfies Defaults;
