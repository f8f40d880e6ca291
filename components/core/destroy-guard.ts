import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

export interface DestroyGuardArgs {
  /** Whether the stack may not be destroyed; follows the cluster's `deletionProtection`. */
  readonly protect: boolean;
}

/**
 * The last thing that a stack makes, and so the first that `destroy` comes to. While it is protected the
 * engine stops there, with everything else still in place; without it the engine would remove whatever is
 * not protected itself, workloads first, before it met the cluster. Give it `dependsOn` everything.
 */
export class DestroyGuard extends pulumi.ComponentResource {
  constructor(name: string, args: DestroyGuardArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:core:DestroyGuard", name, args, opts);
    const { dependsOn } = opts ?? {};
    new random.RandomId(
      `${name}-last`,
      { byteLength: 1 },
      { parent: this, protect: args.protect, ...(dependsOn === undefined ? {} : { dependsOn }) },
    );
    this.registerOutputs();
  }
}
