import type { KaizenStudioSettings } from "./settings.ts";

type Defaults = Pick<
  KaizenStudioSettings,
  "state" | "deleteData" | "rotation" | "imagePullSecrets"
> & {
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
  imagePullSecrets: [],
  backend: { extraEnv: {}, extraConfig: {} },
  frontend: {
    extraEnv: {},
    /** Static assets need the same in every environment (E-31). A stack may change one of the four. */
    resources: {
      requests: { cpu: "100m", memory: "128Mi" },
      limits: { cpu: "500m", memory: "512Mi" },
    },
  },
  /** The same in every environment (E-31). */
  redis: {
    storage: "10Gi",
    resources: {
      requests: { cpu: "100m", memory: "256Mi" },
      limits: { cpu: "1000m", memory: "1Gi" },
    },
  },
} as const satisfies Defaults;
