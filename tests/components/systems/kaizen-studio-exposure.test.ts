import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { byName, type Recording } from "../../../plan/recording.ts";
import { KaizenStudio } from "../../../systems/index.ts";
import { BARE_CAPABILITIES, fullCapabilities } from "../../support/capabilities.ts";
import { recordStudio } from "../../support/kaizen-studio-recording.ts";
import { outline, recordOn } from "../../support/recorded-program.ts";
import { kaizenSettings } from "../../support/workload-fixtures.ts";

interface IngressPath {
  readonly path: string;
  readonly pathType: string;
  readonly backend: {
    readonly service: { readonly name: string; readonly port: { number: number } };
  };
}

interface IngressRule {
  readonly from: readonly {
    readonly namespaceSelector: { readonly matchLabels: Readonly<Record<string, string>> };
  }[];
  readonly ports: readonly { readonly port: number }[];
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

  it("lets in the ingress controller, and monitoring at the backend only", async () => {
    const recording = await recordStudio();
    const callers = (part: string) => {
      const name = `kaizen-studio-connections-${part}-policy`;
      const { policyTypes, ingress } = inputsOf(recording, name)["spec"] as {
        policyTypes: string[];
        ingress: IngressRule[];
      };
      assert.deepEqual(policyTypes, ["Ingress"]);
      return ingress.map(({ from, ports }) => {
        const { matchLabels } = from[0]?.namespaceSelector ?? assert.fail();
        return `${matchLabels["kubernetes.io/metadata.name"] ?? ""}:${ports[0]?.port ?? ""}`;
      });
    };
    assert.deepEqual(callers("backend"), ["ingress-nginx:8000", "monitoring:8000"]);
    assert.deepEqual(callers("frontend"), ["ingress-nginx:8080"]);
  });

  it("runs on a platform with nothing on, reached by nobody", async () => {
    const recording = await recordStudio({ guard: "relaxed", capabilities: BARE_CAPABILITIES });
    const kinds = outline(recording).map((line) => line.split(" ")[0]);
    for (const kind of ["Ingress", "Route", "ServiceMonitor"]) assert.ok(!kinds.includes(kind));
    assert.equal(kinds.filter((kind) => kind === "NetworkPolicy").length, 2);
  });

  it("refuses what its check refuses, and sign-in without TLS under guard strict", async () => {
    const bad = recordOn(({ providers, earlier }) => {
      const { issuers, ...capabilities } = fullCapabilities(earlier);
      assert.ok(issuers.names.length > 0);
      const settings = { ...kaizenSettings, debug: true };
      const secrets = { azureClientSecret: pulumi.secret("from-config") };
      const args = { settings, secrets, guard: "strict" as const, capabilities };
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
