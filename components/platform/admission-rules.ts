/** What the API server asks of the pods of systems, in CEL, its language for such rules. */
export interface AdmissionRule {
  /** Physical name of policy and binding, and the end of their logical names. */
  readonly name: string;
  /** True for what is let in. */
  readonly expression: string;
  /** The sentence that whoever is refused reads. */
  readonly message: string;
  /** Whether it judges containers that are added to a running pod, as `kubectl debug` does. */
  readonly judgesDebugging: boolean;
  /** What the expression allows, in plain text, for whoever cannot work it out: people and the plan. */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A name for an expression; rules read it as `variables.NAME`, and each may read those before it. */
export interface AdmissionVariable {
  readonly name: string;
  readonly expression: string;
}

/**
 * The pod that an object is, or makes. `dyn`, because the object is of one of several kinds, and the API
 * server would otherwise warn of each field that one of them lacks.
 */
const podOf = (object: string) => {
  const spec = `dyn(${object}).spec`;
  const made = `has(${spec}.template) ? ${spec}.template.spec : ${spec}`;
  return `has(${spec}.jobTemplate) ? ${spec}.jobTemplate.spec.template.spec : ${made}`;
};

const listOf = (field: string) => `(has(variables.pod.${field}) ? variables.pod.${field} : [])`;

export const ADMISSION_VARIABLES: readonly AdmissionVariable[] = [
  { name: "pod", expression: podOf("object") },
  // What was there before the rule stays as it is: it can still be scaled, labelled and finished.
  {
    name: "unchanged",
    expression: `oldObject != null && (${podOf("oldObject")}) == variables.pod`,
  },
  { name: "containers", expression: `variables.pod.containers + ${listOf("initContainers")}` },
  {
    name: "images",
    expression:
      `(variables.containers + ${listOf("ephemeralContainers")})` +
      '.map(c, has(c.image) ? string(c.image) : "")',
  },
  // Registry included, which an image may leave out.
  {
    name: "places",
    expression:
      "variables.images.map(i, i.matches('^([^/]*[.:][^/]*|localhost)/') ? i : " +
      "(i.contains('/') ? 'docker.io/' : 'docker.io/library/') + i)",
  },
];

const FIXED =
  "i.matches('@sha256:[0-9a-f]{64}$') || (i.matches('^[^@]*:[^:/@]+$') && !i.endsWith(':latest'))";

const isSized = (side: string) =>
  `has(c.resources.${side}) && ['cpu', 'memory'].all(r, r in c.resources.${side})`;

const SIZED = `has(c.resources) && ${isSized("requests")} && ${isSized("limits")}`;

const isOff = (field: string) => `(!has(variables.pod.${field}) || !variables.pod.${field})`;

/** The rules of a stack. `allowedRegistries`: none means that any registry will do. */
export function admissionRules(allowedRegistries: readonly string[]): AdmissionRule[] {
  return [
    {
      name: "slipway-image-tag",
      expression: `variables.images.all(i, ${FIXED})`,
      message: sentence(
        refused("images", "i", FIXED, "i"),
        "a tag that is not latest, or a digest. Name the version that is to run.",
      ),
      judgesDebugging: true,
    },
    ...(allowedRegistries.length === 0 ? [] : [registryRule(allowedRegistries)]),
    {
      name: "slipway-container-sizes",
      expression: `variables.containers.all(c, ${SIZED})`,
      message: sentence(
        refused("containers", "c", SIZED, "c.name"),
        "requests and limits of cpu and memory for each container. Write them.",
      ),
      judgesDebugging: false,
    },
    {
      name: "slipway-no-host",
      expression: [
        ...["hostNetwork", "hostPID", "hostIPC"].map(isOff),
        `${listOf("volumes")}.all(v, !has(v.hostPath))`,
      ].join(" && "),
      message: sentence(
        "'a pod that shares the network, processes or files of its node'",
        "one that does not. Take hostNetwork, hostPID, hostIPC and volumes of hostPath out.",
      ),
      judgesDebugging: false,
    },
  ];
}

function registryRule(allowed: readonly string[]): AdmissionRule {
  const prefixes = allowed.map((registry) => JSON.stringify(`${registry}/`));
  const known = `[${prefixes.join(", ")}].exists(r, i.startsWith(r))`;
  return {
    name: "slipway-image-registry",
    expression: `variables.places.all(i, ${known})`,
    message: sentence(
      refused("places", "i", known, "i"),
      `an image of ${allowed.join(" or ")}. Mirror it there, or add its registry to ` +
        "slipway:platform.admission.allowedRegistries.",
    ),
    judgesDebugging: true,
    annotations: { "slipway/allowed-registries": allowed.join(" ") },
  };
}

/** The names of those that a rule refuses, as an expression. */
const refused = (list: string, item: string, holds: string, name: string) =>
  `variables.${list}.filter(${item}, !(${holds})).map(${item}, ${name}).join(', ')`;

/** `got X, expected Y`, as an expression; `got` is one itself. */
const sentence = (got: string, expected: string) =>
  `'got ' + ${got} + ${JSON.stringify(`, expected ${expected}`)}`;
