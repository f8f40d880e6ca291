import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { provideTools } from "../../local/tools/index.ts";
import { runPlan } from "../plan/run-plan.ts";
import { judgeCalls, verdictsIn, type Actor, type Call } from "../support/cyclonus.ts";
import { writeSamplePlan } from "../support/network-samples.ts";
import { plannedNetwork, type PlannedNetwork } from "../support/planned-network.ts";

/** The namespace of Kaizen Studio in each stack (K-06). */
const NAMESPACES = {
  local: "kaizen-studio-local",
  dev: "kaizen-studio-dev",
  staging: "kaizen-studio-staging",
  prod: "kaizen-studio",
} as const;

/** Every call in which the system's namespace is one end or both, on every port that plays a part. */
function callsOf({ namespace, actors, ports }: PlannedNetwork): Call[] {
  const isOwn = ({ inside }: Actor) => inside?.namespace === namespace;
  return actors.flatMap((from) =>
    actors
      .filter((to) => isOwn(from) || isOwn(to))
      .flatMap((to) => ports.map((port) => ({ from, to, ...port }))),
  );
}

function isStated({ edges }: PlannedNetwork, call: Call): boolean {
  return edges.some(
    ({ from, to, ports }) =>
      from(call.from) &&
      to(call.to) &&
      ports.some(({ port, protocol }) => port === call.port && protocol === call.protocol),
  );
}

const describeCall = ({ from, to, port, protocol }: Call) =>
  `${from.title} to ${to.title} on ${protocol} ${port}`;

/** Calls on which the judge and the list of connections disagree. */
function disagreements(network: PlannedNetwork, cyclonus: string): string[] {
  const calls = callsOf(network);
  const verdicts = judgeCalls(cyclonus, network.policies, calls);
  return calls.flatMap((call, index) => {
    const allowed = verdicts[index];
    if (allowed === isStated(network, call)) return [];
    return [`${allowed === true ? "open" : "shut"}: ${describeCall(call)}`];
  });
}

describe("network policies, judged by cyclonus", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-network-"));
  const networks = new Map<string, PlannedNetwork>();
  let cyclonus: string;

  before(async () => {
    ({ cyclonus } = await provideTools({ names: ["cyclonus"] }));
    for (const [stack, namespace] of Object.entries(NAMESPACES)) {
      const { code, stderr } = await runPlan(["--stack", stack, "--out", folder]);
      assert.equal(code, 0, stderr);
      networks.set(stack, plannedNetwork(path.join(folder, stack), namespace));
    }
  });

  after(() => {
    fs.rmSync(folder, { recursive: true });
  });

  const network = (stack: string): PlannedNetwork => {
    const found = networks.get(stack);
    assert.ok(found);
    return found;
  };

  for (const stack of Object.keys(NAMESPACES)) {
    it(`${stack}: opens every stated connection and no other`, () => {
      assert.deepEqual(disagreements(network(stack), cyclonus), []);
    });

    it(`${stack}: states a connection of every kind, and leaves most calls out`, () => {
      const planned = network(stack);
      const calls = callsOf(planned);
      const stated = calls.filter((call) => isStated(planned, call));
      for (const edge of planned.edges) {
        const own = { ...planned, edges: [edge] };
        assert.ok(
          calls.some((call) => isStated(own, call)),
          "an edge that no actor can use proves nothing",
        );
      }
      assert.ok(stated.length > 0 && stated.length * 5 < calls.length);
    });
  }

  it("prod: lets nobody from outside the cluster in, and the frontend out to names only (K-21)", () => {
    const planned = network("prod");
    const calls = callsOf(planned);
    const verdicts = judgeCalls(cyclonus, planned.policies, calls);
    const open = calls.filter((_, index) => verdicts[index]);
    assert.deepEqual(open.filter(({ from }) => from.inside === undefined).map(describeCall), []);
    const ways = open.filter(({ from }) => from.title === "Deployment frontend");
    assert.deepEqual([...new Set(ways.map(({ port }) => port))], [53]);
  });

  it("prod: lets the backend out to who signs in, backups to their store, and nobody else but to names (K-21)", () => {
    const planned = network("prod");
    const calls = callsOf(planned).filter(({ to, port }) => to.inside === undefined && port !== 53);
    const verdicts = judgeCalls(cyclonus, planned.policies, calls);
    const open = calls.filter((_, index) => verdicts[index]).map(describeCall);
    const ranges = ["20.190.128.0/18", "20.20.32.0/19", "20.231.128.0/19", "40.126.0.0/18"];
    // The store as the nodes of GKE reach it, and who tells a pod there as whom it may.
    const store = [
      "169.254.169.252/32 on TCP 987",
      "169.254.169.252/32 on TCP 988",
      "169.254.169.254/32 on TCP 80",
      "199.36.153.8/30 on TCP 443",
      "metadata of the node on TCP 80",
    ];
    assert.deepEqual([...new Set(open)].toSorted(), [
      ...["postgres", "redis"].flatMap((name) =>
        store.map((place) => `CronJob ${name}-backup to ${place}`),
      ),
      ...ranges.map((range) => `Deployment backend to ${range} on TCP 443`),
    ]);
  });

  it("prod: lets the backend, its migration and each backup into their data store (K-21)", () => {
    const planned = network("prod");
    const calls = callsOf(planned).filter(({ port }) => [5432, 6379].includes(port));
    const verdicts = judgeCalls(cyclonus, planned.policies, calls);
    const open = calls.filter((_, index) => verdicts[index]).map(describeCall);
    assert.deepEqual(open.map((line) => line.replace(/(?<=Job migration)-\w+/, "")).toSorted(), [
      "CronJob postgres-backup to StatefulSet postgres on TCP 5432",
      "CronJob redis-backup to Deployment redis on TCP 6379",
      "Deployment backend to Deployment redis on TCP 6379",
      "Deployment backend to StatefulSet postgres on TCP 5432",
      "Job migration to StatefulSet postgres on TCP 5432",
    ]);
  });

  it("notices a policy that is missing, and one that opens too much", () => {
    const planned = network("prod");
    const nameOf = (policy: unknown) => (policy as { metadata: { name: string } }).metadata.name;
    const without = (part: string) => ({
      ...planned,
      policies: planned.policies.filter((policy) => !nameOf(policy).includes(part)),
    });
    const shut = disagreements(without("connections-frontend"), cyclonus);
    assert.ok(shut.length > 0 && shut.every((line) => line.startsWith("shut: ")), shut.join("\n"));
    const open = disagreements(without("default-deny"), cyclonus);
    assert.ok(
      open.some((line) => /^open: the internet to pod without labels on TCP 22$/.test(line)),
      open.join("\n"),
    );
  });

  it("follows edges of every kind: to a data store, to another namespace, to a range", () => {
    const sample = path.join(folder, "sample");
    writeSamplePlan(sample);
    const planned = plannedNetwork(sample, "shop");
    assert.deepEqual(disagreements(planned, cyclonus), []);
    const stated = callsOf(planned)
      .filter((call) => isStated(planned, call) && call.port !== 53)
      .map(describeCall);
    const backup = stated.filter((line) => line.startsWith("CronJob backup"));
    assert.deepEqual(
      stated.filter((line) => !backup.includes(line)),
      [
        "Deployment backend to StatefulSet postgres on TCP 5432",
        "Deployment backend to monitoring prometheus on TCP 4318",
        "monitoring prometheus to StatefulSet postgres on TCP 9187",
      ],
    );
    // The widest range is everybody whom no policy of this namespace guards.
    assert.ok(backup.includes("CronJob backup to the internet on TCP 443"));
    assert.ok(!backup.includes("CronJob backup to StatefulSet postgres on TCP 443"));
  });

  it("does not take silence for a verdict", () => {
    const printed = "| IS ALLOWED? | FALSE  |\n";
    assert.deepEqual(verdictsIn(printed, 1), [false]);
    assert.throws(() => verdictsIn(printed, 2), /^Error: cyclonus gave 1 verdicts on 2 calls/);
  });
});
