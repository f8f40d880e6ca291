import { PLATFORM_DEFAULTS } from "../../../components/platform/settings-defaults.ts";
import { flag, imagePrefix, section, someOf } from "../values.ts";

const { enabled, allowedRegistries } = PLATFORM_DEFAULTS.admission;

/** Shape of `slipway:platform.admission`. */
export const admissionSchema = section(
  { description: "What the API server asks of all pods of systems.", rows: ["E-44", "K-14"] },
  {
    enabled: flag({
      description: "Whether it asks: refuses under guard strict, warns under relaxed.",
    }).default(enabled),
    allowedRegistries: someOf(
      { description: "Where images may come from. None: from anywhere." },
      imagePrefix({ description: "A registry, or a path in one." }),
    ).default([...allowedRegistries]),
  },
).default({ enabled, allowedRegistries: [...allowedRegistries] });
