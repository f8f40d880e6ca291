import { ADD_ON_RESOURCES } from "../../../components/platform/add-on-resources.ts";
import { PLATFORM_DEFAULTS } from "../../../components/platform/settings-defaults.ts";
import { flag, partResources, section, wholeNumber } from "../values.ts";

const { clusterAutoscaler } = PLATFORM_DEFAULTS;

/** Shape of `slipway:platform.clusterAutoscaler`. */
export const clusterAutoscalerSchema = section(
  { description: "Nodes for pods that find no room.", rows: ["E-50"] },
  {
    enabled: flag({
      description: "Whether it is installed, where the cluster has none of its own.",
    }).default(clusterAutoscaler.enabled),
    replicas: wholeNumber({ description: "Replicas; 2 or more under guard strict." }, 1, 5).default(
      clusterAutoscaler.replicas,
    ),
    resources: partResources(ADD_ON_RESOURCES.clusterAutoscaler),
  },
).default(clusterAutoscaler);
