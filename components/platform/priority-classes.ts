import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { platformLabels } from "./platform-namespace.ts";
import { PRIORITY_CLASSES } from "./priority-class-names.ts";

/** The PriorityClasses of the stack. Charts and systems name them by PRIORITY_CLASSES. */
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
