import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { byName, type Recording } from "../../../plan/recording.ts";
import { KaizenStudio } from "../../../systems/index.ts";
import { BARE_CAPABILITIES, fullCapabilities } from "../../support/capabilities.ts";
import { recordStudio } from "../../support/kaizen-studio-recording.ts";
import { outline, recordOn } from "../../support/recorded-program.ts";
import { kaizenSettings, RUNBOOKS, STORAGE_CLASSES } from "../../support/workload-fixtures.ts";

interface IngressPath {
  readonly path: string;
  readonly pathType: string;
  readonly backend: {
    readonly service: { readonly name: string; readonly port: { number: number } };
  };
}

interface Peer {
  readonly ipBlock?: { readonly cidr: string };
  readonly namespaceSelector?: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly podSelector?: { readonly matchLabels: Readonly<Record<string, string>> };
}

interface PolicyRule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports: readonly { readonly port: number }[];
}

interface PolicySpec {
  readonly ingress?: readonly PolicyRule[];
  readonly egress?: readonly PolicyRule[];
}

/** The addresses or the namespace of a peer outside, or the part of one inside. */
function peerName({ namespaceSelector, podSelector, ipBlock }: Peer): string {
  return (
    ipBlock?.cidr ??
    namespaceSelector?.matchLabels["kubernetes.io/metadata.name"] ??
    podSelector?.matchLabels["app.kubernetes.io/component"] ??
    "anybody"
  );
}

const inputsOf = (recording: Recording, name: string) => byName(recording, name).inputs;

describe("KaizenStudio, seen from outside", () => {
  it("routes the published paths, and metrics to nobody outside under guard strict", async () => {
    const pathsUnder = async (guard: "strict" | "relaxed") => {
      const { spec } = inputsOf(await recordStudio({ guard }), "kaizen-studio-route-ingress") as {
        spec: { rules: { http: { paths: IngressPath[] } }[] };
      };
      return spec.rules.flatMap(({ http }) =>
        http.paths.map(
          ({ path, pathType, backend }) =>
            `${pathType} ${path} ${backend.service.name}:${backend.service.port.number}`,
        ),
      );
    };
    const strict = [
      "Prefix /api backend-service:8000",
      "Prefix /docs backend-service:8000",
      "Prefix /redoc backend-service:8000",
      "Exact /openapi.json backend-service:8000",
      "Exact /health backend-service:8000",
      "Prefix / frontend-service:80",
    ];
    assert.deepEqual(await pathsUnder("strict"), strict);
    assert.deepEqual(
      await pathsUnder("relaxed"),
      strict.toSpliced(5, 0, "Exact /metrics backend-service:8000"),
    );
  });

  it("opens the edges that are listed, from both ends, and no others", async () => {
    const recording = await recordStudio();
    const edges = (part: string) => {
      const name = `kaizen-studio-connections-${part}-policy`;
      const { ingress = [], egress = [] } = inputsOf(recording, name)["spec"] as PolicySpec;
      const rule = (word: string, peers: readonly Peer[], ports: PolicyRule["ports"]) =>
        `${word} ${peers.map(peerName).join()}:${ports[0]?.port ?? ""}`;
      return [
        ...ingress.map(({ from = [], ports }) => rule("from", from, ports)),
        ...egress.map(({ to = [], ports }) => rule("to", to, ports)),
      ].toSorted();
    };
    assert.deepEqual(edges("backend"), [
      "from ingress-nginx:8000",
      "from monitoring:8000",
      "to 203.0.113.0/24:443",
      "to postgres:5432",
      "to redis:6379",
    ]);
    assert.deepEqual(edges("frontend"), ["from ingress-nginx:8080"]);
    assert.deepEqual(edges("migration"), ["to postgres:5432"]);
    assert.deepEqual(edges("postgres"), [
      "from backend:5432",
      "from migration:5432",
      "from monitoring:9187",
      "from postgres-backup:5432",
    ]);
    assert.deepEqual(edges("redis"), [
      "from backend:6379",
      "from monitoring:9121",
      "from redis-backup:6379",
    ]);
    assert.deepEqual(edges("postgres-backup"), ["to postgres:5432"]);
    assert.deepEqual(edges("redis-backup"), ["to redis:6379"]);
  });

  it("runs on a platform with nothing on, reached by nobody", async () => {
    const recording = await recordStudio({ guard: "relaxed", capabilities: BARE_CAPABILITIES });
    const kinds = outline(recording).map((line) => line.split(" ")[0]);
    for (const kind of ["Ingress", "Route", "ServiceMonitor"]) assert.ok(!kinds.includes(kind));
    // What is left: default and DNS, and the edges between backend, migration, data stores and backups.
    assert.equal(kinds.filter((kind) => kind === "NetworkPolicy").length, 8);
  });

  it("refuses what its check refuses, and sign-in without TLS under guard strict", async () => {
    const bad = recordOn(({ providers, earlier }) => {
      const { issuers, ...capabilities } = fullCapabilities(earlier);
      assert.ok(issuers.names.length > 0);
      const settings = { ...kaizenSettings, debug: true };
      const secrets = { azureClientSecret: pulumi.secret("from-config") };
      const args = {
        settings,
        secrets,
        guard: "strict" as const,
        capabilities,
        storageClasses: STORAGE_CLASSES,
        runbooks: RUNBOOKS,
      };
      return new KaizenStudio("kaizen-studio", args, { providers });
    });
    await assert.rejects(bad, {
      message: [
        "Invalid arguments:",
        "1. debug: got true, expected false, because slipway:guard is strict. " +
          "Turn it off: debug pages show the inside of the system to whoever asks.",
        '2. issuer: got "letsencrypt-prod", expected a platform that issues certificates, because ' +
          "slipway:guard is strict. Turn slipway:platform.certManager on.",
      ].join("\n"),
    });
  });
});
