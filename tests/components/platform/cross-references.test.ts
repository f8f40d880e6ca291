import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { Platform, webhookPorts, type PlatformArgs } from "../../../components/platform/index.ts";
import { checkPlatform } from "../../../components/platform/check.ts";
import { aliasServices } from "../../../components/platform/monitoring.ts";
import { PROMETHEUS_URL } from "../../../components/platform/monitoring-values.ts";
import { describePlanProblem, judge } from "../../../plan/judge/index.ts";
import { asObject, asObjects, objectAt, textAt, type Json } from "../../../plan/model/json.ts";
import { planModel, type PlanModel } from "../../../plan/model/plan-model.ts";
import { byType, type Recording } from "../../../plan/recording.ts";
import { STAND_IN_CHARTS } from "../../../local/providers/kubernetes/helm/charts/index.ts";
import { alertSecretsOf, EVERY_ADD_ON } from "../../support/platform-fixtures.ts";
import { recordOn } from "../../support/recorded-program.ts";

const RUNBOOKS = path.resolve(import.meta.dirname, "../../../docs/runbooks");

/** Ports that every control plane reaches on every node. */
const ALWAYS_REACHED = [443, 10250];

interface Recorded {
  readonly recording: Recording;
  readonly model: PlanModel;
  readonly platform: Platform;
}

async function recordPlatform(args: PlatformArgs): Promise<Recorded> {
  let platform: Platform | undefined;
  const recording = await recordOn(({ providers }) => {
    const withSecrets = { ...args, alertSecrets: alertSecretsOf() };
    platform = new Platform("platform", withSecrets, { providers });
  });
  assert.ok(platform);
  const nodePools = [{ name: "general", cpu: "8", memory: "32Gi", minNodes: 3, maxNodes: 9 }];
  const { storageClasses } = args.cluster;
  const resources = recording.resources.filter(({ name }) => name !== "test-earlier");
  const model = planModel({ ...recording, resources }, { nodePools, storageClasses });
  return { recording, platform, model };
}

const off = (args: PlatformArgs, name: string): PlatformArgs => ({
  ...args,
  [name]: { ...asObject((args as unknown as Json)[name]), enabled: false },
});

/** The platform without an add-on, and without those that the checks do not let go on without it. */
function without(args: PlatformArgs, name: string): PlatformArgs {
  const others = checkPlatform(off(args, name), args.guard).flatMap(
    ({ path }) => /^(\w+)\.enabled$/.exec(path)?.[1] ?? [],
  );
  const left = others.reduce(off, off(args, name));
  return { ...left, routes: left.ingressNginx.enabled ? left.routes : "gateway" };
}

/** All add-ons on, and each in turn off. */
function platforms(): [title: string, args: PlatformArgs][] {
  const names = Object.entries(EVERY_ADD_ON as unknown as Json).filter(
    ([name, settings]) => name !== "admission" && "enabled" in asObject(settings),
  );
  return [
    ["all on", EVERY_ADD_ON],
    ...names.map(([name]): [string, PlatformArgs] => [`${name} off`, without(EVERY_ADD_ON, name)]),
  ];
}

/** Services as the program and its charts make them, as `name.namespace`. */
function services({ model }: Recorded): Map<string, Json> {
  const charts = model.releases.flatMap((release) => {
    const spec = { ...release, createNamespace: false, skipCrds: true, skipAwait: false };
    const helm = { ...spec, atomic: true, timeoutSeconds: 300, maxHistory: 5 };
    return STAND_IN_CHARTS[release.chart]?.objects(helm as never) ?? [];
  });
  const own = model.ofKind("Service").map(({ body }) => body);
  return new Map(
    [...charts, ...own]
      .filter((object) => object["kind"] === "Service")
      .map((service) => {
        const { name = "", namespace = "" } = objectAt(service, "metadata");
        return [`${String(name)}.${String(namespace)}`, objectAt(service, "spec")];
      }),
  );
}

/** Every text in objects and values. */
function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(texts);
}

/** Addresses of Services, with their ports where these are named. */
function addressesIn(text: string): { readonly service: string; readonly port?: number }[] {
  const pattern = /\b([a-z0-9-]+\.[a-z0-9-]+)\.svc(?:\.cluster\.local)?(?![a-z0-9.-])(?::(\d+))?/g;
  return [...text.matchAll(pattern)].map(([, service = "", port]) =>
    port === undefined ? { service } : { service, port: Number(port) },
  );
}

const portsOf = (service: Json | undefined) =>
  asObjects(service?.["ports"]).map(({ port }) => port as number);

describe("what the parts of the platform say of each other", function () {
  this.timeout(30_000);

  for (const [title, args] of platforms()) {
    it(`${title}: the control plane is let through to each webhook, and to nothing else`, async () => {
      const { recording } = await recordPlatform(args);
      const homes = byType(recording, "slipway:platform:AddOnNamespace");
      const opened = homes.flatMap(({ inputs }) => {
        const { webhooks = [] } = asObject(inputs["traffic"]) as { webhooks?: number[] };
        return webhooks.filter((port) => !ALWAYS_REACHED.includes(port));
      });
      assert.deepEqual(
        [...new Set(webhookPorts(args))].toSorted(),
        [...new Set(opened)].toSorted(),
      );
    });

    it(`${title}: no class, Secret, issuer or kind is named that is not there`, async () => {
      const { model } = await recordPlatform(args);
      assert.deepEqual(judge(model).map(describePlanProblem), []);
    });

    it(`${title}: no address of a Service is named that no chart makes`, async () => {
      const recorded = await recordPlatform(args);
      const known = services(recorded);
      const { objects, releases } = recorded.model;
      const said = [...objects.map(({ body }) => body), ...releases.map(({ values }) => values)];
      const wrong = said
        .flatMap(texts)
        .flatMap(addressesIn)
        .filter(({ service, port }) => {
          const ports = portsOf(known.get(service));
          return ports.length === 0 || (port !== undefined && !ports.includes(port));
        });
      assert.deepEqual(wrong, []);
    });
  }

  it("finds addresses as programs write them", () => {
    const text =
      "http://a.b.svc:80/x, tcp://c.d.svc.cluster.local:4317 e.f.svc, not g.h.svc.example";
    assert.deepEqual(addressesIn(text), [
      { service: "a.b", port: 80 },
      { service: "c.d", port: 4317 },
      { service: "e.f" },
    ]);
  });

  it("definitions that Helm never upgrades are on the page that says how it is done", async () => {
    const page = fs.readFileSync(path.join(RUNBOOKS, "upgrade-definitions.md"), "utf8");
    const { recording } = await recordPlatform(EVERY_ADD_ON);
    const charts = byType(recording, "kubernetes:helm.sh/v3:Release")
      .filter(({ inputs }) => inputs["skipCrds"] === false)
      .map(({ inputs }) => path.posix.basename(String(inputs["chart"])));
    assert.ok(charts.length > 0);
    for (const chart of charts)
      assert.match(page, new RegExp(`^\\| \`${chart}\` +\\|`, "m"), chart);
  });

  it("PROMETHEUS_URL is a Service of the chart, with its port", async () => {
    const known = services(await recordPlatform(EVERY_ADD_ON));
    const [address] = addressesIn(PROMETHEUS_URL.host);
    assert.ok(address);
    assert.ok(portsOf(known.get(address.service)).includes(PROMETHEUS_URL.port));
  });

  it("the further names of Services select the pods of the chart's own", async () => {
    const known = [...services(await recordPlatform(EVERY_ADD_ON)).values()];
    for (const [name, { spec }] of Object.entries(aliasServices())) {
      const { selector } = spec as { selector: Json };
      const same = known.filter(
        (service) =>
          JSON.stringify(sorted(objectAt(service, "selector"))) ===
          JSON.stringify(sorted(selector)),
      );
      assert.ok(
        same.length >= 2,
        `${name}: nothing but the alias selects ${JSON.stringify(selector)}`,
      );
    }
  });

  it("network policies of systems name pods that Services of the charts select", async () => {
    const recorded = await recordPlatform(EVERY_ADD_ON);
    const { ingressController, monitoring } = recorded.platform.capabilities.networkPeers;
    const selectors = [...services(recorded)].map(([name, service]) => ({
      namespace: name.split(".")[1],
      selector: objectAt(service, "selector"),
    }));
    for (const peer of [...(ingressController ?? []), monitoring]) {
      assert.ok(peer?.podLabels);
      const { podLabels, namespaceLabels } = peer;
      const found = selectors.filter(
        ({ namespace, selector }) =>
          namespace === namespaceLabels["kubernetes.io/metadata.name"] &&
          Object.entries(podLabels).every(([key, value]) => textAt(selector, key) === value),
      );
      assert.ok(found.length > 0, JSON.stringify(peer));
    }
  });
});

const sorted = (map: Json) => Object.entries(map).toSorted(([a], [b]) => (a < b ? -1 : 1));
