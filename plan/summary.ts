import { formatCpu, formatMemory } from "../components/core/quantity.ts";
import type { PlaceholderUse } from "../config/index.ts";
import type { Balance } from "./capacity/balance.ts";
import { NOTHING, plus, times, type Size } from "./capacity/pod-size.ts";
import { sorted } from "./model/json.ts";
import { describeRelease } from "./model/kubernetes-object.ts";
import type { PlanModel } from "./model/plan-model.ts";
import { maskSecrets } from "./secret.ts";

/** Everything that the summary tells. */
export interface SummaryArgs {
  readonly stack: string;
  readonly openingLine: string;
  readonly model: PlanModel;
  readonly balance: Balance;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly placeholders: readonly PlaceholderUse[];
  /** Over which the nodes are spread; empty where that is not known. */
  readonly zones: readonly string[];
  /** Who can reach the API server, as the cluster says it. */
  readonly exposure: readonly string[];
  readonly limitations: readonly string[];
  readonly warnings: readonly string[];
}

/** The plan in words and tables, for a person who opens the folder first. */
export function summaryFile(args: SummaryArgs): string {
  const { stack, openingLine, model, balance, outputs } = args;
  const sections = [
    [`# Plan of ${stack}`, "", openingLine, "", countsLine(model)],
    ["## Cluster", "", ...bullets([...zoneLines(args.zones), ...args.exposure])],
    ["## Capacity", "", ...capacityTables(balance), "", CAPACITY_NOTE],
    ["## Outputs", "", ...outputLines(outputs)],
    ["## Placeholders", "", ...bullets(args.placeholders.map(placeholderLine))],
    ["## Warnings", "", ...bullets(args.warnings)],
    ["## What this cluster cannot do", "", ...bullets(args.limitations)],
    ["## Releases", "", ...releaseTable(model)],
    ["## Resources by type", "", ...typeTable(model)],
  ];
  return `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function zoneLines(zones: readonly string[]): string[] {
  return zones.length === 0 ? [] : [`Its nodes stand in ${zones.join(", ")}.`];
}

/** `96 resources: 14 components, 4 releases, 61 Kubernetes objects in 5 namespaces.` */
export function countsLine({ resources, objects, releases, namespaces }: PlanModel): string {
  const components = resources.filter(({ custom, parent }) => !custom && parent !== undefined);
  return (
    `${resources.length} resources: ${components.length} components, ${releases.length} releases, ` +
    `${objects.length} Kubernetes objects in ${namespaces.size} namespaces.`
  );
}

/** `Pods request at most 31 cpu and 60Gi of the 39200m cpu and 136Gi that the nodes have for pods.` */
export function capacityLine({ requested, capacity }: Balance): string {
  return (
    `Pods request at most ${sizeText(requested.max)}, and the nodes have at most ` +
    `${sizeText(capacity.max)} for pods.`
  );
}

function sizeText({ cpu, memory }: Size): string {
  return `${formatCpu(cpu)} cpu and ${formatMemory(memory)} memory`;
}

const CAPACITY_NOTE =
  "A maximum counts every autoscaler at its maximum, the pods that a Deployment adds while it rolls, " +
  "and every job. Nodes are counted without what a kubelet keeps back. What the cluster itself runs " +
  "in kube-system is not counted.";

function capacityTables({ pools, demands, requested, capacity }: Balance): string[] {
  const namespaces = [...Map.groupBy(demands, ({ namespace }) => namespace)].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const sum = (items: typeof demands, count: "minPods" | "maxPods") =>
    items.map((demand) => times(demand.pod, demand[count])).reduce(plus, NOTHING);
  const pods = (items: typeof demands, count: "minPods" | "maxPods") =>
    items.reduce((total, demand) => total + demand[count], 0);
  return [
    ...table(
      ["pool", "nodes", "for pods on one node", "for pods on all nodes at most"],
      pools.map(({ pool, node }) => [
        pool.name,
        `${pool.minNodes} to ${pool.maxNodes}`,
        sizeText(node),
        sizeText(times(node, pool.maxNodes)),
      ]),
    ),
    "",
    ...table(
      ["namespace", "pods", "requested at least", "requested at most"],
      [
        ...namespaces.map(([namespace, items]) => [
          namespace,
          `${pods(items, "minPods")} to ${pods(items, "maxPods")}`,
          sizeText(sum(items, "minPods")),
          sizeText(sum(items, "maxPods")),
        ]),
        [
          "all together",
          `${pods(demands, "minPods")} to ${pods(demands, "maxPods")}`,
          sizeText(requested.min),
          sizeText(requested.max),
        ],
        ["of", "", sizeText(capacity.min), sizeText(capacity.max)],
      ],
    ),
  ];
}

function outputLines(outputs: Readonly<Record<string, unknown>>): string[] {
  const masked = JSON.stringify(sorted(maskSecrets(outputs)), undefined, 2);
  return ["```json", masked, "```"];
}

function placeholderLine({ path, value, remedy }: PlaceholderUse): string {
  return value === undefined
    ? `${path} is missing. ${remedy}`
    : `${path} is \`${value}\`. ${remedy}`;
}

function releaseTable({ releases }: PlanModel): string[] {
  return table(
    ["release", "chart", "version"],
    releases
      .toSorted((a, b) => (describeRelease(a) < describeRelease(b) ? -1 : 1))
      .map((release) => [`${release.namespace}/${release.name}`, release.chart, release.version]),
  );
}

function typeTable({ resources }: PlanModel): string[] {
  const counts = [...Map.groupBy(resources, ({ type }) => type)].map(([type, group]) => [
    type,
    String(group.length),
  ]);
  return table(
    ["type", "resources"],
    counts.toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

function bullets(lines: readonly string[]): string[] {
  return lines.length === 0 ? ["None."] : lines.map((text) => `- ${text}`);
}
