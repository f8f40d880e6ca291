import assert from "node:assert/strict";
import { fluentBitConfig } from "../../../components/platform/fluent-bit-config.ts";
import { fluentBitValues } from "../../../components/platform/fluent-bit.ts";
import { LOGGING_DEFAULTS } from "../../../components/platform/logging-settings.ts";

type Section = [name: string, entries: Record<string, string>];

/** Sections of Fluent Bit's classic form. */
function sectionsOf(text: string): Section[] {
  return text
    .split(/^(?=\[)/m)
    .filter((part) => part.trim() !== "")
    .map((part) => {
      const [head = "", ...lines] = part.trimEnd().split("\n");
      const entries = lines.map((line): [string, string] => {
        const match = /^ {4}(\S+) (.+)$/.exec(line);
        assert.ok(match, `not an entry: ${line}`);
        return [match[1] ?? "", match[2] ?? ""];
      });
      assert.equal(new Set(entries.map(([key]) => key)).size, entries.length, head);
      return [head, Object.fromEntries(entries)];
    });
}

const CONFIG = fluentBitConfig();
const only = (text: string, head: string): Record<string, string> => {
  const sections = sectionsOf(text);
  assert.deepEqual(
    sections.map(([name]) => name),
    [head],
  );
  return sections[0]?.[1] ?? {};
};

describe("fluentBitConfig", () => {
  const service = only(CONFIG.service, "[SERVICE]");
  const input = only(CONFIG.inputs, "[INPUT]");
  const filter = only(CONFIG.filters, "[FILTER]");
  const output = only(CONFIG.outputs, "[OUTPUT]");

  it("sends to Loki under its own name, and to nothing that the chart has in mind (D-90)", () => {
    const { Name, Host, Port } = output;
    assert.deepEqual(
      { Name, Host, Port },
      { Name: "loki", Host: "loki.logging.svc", Port: "3100" },
    );
    assert.doesNotMatch(JSON.stringify(CONFIG), /elasticsearch/);
  });

  it("hands on exactly what it reads", () => {
    assert.equal(input["Tag"], "kube.*");
    assert.equal(filter["Match"], input["Tag"]);
    assert.equal(output["Match"], input["Tag"]);
  });

  it("does not read itself, whose complaint about a line would be another such line", () => {
    const glob = input["Exclude_Path"] ?? "";
    const pattern = new RegExp(`^${glob.replaceAll(".", "\\.").replaceAll("*", ".*")}$`);
    const folder = "/var/log/containers";
    assert.match(`${folder}/fluent-bit-x7k2p_fluent-bit_fluent-bit-0123abcd.log`, pattern);
    assert.doesNotMatch(`${folder}/loki-0_logging_loki-0123abcd.log`, pattern);
  });

  it("finds lines by the labels that all pods have (B-32), and pods beside the line", () => {
    const labels = (output["Labels"] ?? "").split(", ").map((pair) => pair.split("=")[0]);
    assert.deepEqual(labels, ["collector", "namespace", "app", "component", "container"]);
    const beside = (output["Structured_Metadata"] ?? "").split(", ");
    assert.deepEqual(
      beside.map((pair) => pair.split("=")[0]),
      ["pod", "node", "stream"],
    );
  });

  it("keeps a line as it was printed", () => {
    assert.equal(filter["Merge_Log"], "Off");
    assert.equal(output["Drop_Single_Key"], "raw");
    // Or more than the line would be left, and it would be sent as JSON.
    assert.deepEqual((output["Remove_Keys"] ?? "").split(", "), [
      "kubernetes",
      "stream",
      "time",
      "_p",
    ]);
  });

  it("holds lines on the node while Loki is away, up to a limit", () => {
    assert.equal(input["storage.type"], "filesystem");
    assert.ok(service["storage.path"]?.startsWith("/var/lib/fluent-bit/"));
    assert.equal(output["Retry_Limit"], "no_limits");
    assert.equal(output["storage.total_limit_size"], "500M");
  });

  it("has nothing that Helm would take for a template", () => {
    for (const text of Object.values(CONFIG)) assert.doesNotMatch(text, /\{\{/);
  });
});

describe("fluentBitValues", () => {
  const values = fluentBitValues(LOGGING_DEFAULTS, true) as Record<string, unknown>;

  it("mounts every folder that its configuration names, and writes in one of them alone", () => {
    const volumes = values["daemonSetVolumes"] as { name: string; hostPath: { path: string } }[];
    const mounts = values["daemonSetVolumeMounts"] as Record<string, unknown>[];
    assert.deepEqual(
      mounts.map(({ name }) => name),
      volumes.map(({ name }) => name),
    );
    const writable = mounts.filter(({ readOnly }) => readOnly !== true);
    assert.deepEqual(writable, [{ name: "state", mountPath: "/var/lib/fluent-bit" }]);
    const input = only(CONFIG.inputs, "[INPUT]");
    const places = [input["Path"], input["DB"]].map(String);
    for (const place of places) {
      assert.ok(
        volumes.some(({ hostPath }) => place.startsWith(`${hostPath.path}/`)),
        place,
      );
    }
  });

  it("runs on every node, as root without any capability", () => {
    assert.deepEqual(values["tolerations"], [{ operator: "Exists" }]);
    assert.deepEqual(values["securityContext"], {
      runAsUser: 0,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
  });

  it("is watched, with an alert, where that is understood", () => {
    const rules = (values["prometheusRule"] as { rules: { alert: string }[] }).rules;
    assert.deepEqual(
      rules.map(({ alert }) => alert),
      ["LogsNotArriving"],
    );
    const unwatched = fluentBitValues(LOGGING_DEFAULTS, false);
    assert.deepEqual(unwatched["prometheusRule"], { enabled: false });
    assert.deepEqual(unwatched["serviceMonitor"], { enabled: false });
  });
});
