import type { KaizenStudioSettings } from "./settings.ts";

/** What a stack file may leave out of `slipway:systems.kaizenStudio`. */
export const KAIZEN_STUDIO_DEFAULTS = {
  frontend: {
    /** Static assets need the same in every environment (E-31). */
    resources: {
      requests: { cpu: "100m", memory: "128Mi" },
      limits: { cpu: "500m", memory: "512Mi" },
    },
  },
} as const satisfies { frontend: Partial<KaizenStudioSettings["frontend"]> };
