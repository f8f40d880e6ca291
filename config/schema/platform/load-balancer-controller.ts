import { ADD_ON_RESOURCES } from "../../../components/platform/add-on-resources.ts";
import { PLATFORM_DEFAULTS } from "../../../components/platform/settings-defaults.ts";
import { flag, partResources, section, wholeNumber } from "../values.ts";

const { loadBalancerController } = PLATFORM_DEFAULTS;

/** Shape of `slipway:platform.loadBalancerController`. */
export const loadBalancerControllerSchema = section(
  { description: "Load balancers for Services, where the cluster does not make them itself." },
  {
    enabled: flag({
      description: "Whether it is installed, where it is needed; off where somebody else does.",
    }).default(loadBalancerController.enabled),
    replicas: wholeNumber({ description: "Replicas; 2 or more under guard strict." }, 1, 5).default(
      loadBalancerController.replicas,
    ),
    resources: partResources(ADD_ON_RESOURCES.loadBalancerController),
  },
).default(loadBalancerController);
