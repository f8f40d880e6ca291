import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { parse } from "yaml";
import type { NetworkPeer } from "../../components/core/cluster-handle.ts";
import { selectorLabels } from "../../components/core/labels.ts";
import type { PodPeer } from "../../components/core/platform-capabilities.ts";
import type { Connection } from "../../components/workloads/index.ts";
import { asObject, objectsAt, objectAt, textAt, type Json } from "../../plan/model/json.ts";
import type { Actor } from "./cyclonus.ts";

export type Protocol = "TCP" | "UDP";

export interface PortOf {
  readonly port: number;
  readonly protocol: Protocol;
}

/** What somebody stated that may happen. */
export interface Edge {
  readonly from: (actor: Actor) => boolean;
  readonly to: (actor: Actor) => boolean;
  readonly ports: readonly PortOf[];
}

/** The network of one system as a plan has it. */
export interface PlannedNetwork {
  readonly namespace: string;
  readonly policies: readonly Json[];
  /** Everybody whose calls are judged: the system's pods, those it names, and strangers. */
  readonly actors: readonly Actor[];
  readonly edges: readonly Edge[];
  /** Every port that any of them listens on or names, and some that nobody does. */
  readonly ports: readonly PortOf[];
}

/** Labels and port of the pods by which cert-manager answers a challenge; it makes them itself. */
const SOLVER = { label: "acme.cert-manager.io/http01-solver", port: 8089 };

const DNS_PORTS: readonly PortOf[] = [
  { port: 53, protocol: "UDP" },
  { port: 53, protocol: "TCP" },
];

/** Ports that no edge should open: shells, the web, the API server, a port at random. */
const STRANGE_PORTS = [22, 80, 443, 6443, 31999].map(tcp);

function tcp(port: number): PortOf {
  return { port, protocol: "TCP" };
}

/** Reads who there is and what was stated from a written plan, all but the policies from elsewhere. */
export function plannedNetwork(planFolder: string, namespace: string): PlannedNetwork {
  const objects = readManifests(path.join(planFolder, "manifests"));
  const stated = readStated(planFolder, namespace);
  const labels = namespaceLabels(objects, namespace);
  const templates = objects
    .filter((object) => textAt(object, "metadata", "namespace") === namespace)
    .flatMap((object) => podTemplatesIn(object));
  const pods = templates.map(({ title, labels: podLabels }) => ({
    title,
    inside: { namespace, namespaceLabels: labels, podLabels },
  }));
  const outsiders = distinct([...stated.peers, stated.dns.pods, ...stated.controllers]).map(
    (peer) => ({ title: describePeer(peer), inside: insideOf(peer) }),
  );
  const solver = {
    title: "challenge solver",
    inside: { namespace, namespaceLabels: labels, podLabels: { [SOLVER.label]: "true" } },
  };
  const ranges = [...stated.ranges, ...stated.dns.addresses];
  const actors = [
    ...pods,
    solver,
    ...outsiders,
    ...strangers(pods, outsiders, namespace, labels),
    ...ranges.map(({ cidr }) => ({ title: cidr, address: cidr.split("/")[0] ?? cidr })),
  ].map((actor, index): Actor => ({ ip: `10.244.${index >> 8}.${index & 255}`, ...actor }));
  const edges = edgesOf(stated, namespace);
  return {
    namespace,
    policies: objects.filter((object) => object["kind"] === "NetworkPolicy"),
    actors,
    edges,
    ports: distinct([
      ...templates.flatMap(({ ports }) => ports),
      ...edges.flatMap(({ ports }) => ports),
      ...STRANGE_PORTS,
    ]),
  };
}

/** Pods and addresses that nobody named, so that everything they try must fail. */
function strangers(
  pods: readonly { readonly title: string; readonly inside: Inside }[],
  outsiders: readonly { readonly title: string; readonly inside: Inside }[],
  namespace: string,
  labels: Labels,
) {
  const elsewhere = { namespace: "another", namespaceLabels: metadataName("another") };
  return [
    {
      title: "pod without labels",
      inside: { namespace, namespaceLabels: labels, podLabels: {} },
    },
    ...pods.map(({ title, inside }) => ({
      title: `${title} of another namespace`,
      inside: { ...inside, ...elsewhere },
    })),
    ...outsiders.map(({ title, inside }) => ({
      title: `neighbour of ${title}`,
      inside: { ...inside, podLabels: { app: "neighbour" } },
    })),
    { title: "the internet", address: "203.0.113.7" },
    { title: "metadata of the node", address: "169.254.169.254" },
  ];
}

type Labels = Readonly<Record<string, string>>;
type Inside = NonNullable<Actor["inside"]>;

interface Stated {
  readonly system: string;
  readonly allowed: readonly Connection[];
  readonly peers: readonly PodPeer[];
  readonly ranges: readonly NetworkPeer[];
  readonly dns: { readonly pods: PodPeer; readonly addresses: readonly NetworkPeer[] };
  /** Who brings HTTP in, where it fetches answers to challenges. */
  readonly controllers: readonly PodPeer[];
}

/** The arguments of the components that state connections, as the plan recorded them. */
function readStated(planFolder: string, namespace: string): Stated {
  const text = fs.readFileSync(path.join(planFolder, "resources.json"), "utf8");
  const inputsOf = (component: string): Json[] =>
    (JSON.parse(text) as { type: string; inputs: Json }[])
      .filter(({ type }) => type === `slipway:workloads:${component}`)
      .map(({ inputs }) => inputs)
      .filter((inputs) => inputs["namespace"] === namespace);
  const allowed = inputsOf("Connections").flatMap(
    ({ allowed: list }) => list as readonly Connection[],
  );
  const [home] = inputsOf("SystemNamespace");
  const route = inputsOf("Route").find(({ tls }) => tls !== undefined);
  return {
    system: textAt(home, "system") ?? "",
    allowed,
    peers: allowed.flatMap(({ from, to }) =>
      [from, to].flatMap((end) => ("pods" in end ? listOf(end.pods) : [])),
    ),
    ranges: allowed.flatMap(({ to }) => ("addresses" in to ? to.addresses : [])),
    dns: home?.["dns"] as Stated["dns"],
    controllers: listOf(route?.["controller"] as PodPeer | PodPeer[] | undefined),
  };
}

function edgesOf(stated: Stated, namespace: string): Edge[] {
  const { system, allowed, dns, controllers } = stated;
  const own = (labels: Labels) => (actor: Actor) =>
    actor.inside?.namespace === namespace && has(actor.inside.podLabels, labels);
  const end = (
    side: { readonly part: string } | { readonly pods: PodPeer | readonly PodPeer[] },
  ) =>
    "part" in side
      ? own(selectorLabels({ system, component: side.part }))
      : isAnyPeer(listOf(side.pods));
  return [
    ...allowed.flatMap((connection): Edge[] =>
      "port" in connection
        ? [{ from: end(connection.from), to: end(connection.to), ports: [tcp(connection.port)] }]
        : connection.to.addresses.map(({ cidr, ports }) => ({
            from: end(connection.from),
            to: isWithin(cidr, namespace),
            ports,
          })),
    ),
    { from: own({}), to: isPeer(dns.pods), ports: DNS_PORTS },
    ...dns.addresses.map(({ cidr, ports }) => ({
      from: own({}),
      to: isWithin(cidr, namespace),
      ports,
    })),
    {
      from: isAnyPeer(controllers),
      to: own({ [SOLVER.label]: "true" }),
      ports: [tcp(SOLVER.port)],
    },
  ];
}

const isPeer = (peer: PodPeer) => (actor: Actor) =>
  actor.inside !== undefined &&
  has(actor.inside.namespaceLabels, peer.namespaceLabels) &&
  has(actor.inside.podLabels, peer.podLabels ?? {});

const isAnyPeer = (peers: readonly PodPeer[]) => (actor: Actor) =>
  peers.some((peer) => isPeer(peer)(actor));

function listOf(peers: PodPeer | readonly PodPeer[] | undefined): readonly PodPeer[] {
  if (peers === undefined) return [];
  return "namespaceLabels" in peers ? [peers] : peers;
}

/**
 * Whether somebody is reached at an address of a range. A range may hold addresses of pods as well, as
 * the widest does; pods of the namespace itself still let nobody in but whom an edge names.
 */
const isWithin = (cidr: string, namespace: string) => {
  const [network = "", prefix = ""] = cidr.split("/");
  const list = new net.BlockList();
  const family = net.isIPv6(network) ? "ipv6" : "ipv4";
  list.addSubnet(network, Number(prefix), family);
  return ({ address, ip, inside }: Actor) =>
    inside?.namespace !== namespace && list.check(address ?? ip, family);
};

function has(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

function describePeer({ namespaceLabels: labels, podLabels = {} }: PodPeer): string {
  return [...Object.values(labels), ...Object.values(podLabels)].join(" ");
}

function insideOf({ namespaceLabels: labels, podLabels = {} }: PodPeer): Inside {
  const namespace = labels["kubernetes.io/metadata.name"] ?? "unnamed";
  return { namespace, namespaceLabels: labels, podLabels };
}

function metadataName(namespace: string): Labels {
  return { "kubernetes.io/metadata.name": namespace };
}

function namespaceLabels(objects: readonly Json[], name: string): Labels {
  const namespace = objects.find(
    (object) => object["kind"] === "Namespace" && textAt(object, "metadata", "name") === name,
  );
  const labels = objectAt(namespace, "metadata", "labels") as Labels;
  return { ...labels, ...metadataName(name) };
}

function podTemplatesIn(object: Json) {
  const template = [
    objectAt(object, "spec", "template"),
    objectAt(object, "spec", "jobTemplate", "spec", "template"),
  ].find((found) => Object.keys(objectAt(found, "spec")).length > 0);
  if (template === undefined) return [];
  const ports = objectsAt(template, "spec", "containers")
    .flatMap((container) => objectsAt(container, "ports"))
    .map(({ containerPort }) => tcp(Number(containerPort)));
  const title = `${textAt(object, "kind") ?? ""} ${textAt(object, "metadata", "name") ?? ""}`;
  return [{ title, labels: objectAt(template, "metadata", "labels") as Labels, ports }];
}

function readManifests(folder: string): Json[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml"))
    .toSorted()
    .map((file) => asObject(parse(fs.readFileSync(path.join(folder, file), "utf8"))));
}

function distinct<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
