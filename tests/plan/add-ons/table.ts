import { CHARTS, type ChartPin } from "../../../components/platform/index.ts";
import type { PlatformSettings } from "../../../components/platform/settings.ts";
import { stackFileSchemaText } from "../../../config/stack-file-schema.ts";
import { shippedPlatforms, variantValues } from "../../../plan/charts/platform-variants.ts";
import { asObject, objectAt, textAt } from "../../../plan/model/json.ts";

type AddOn = Exclude<keyof PlatformSettings, "imageMirrorPrefix" | "routes" | "secretBackend">;

/** The charts of each add-on. Leaving one out does not compile, or fails the test of the page. */
const CHARTS_OF: Readonly<Record<AddOn, readonly (keyof typeof CHARTS)[]>> = {
  certManager: ["certManager"],
  ingressNginx: ["ingressNginx"],
  envoyGateway: ["envoyGateway"],
  monitoring: ["prometheusOperatorCrds", "kubePrometheusStack"],
  metricsServer: ["metricsServer"],
  prometheusAdapter: ["prometheusAdapter"],
  verticalPodAutoscaler: ["verticalPodAutoscaler"],
  admission: [],
  clusterAutoscaler: ["clusterAutoscaler"],
  loadBalancerController: ["loadBalancerController"],
  externalDns: ["externalDns"],
  velero: ["velero"],
  postgresOperator: ["postgresOperator", "postgresArchiver"],
  externalSecrets: ["externalSecrets"],
  sealedSecrets: ["sealedSecrets"],
  logging: ["loki", "fluentBit"],
  tracing: ["jaeger"],
};

/** Charts that no add-on of the page has. */
export function chartsLeftOut(): string[] {
  const listed = new Set<string>(Object.values(CHARTS_OF).flat());
  return Object.keys(CHARTS).filter((chart) => !listed.has(chart));
}

const KINDS = ["existing", "gke", "eks", "aks"] as const;

/** What stands on the page about the add-ons: between these two lines. */
const BEGIN = "<!-- add-ons: node tests/plan/add-ons/update.ts -->";
const END = "<!-- /add-ons -->";

/** The page with the table as it is now. Throws where the page has no place for it. */
export async function pageWithTable(page: string): Promise<string> {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`The page has no ${BEGIN} before a ${END}.`);
  const before = page.slice(0, begin + BEGIN.length);
  return `${before}\n${await addOnTable()}\n${page.slice(end)}`;
}

async function addOnTable(): Promise<string> {
  const described = descriptions();
  const installed = await installedByKind();
  const rows = (Object.keys(CHARTS_OF) as AddOn[]).map((addOn) => {
    const pins: readonly ChartPin[] = CHARTS_OF[addOn].map((chart) => CHARTS[chart]);
    const cells = [
      `\`${addOn}\``,
      described[addOn] ?? "",
      pins.map(({ chart, version }) => `${chart} ${version}`).join(", ") ||
        "none: Kubernetes itself",
      [...new Set(pins.map(({ namespace }) => `\`${namespace}\``))].join(", ") || "none",
      ...KINDS.map((kind) => installed.get(kind)?.(addOn, pins) ?? ""),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    "<!-- prettier-ignore-start -->",
    "",
    `| Add-on | What for | Chart | Namespace | ${KINDS.map((kind) => `On ${kind}`).join(" | ")} |`,
    `| ${Array.from({ length: 4 + KINDS.length }, () => "---").join(" | ")} |`,
    ...rows,
    "",
    "<!-- prettier-ignore-end -->",
  ].join("\n");
}

/** What each add-on is for, as the schema of the stack files says it. */
function descriptions(): Partial<Record<string, string>> {
  const schema = asObject(JSON.parse(stackFileSchemaText()));
  const config = objectAt(schema, "properties", "config");
  const sections = objectAt(config, "properties", "slipway:platform", "properties");
  return Object.fromEntries(
    Object.entries(sections).map(([addOn, section]) => {
      const text = textAt(asObject(section), "description") ?? "";
      // The ids of rows say nothing to who looks for an add-on.
      return [addOn, text.replace(/ \([A-Z]-\d\d(, [A-Z]-\d\d)*\)$/, "")];
    }),
  );
}

type Installed = (addOn: AddOn, pins: readonly ChartPin[]) => string;

/** For each kind of cluster, whether an add-on is there as the stacks are shipped. */
async function installedByKind(): Promise<ReadonlyMap<string, Installed>> {
  const shipped = await Promise.all(
    shippedPlatforms().map(async (variant): Promise<[string, Installed]> => {
      const charts = new Set((await variantValues(variant)).map(({ chart }) => chart));
      return [
        variant.name,
        (addOn, pins) => {
          if (!variant.platform[addOn].enabled) return "off";
          return pins.every(({ chart }) => charts.has(chart)) ? "on" : "not needed";
        },
      ];
    }),
  );
  return new Map(shipped);
}
