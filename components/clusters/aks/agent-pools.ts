import { AgentPool } from "@pulumi/azure-native/containerservice/agentPool.js";
import type { ManagedCluster } from "@pulumi/azure-native/containerservice/managedCluster.js";
import type { AksNetwork } from "./network.ts";
import type { AksPlace } from "./place.ts";
import { poolInputs } from "./pool-inputs.ts";
import type { AksPool } from "./pool-layout.ts";

/** Id of the subnet that a pool's nodes stand in. */
export function subnetIdOf({ nodes }: AksNetwork, { zone }: AksPool) {
  const subnet = nodes.get(zone);
  if (subnet === undefined) throw new Error(`There is no subnet for nodes of zone ${zone}.`);
  return subnet.id;
}

/** Makes the pools that are not part of the cluster itself. */
export function agentPools(
  { name, args, here, tags, child }: AksPlace,
  cluster: ManagedCluster,
  network: AksNetwork,
  pools: readonly AksPool[],
): AgentPool[] {
  const { kubernetesVersion } = args;
  return pools.map(
    (pool) =>
      new AgentPool(
        `${name}-pool-${pool.name}`,
        {
          resourceGroupName: here.resourceGroupName,
          resourceName: cluster.name,
          agentPoolName: pool.name,
          ...poolInputs(pool, { kubernetesVersion, subnetId: subnetIdOf(network, pool), tags }),
        },
        child({
          // The number of nodes is the autoscaler's.
          ignoreChanges: ["count"],
          // The name is fixed, so a pool that has to be made anew goes first.
          deleteBeforeReplace: true,
          customTimeouts: { create: "40m", update: "90m", delete: "40m" },
        }),
      ),
  );
}
