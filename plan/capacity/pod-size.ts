import { parseCpu, parseMemory } from "../../components/core/quantity.ts";
import { asObjects, objectAt, textAt, type Json } from "../model/json.ts";

/** What something asks of nodes, or what nodes have: millicores and bytes. */
export interface Size {
  readonly cpu: number;
  readonly memory: number;
}

export const NOTHING: Size = { cpu: 0, memory: 0 };

export function plus(a: Size, b: Size): Size {
  return { cpu: a.cpu + b.cpu, memory: a.memory + b.memory };
}

export function times(size: Size, count: number): Size {
  return { cpu: size.cpu * count, memory: size.memory * count };
}

/** The larger of two sizes, cpu and memory each on its own. */
function atLeast(a: Size, b: Size): Size {
  return { cpu: Math.max(a.cpu, b.cpu), memory: Math.max(a.memory, b.memory) };
}

/** The size that `requests` of a container name; nothing where they name none. */
export function sizeOfRequests(requests: Json): Size {
  return {
    cpu: parseCpu(textAt(requests, "cpu") ?? "") ?? 0,
    memory: parseMemory(textAt(requests, "memory") ?? "") ?? 0,
  };
}

function containerSize(container: Json): Size {
  return sizeOfRequests(objectAt(container, "resources", "requests"));
}

/**
 * What the scheduler reserves for one pod: its containers together, or the most demanding step of its
 * start where that is more. A sidecar (restartPolicy Always) runs beside everything after it.
 */
export function podSize(spec: Json): Size {
  let sidecars = NOTHING;
  let start = NOTHING;
  for (const container of asObjects(spec["initContainers"])) {
    const size = containerSize(container);
    if (container["restartPolicy"] === "Always") {
      sidecars = plus(sidecars, size);
      start = atLeast(start, sidecars);
    } else {
      start = atLeast(start, plus(sidecars, size));
    }
  }
  const running = asObjects(spec["containers"]).map(containerSize).reduce(plus, sidecars);
  return atLeast(start, running);
}
