import type { Measured } from "./measure-command.ts";

/** One comparison: what Slipway takes, and what the least is that anything would take. */
export interface Row {
  readonly what: string;
  /** Seconds. */
  readonly own: number;
  /** What the floor is. */
  readonly of: string;
  /** Seconds. */
  readonly least: number;
}

export interface Figures {
  readonly resources: number;
  readonly objects: number;
  readonly cores: number;
  readonly rows: readonly Row[];
  /** Of prod on each cloud. */
  readonly plans: readonly (Measured & { readonly cloud: string })[];
  /** Peak memory in MB. */
  readonly memory: { readonly plan: number; readonly mocks: number };
}

/** The text of docs/performance.md. */
export function performancePage(figures: Figures): string {
  const { resources, objects, cores, rows, plans, memory } = figures;
  const lines = rows.map(
    ({ what, own, of, least }) =>
      `| ${what} | ${own.toFixed(1)} s | ${of} | ${least.toFixed(1)} s | ${(own / least).toFixed(1)} |`,
  );
  return `# Performance

Written by \`make bench\`, from one run on ${cores} cores. Machines differ: read the ratios. Each figure is the median of 3 runs, process start included; the state is saved after every step, as for a real deployment.

The stack \`local\` had ${resources} resources, ${objects} of which were objects written as they stand to the API server; the rest were Helm releases, generated secrets, providers and components.

| What | Slipway | Floor | Takes | Ratio |
| --- | --- | --- | --- | --- |
${lines.join("\n")}

Peak memory of the plan is ${memory.plan} MB, and ${memory.mocks} MB for its floor.

The plan of prod, for which only the SDK of its cloud is loaded:

| On | Takes | Peak memory |
| --- | --- | --- |
${plans.map(({ cloud, seconds, megabytes }) => `| ${cloud} | ${seconds.toFixed(1)} s | ${megabytes} MB |`).join("\n")}

Every floor does less than what it is compared with: the mocks judge and write nothing, the engine's floor has no config, no components and no order but namespaces first and custom resources after their definitions, and the apply loop waits for nothing to become ready.
`;
}
