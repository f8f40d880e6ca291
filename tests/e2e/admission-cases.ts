/** A pod as a Deployment's template has it: let in by every rule. */
export interface TrialPod {
  readonly containers: readonly TrialContainer[];
  readonly initContainers?: readonly TrialContainer[];
  readonly volumes?: readonly object[];
  readonly [field: string]: unknown;
}

export interface TrialContainer {
  readonly name: string;
  readonly image?: string;
  readonly resources?: object;
  readonly securityContext?: object;
}

const SIZES = { cpu: "100m", memory: "128Mi" };

/** Within what Pod Security `restricted` asks, so that the rules alone decide. */
export const CONTAINER: TrialContainer = {
  name: "app",
  image: "registry.studio.test/team/app:v1.0.0",
  resources: { requests: SIZES, limits: SIZES },
  securityContext: {
    allowPrivilegeEscalation: false,
    runAsNonRoot: true,
    capabilities: { drop: ["ALL"] },
    seccompProfile: { type: "RuntimeDefault" },
  },
};

/** Two of the trials, two of the public images and one of the fixtures of Kaizen Studio. */
export const ALLOWED_REGISTRIES = [
  "registry.studio.test/team",
  "localhost:5000",
  "docker.io",
  "quay.io",
  "registry.test",
];

export const trial = (change: Partial<TrialContainer>): TrialPod => ({
  containers: [{ ...CONTAINER, ...change }],
});

const DIGEST = `sha256:${"0a".repeat(32)}`;

/** Pods that every rule lets in. */
export const ACCEPTED: Readonly<Record<string, TrialPod>> = {
  "a tag": trial({}),
  "a digest": trial({ image: `registry.studio.test/team/app@${DIGEST}` }),
  "latest, fixed by a digest": trial({ image: `registry.studio.test/team/app:latest@${DIGEST}` }),
  "a public image that names no registry": trial({ image: "postgres:16.4" }),
  "a public image of an organisation": trial({ image: "grafana/grafana:12.0.0" }),
  "a volume of its own": { ...trial({}), volumes: [{ name: "scratch", emptyDir: {} }] },
  "an init container with sizes": {
    ...trial({}),
    initContainers: [{ ...CONTAINER, name: "wait" }],
  },
};

/** Pods that one rule each refuses, and what it says. */
export const REFUSED: Readonly<
  Record<string, { readonly pod: TrialPod; readonly rule: string; readonly message: string }>
> = {
  "no tag": {
    pod: trial({ image: "registry.studio.test/team/app" }),
    rule: "slipway-image-tag",
    message: "got registry.studio.test/team/app, expected a tag that is not latest, or a digest.",
  },
  latest: {
    pod: trial({ image: "registry.studio.test/team/app:latest" }),
    rule: "slipway-image-tag",
    message: "got registry.studio.test/team/app:latest, expected a tag that is not latest",
  },
  "a port taken for a tag": {
    pod: trial({ image: "localhost:5000/app" }),
    rule: "slipway-image-tag",
    message: "got localhost:5000/app, expected a tag",
  },
  "latest in an init container": {
    pod: { ...trial({}), initContainers: [{ ...CONTAINER, name: "wait", image: "busybox" }] },
    rule: "slipway-image-tag",
    message: "got busybox, expected a tag",
  },
  "another registry": {
    pod: trial({ image: "registry.elsewhere.test/team/app:v1.0.0" }),
    rule: "slipway-image-registry",
    message:
      "got registry.elsewhere.test/team/app:v1.0.0, expected an image of registry.studio.test/team " +
      "or localhost:5000 or docker.io or",
  },
  "another path of the registry, with the same start": {
    pod: trial({ image: "registry.studio.test/teammates/app:v1.0.0" }),
    rule: "slipway-image-registry",
    message: "got registry.studio.test/teammates/app:v1.0.0, expected an image of",
  },
  "no sizes": {
    pod: { containers: [{ ...CONTAINER, resources: {} }] },
    rule: "slipway-container-sizes",
    message: "got app, expected requests and limits of cpu and memory for each container.",
  },
  "no limit of memory": {
    pod: trial({ resources: { requests: SIZES, limits: { cpu: "1" } } }),
    rule: "slipway-container-sizes",
    message: "got app, expected requests and limits",
  },
  "an init container without sizes": {
    pod: { ...trial({}), initContainers: [{ ...CONTAINER, name: "wait", resources: {} }] },
    rule: "slipway-container-sizes",
    message: "got wait, expected requests and limits",
  },
  ...Object.fromEntries(
    ["hostNetwork", "hostPID", "hostIPC"].map((field) => [
      field,
      {
        pod: { ...trial({}), [field]: true },
        rule: "slipway-no-host",
        message: "got a pod that shares the network, processes or files of its node, expected one",
      },
    ]),
  ),
  "a volume of hostPath": {
    pod: { ...trial({}), volumes: [{ name: "node", hostPath: { path: "/var/log" } }] },
    rule: "slipway-no-host",
    message: "got a pod that shares the network, processes or files of its node, expected one",
  },
};

/** Objects of each kind that makes pods, in a namespace. */
export function makersOf(pod: TrialPod, namespace: string): Readonly<Record<string, object>> {
  const labels = { app: "trial" };
  const metadata = { name: "trial", namespace };
  const template = { metadata: { labels }, spec: pod };
  const apps = { apiVersion: "apps/v1", metadata };
  const spec = { selector: { matchLabels: labels }, template };
  const once = { template: { ...template, spec: { ...pod, restartPolicy: "Never" } } };
  return {
    Deployment: { ...apps, kind: "Deployment", spec },
    StatefulSet: { ...apps, kind: "StatefulSet", spec: { ...spec, serviceName: "trial" } },
    DaemonSet: { ...apps, kind: "DaemonSet", spec },
    Job: { apiVersion: "batch/v1", kind: "Job", metadata, spec: once },
    CronJob: {
      apiVersion: "batch/v1",
      kind: "CronJob",
      metadata,
      spec: { schedule: "0 2 * * *", jobTemplate: { spec: once } },
    },
    Pod: { apiVersion: "v1", kind: "Pod", metadata, spec: pod },
  };
}
