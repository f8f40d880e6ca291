import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { platformLabels } from "./platform-namespace.ts";

/**
 * Which pods make room for which when nodes are full: a pod of a lower class is evicted for one of a
 * higher. All lie below the classes of Kubernetes itself (2,000,000,000) and above its default (0).
 */
export const PRIORITY_CLASSES = {
  /** Without its operators, webhooks and collectors a cluster serves nobody. */
  platform: { name: "slipway-platform", value: 1_000_000 },
  /** What keeps data, which takes longest to come back. */
  data: { name: "slipway-data", value: 900_000 },
  /** What answers people. */
  frontDoor: { name: "slipway-front-door", value: 800_000 },
} as const;

/** The PriorityClasses of the stack. Charts and systems name them by {@link PRIORITY_CLASSES}. */
export class PriorityClasses extends pulumi.ComponentResource {
  readonly classes: readonly k8s.scheduling.v1.PriorityClass[];

  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:platform:PriorityClasses", name, {}, opts);
    this.classes = Object.values(PRIORITY_CLASSES).map(
      ({ name: className, value }) =>
        new k8s.scheduling.v1.PriorityClass(
          `${name}-${className}`,
          {
            metadata: { name: className, labels: platformLabels("priority") },
            value,
            description: "Made by Slipway; see docs/platform.md.",
          },
          // The value of a class cannot be changed, and its name is fixed.
          { parent: this, deleteBeforeReplace: true },
        ),
    );
    this.registerOutputs({ names: Object.values(PRIORITY_CLASSES).map((item) => item.name) });
  }
}
