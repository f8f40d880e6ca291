import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** Somebody who calls or is called: a pod, or an address outside the cluster. */
export interface Actor {
  readonly title: string;
  readonly ip: string;
  readonly inside?: {
    readonly namespace: string;
    readonly namespaceLabels: Readonly<Record<string, string>>;
    readonly podLabels: Readonly<Record<string, string>>;
  };
  /** Of whoever is no pod. */
  readonly address?: string;
}

/** One attempt to open a connection. */
export interface Call {
  readonly from: Actor;
  readonly to: Actor;
  readonly port: number;
  readonly protocol: "TCP" | "UDP";
}

/**
 * Whether NetworkPolicies let each call pass, as cyclonus judges them, which reads policies by its own
 * reading of the specification and knows nothing of how ours were made.
 */
export function judgeCalls(
  program: string,
  policies: readonly unknown[],
  calls: readonly Call[],
): boolean[] {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-cyclonus-"));
  try {
    const policyFile = path.join(folder, "policies.json");
    const trafficFile = path.join(folder, "traffic.json");
    const list = { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicyList", items: policies };
    fs.writeFileSync(policyFile, JSON.stringify(list));
    fs.writeFileSync(trafficFile, JSON.stringify(calls.map(trafficOf)));
    const args = ["analyze", "--mode", "query-traffic", "--policy-path", policyFile];
    const output = execFileSync(program, [...args, "--traffic-path", trafficFile], {
      encoding: "utf8",
      maxBuffer: 2 ** 28,
      stdio: ["ignore", "pipe", "pipe"],
    });
    return verdictsIn(output, calls.length);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** The verdicts in what cyclonus prints, one for each call and in their order. */
export function verdictsIn(output: string, calls: number): boolean[] {
  const verdicts = [...output.matchAll(/^\| IS ALLOWED\? \|\s*(TRUE|FALSE)\b/gm)].map(
    ([, verdict]) => verdict === "TRUE",
  );
  if (verdicts.length === calls) return verdicts;
  throw new Error(
    `cyclonus gave ${verdicts.length} verdicts on ${calls} calls; its output begins:\n${output.slice(0, 2000)}`,
  );
}

function trafficOf({ from, to, port, protocol }: Call) {
  const peer = ({ ip, inside, address }: Actor) =>
    inside === undefined
      ? { IP: address ?? ip }
      : {
          IP: ip,
          Internal: {
            Namespace: inside.namespace,
            NamespaceLabels: inside.namespaceLabels,
            PodLabels: inside.podLabels,
          },
        };
  return { Source: peer(from), Destination: peer(to), Protocol: protocol, ResolvedPort: port };
}
