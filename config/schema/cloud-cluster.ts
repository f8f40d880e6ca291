import { CLOUD_DEFAULTS } from "../../components/clusters/settings-defaults.ts";
import { POOL_ROLES, WEEKDAYS } from "../../components/clusters/settings.ts";
import { cloudName, range } from "./cloud-values.ts";
import {
  bytes,
  cpu,
  flag,
  host,
  list,
  nodePrefix,
  oneOf,
  section,
  someOf,
  text,
  time,
  wholeNumber,
  word,
} from "./values.ts";

const nodePool = section(
  { description: "Nodes of one kind.", rows: ["E-42"] },
  {
    name: nodePrefix({ description: "Name of the pool, unique in the cluster." }),
    role: oneOf(
      {
        description:
          "system: what the cluster itself runs. general: any pod. interruptible, high-performance: " +
          "tainted, for pods that ask for them.",
        rows: ["P-22"],
      },
      POOL_ROLES,
    ),
    machineType: word(
      {
        description: "The cloud's name of the size of a node.",
        rows: ["T-11", "T-12", "T-13"],
      },
      ["n2-standard-4", "t3.xlarge"],
    ),
    minNodes: wholeNumber(
      { description: "Fewest nodes of the pool in the whole cluster.", rows: ["D-79", "D-82"] },
      0,
      1000,
    ),
    maxNodes: wholeNumber(
      { description: "Most nodes of the pool in the whole cluster.", rows: ["D-79", "D-83"] },
      1,
      1000,
    ),
    diskGb: wholeNumber({ description: "Size of a node's disk in GB.", rows: ["T-11"] }, 20, 2000),
    spot: flag({
      description: "Nodes that the cloud may take away at any moment, for a fraction of the price.",
    }).default(CLOUD_DEFAULTS.nodePool.spot),
    cpu: cpu({
      description: "CPU of one node, for a machine type that is not known.",
    }).exactOptional(),
    memory: bytes({
      description: "Memory of one node, for a machine type that is not known.",
    }).exactOptional(),
  },
);

const exclusion = section(
  { description: "A time in which the cloud changes nothing on its own." },
  {
    name: nodePrefix({ description: "What it is for." }),
    from: time({ description: "Its beginning." }),
    until: time({ description: "Its end." }),
  },
);

const maintenance = section(
  { description: "When the cloud may change control plane and nodes on its own, in UTC." },
  {
    days: list(
      { description: "Days of the week." },
      oneOf({ description: "A day of the week." }, WEEKDAYS),
    ),
    start: text(
      { description: "Beginning of the window." },
      {
        expected: 'a time of day in quotes, such as "02:00"',
        examples: ["02:00", "03:30"],
        pattern: /^([01]\d|2[0-3]):[0-5]\d$/,
      },
    ),
    hours: wholeNumber({ description: "Length of the window in hours." }, 4, 24),
    exclusions: someOf(
      { description: "Times in which nothing may be changed, such as a sale." },
      exclusion,
    ).default([]),
  },
);

/** What a network has in every cloud; GKE and AKS add the range of the pods. */
export const networkShape = {
  cidr: range({
    description: "The network's own range: nodes, load balancers, the control plane, managed data.",
  }),
  services: range({ description: "Services of the cluster; outside cidr." }),
  peers: someOf(
    { description: "Ranges that this network is joined to, or may be; none of ours may overlap." },
    range({ description: "A range elsewhere." }),
  ).default([]),
};

/** The range of the pods, where they do not take addresses of the nodes' subnets. */
export const podRange = range({
  description: "Pods of the cluster; outside cidr. A node takes a /25 of it on GKE, a /24 on AKS.",
});

const principal = (description: string) =>
  word({ description }, ["group:platform@example.com", "arn:aws:iam::000000000000:role/platform"]);

/** What `slipway:cluster` holds in every cloud beside its kind, its account and its network. */
export const cloudShape = {
  name: cloudName({ description: "Names the cluster and everything made for it.", rows: ["T-11"] }),
  region: word({ description: "The region.", rows: ["T-11", "T-12", "T-13", "B-53"] }, [
    "us-central1",
    "us-east-1",
  ]),
  zones: list(
    { description: "The zones of the region to use.", rows: ["T-10", "D-80"] },
    word({ description: "A zone, as the cloud names it." }, ["us-central1-a", "us-east-1a"]),
  ),
  kubernetesVersion: text(
    { description: "Minor version, raised in place.", rows: ["D-66"] },
    {
      expected: 'a minor version in quotes, such as "1.35"',
      examples: ["1.34", "1.35"],
      pattern: /^1\.\d{1,2}$/,
    },
  ),
  endpoint: oneOf(
    {
      description:
        "How the API server is reached. dns: by a name behind the cloud's sign-in (GKE). restricted: " +
        "by a public address for allowedCidrs alone. private: from inside the network alone.",
    },
    ["dns", "restricted", "private"],
  ),
  allowedCidrs: someOf(
    { description: "Ranges that may reach a restricted endpoint." },
    range({ description: "A range." }),
  ).default([]),
  deployer: principal("Who deploys; gets access before the first object is made."),
  admins: someOf(
    { description: "Who may do everything in the cluster." },
    principal("A principal, as the cloud names it."),
  ).default([]),
  viewers: someOf(
    { description: "Who may look at everything but Secrets." },
    principal("A principal, as the cloud names it."),
  ).default([]),
  nodePools: list({ description: "The nodes.", rows: ["E-42"] }, nodePool),
  storage: section(
    { description: "What volumes are made of.", rows: ["D-73"] },
    {
      reclaimPolicy: oneOf({ description: "What becomes of a volume whose claim is deleted." }, [
        "Retain",
        "Delete",
      ]),
      rwx: flag({
        description: "Make a class for volumes that several pods mount. It costs even when empty.",
      }).default(CLOUD_DEFAULTS.storage.rwx),
    },
  ),
  maintenance,
  logRetentionDays: wholeNumber(
    { description: "How long logs of control plane and network are kept, in days." },
    7,
    3653,
  ),
  deletionProtection: flag({
    description: "The cloud refuses to delete cluster, databases and object stores.",
  }),
  retainData: flag({
    description: "Object stores, their keys and last snapshots of databases outlive destroy.",
  }),
  dnsDomain: host({ description: "Domain of a public DNS zone to make." }).exactOptional(),
  registry: flag({ description: "Make a registry for images, from which nodes may pull." }).default(
    CLOUD_DEFAULTS.registry,
  ),
};
