import { CHARTS } from "./charts.ts";
import { LOKI_ADDRESS } from "./log-addresses.ts";

/** The chart's own port of metrics and health. */
export const FLUENT_BIT_PORT = 2020;

/** On the node: how far each file is read, and lines that wait for Loki. */
export const STATE_FOLDER = "/var/lib/fluent-bit";

/** What a node holds at most of lines that wait for Loki; beyond it the oldest are lost. */
const BUFFER_LIMIT = "500M";

/**
 * Labels of a stream. Few and with few values each, since every combination is a stream of its own; the
 * pod, of which there are many, goes beside the line where queries still find it.
 */
const STREAM_LABELS: Readonly<Record<string, string>> = {
  collector: "fluent-bit",
  namespace: "$kubernetes['namespace_name']",
  app: "$kubernetes['labels']['app.kubernetes.io/name']",
  component: "$kubernetes['labels']['app.kubernetes.io/component']",
  container: "$kubernetes['container_name']",
};

const BESIDE_THE_LINE: Readonly<Record<string, string>> = {
  pod: "$kubernetes['pod_name']",
  node: "$kubernetes['host']",
  stream: "$stream",
};

type Entries = readonly (readonly [key: string, value: string | number])[];

/** Configuration in Fluent Bit's classic form, by the keys of the chart's values. */
export function fluentBitConfig(): Record<
  "service" | "inputs" | "filters" | "outputs" | "customParsers",
  string
> {
  return {
    service: section("SERVICE", SERVICE),
    inputs: section("INPUT", INPUT),
    filters: section("FILTER", FILTER),
    outputs: section("OUTPUT", OUTPUT),
    customParsers: "",
  };
}

const SERVICE: Entries = [
  ["Daemon", "Off"],
  ["Flush", 1],
  ["Log_Level", "info"],
  ["Parsers_File", "/fluent-bit/etc/parsers.conf"],
  ["HTTP_Server", "On"],
  ["HTTP_Listen", "0.0.0.0"],
  ["HTTP_Port", FLUENT_BIT_PORT],
  ["Health_Check", "On"],
  ["storage.path", `${STATE_FOLDER}/buffer`],
  ["storage.metrics", "On"],
];

const INPUT: Entries = [
  ["Name", "tail"],
  ["Tag", "kube.*"],
  ["Path", "/var/log/containers/*.log"],
  // Its own complaint about a line that it cannot deliver would be the next such line.
  ["Exclude_Path", `/var/log/containers/*_${CHARTS.fluentBit.namespace}_*.log`],
  ["multiline.parser", "docker, cri"],
  ["DB", `${STATE_FOLDER}/positions.db`],
  // A new node has pods before it has Fluent Bit.
  ["Read_from_Head", "On"],
  ["Skip_Long_Lines", "On"],
  ["storage.type", "filesystem"],
];

const FILTER: Entries = [
  ["Name", "kubernetes"],
  ["Match", "kube.*"],
  // The line stays as it was printed; whoever asks takes JSON apart (`| json`).
  ["Merge_Log", "Off"],
  ["Annotations", "Off"],
  // Enough for the description of a pod with many containers; what is larger would lose its labels.
  ["Buffer_Size", "256k"],
  // A pod may ask that its output is not collected.
  ["K8S-Logging.Exclude", "On"],
];

const OUTPUT: Entries = [
  ["Name", "loki"],
  ["Match", "kube.*"],
  ["Host", LOKI_ADDRESS.host],
  ["Port", LOKI_ADDRESS.port],
  ["Labels", pairs(STREAM_LABELS)],
  ["Structured_Metadata", pairs(BESIDE_THE_LINE)],
  // What is left once these are gone is the line alone, and it is sent without quotes around it.
  ["Remove_Keys", "kubernetes, stream, time, _p"],
  ["Drop_Single_Key", "raw"],
  ["Retry_Limit", "no_limits"],
  ["storage.total_limit_size", BUFFER_LIMIT],
];

function pairs(entries: Readonly<Record<string, string>>): string {
  return Object.entries(entries)
    .map(([key, value]) => `${key}=${value}`)
    .join(", ");
}

function section(name: string, entries: Entries): string {
  return [`[${name}]`, ...entries.map(([key, value]) => `    ${key} ${value}`), ""].join("\n");
}
