import { stringify } from "yaml";
import { STORAGE_CLASSES, VOLUME_PROVISIONER } from "./cluster-objects.ts";

/** Something that kwok does to an object in a certain condition (kwok.x-k8s.io/v1alpha1 Stage). */
export interface Stage {
  readonly apiVersion: "kwok.x-k8s.io/v1alpha1";
  readonly kind: "Stage";
  readonly metadata: { readonly name: string };
  readonly spec: object;
}

/**
 * Set to `never-ready` on a pod, it keeps the pod's containers from ever starting: what an image that
 * cannot be pulled looks like to those who wait for it. Tests and the curious use it.
 */
export const SIMULATE_ANNOTATION = "slipway.local/simulate";

/** Where load balancers seem to be reached: an address set aside for documentation. */
export const LOAD_BALANCER_IP = "203.0.113.10";

/** A stage for the objects of which all `conditions` (jq expressions) are true. */
function stage(
  name: string,
  [apiGroup, kind]: readonly [string, string],
  conditions: readonly string[],
  rest: object,
): Stage {
  const matchExpressions = conditions.map((key) => ({
    jq: { key, operator: "In", values: ["true"] },
  }));
  return {
    apiVersion: "kwok.x-k8s.io/v1alpha1",
    kind: "Stage",
    metadata: { name },
    spec: { resourceRef: { apiGroup, kind }, selector: { matchExpressions }, ...rest },
  };
}

const patchStatus = (template: string) => ({
  patch: { subresource: "status", root: "status", template },
});

const NODE = ["v1", "Node"] as const;
const POD = ["v1", "Pod"] as const;
const STAYS = ".metadata.deletionTimestamp == null";
const NODE_IS_READY = 'any(.status.conditions[]?; .type == "Ready" and .status == "True")';

const nodeConditions = `
conditions:
{{ range NodeConditions }}
- type: {{ .type }}
  status: {{ .status | Quote }}
  reason: {{ .reason }}
  message: {{ .message | Quote }}
  lastHeartbeatTime: {{ Now | Quote }}
  lastTransitionTime: {{ $.metadata.creationTimestamp | Quote }}
{{ end }}
`;

function nodeStages(): Stage[] {
  return [
    stage("node-becomes-ready", NODE, [`${NODE_IS_READY} | not`], {
      steps: [patchStatus(nodeConditions)],
    }),
    // Leases, which kwok renews by itself, tell that a node lives; this only keeps its report fresh.
    stage("node-reports", NODE, [NODE_IS_READY], {
      delay: { durationMilliseconds: 240_000, jitterDurationMilliseconds: 300_000 },
      steps: [patchStatus(nodeConditions)],
    }),
  ];
}

const podRuns = `
{{ $now := Now }}
phase: Running
startTime: {{ $now | Quote }}
{{ with NodeIPsWith .spec.nodeName }}
hostIP: {{ index . 0 | Quote }}
hostIPs: [{ ip: {{ index . 0 | Quote }} }]
{{ end }}
{{ with PodIPsWith .spec.nodeName (or .spec.hostNetwork false) .metadata.uid .metadata.name .metadata.namespace }}
podIP: {{ index . 0 | Quote }}
podIPs: [{ ip: {{ index . 0 | Quote }} }]
{{ end }}
conditions:
{{ range list "PodReadyToStartContainers" "Initialized" "ContainersReady" "Ready" }}
- { type: {{ . }}, status: "True", lastTransitionTime: {{ $now | Quote }} }
{{ end }}
{{ range .spec.readinessGates }}
- { type: {{ .conditionType | Quote }}, status: "True", lastTransitionTime: {{ $now | Quote }} }
{{ end }}
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  imageID: ""
  ready: true
  started: true
  restartCount: 0
  state: { running: { startedAt: {{ $now | Quote }} } }
{{ end }}
{{ if .spec.initContainers }}
initContainerStatuses:
{{ range .spec.initContainers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  imageID: ""
  ready: true
  restartCount: 0
  {{ if eq (default "" .restartPolicy) "Always" }}
  started: true
  state: { running: { startedAt: {{ $now | Quote }} } }
  {{ else }}
  started: false
  state: { terminated: { exitCode: 0, reason: Completed, startedAt: {{ $now | Quote }}, finishedAt: {{ $now | Quote }} } }
  {{ end }}
{{ end }}
{{ end }}
`;

const podCompletes = `
{{ $now := Now }}
phase: Succeeded
conditions:
{{ range list "ContainersReady" "Ready" }}
- { type: {{ . }}, status: "False", reason: PodCompleted, lastTransitionTime: {{ $now | Quote }} }
{{ end }}
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  imageID: ""
  ready: false
  started: false
  restartCount: 0
  state: { terminated: { exitCode: 0, reason: Completed, startedAt: {{ $now | Quote }}, finishedAt: {{ $now | Quote }} } }
{{ end }}
`;

function podStages(): Stage[] {
  const starts = `.metadata.annotations["${SIMULATE_ANNOTATION}"] != "never-ready"`;
  return [
    stage("pod-runs", POD, [STAYS, '.status.phase == "Pending"', starts], {
      steps: [patchStatus(podRuns)],
    }),
    stage(
      "pod-of-job-completes",
      POD,
      [STAYS, '.status.phase == "Running"', 'any(.metadata.ownerReferences[]?; .kind == "Job")'],
      // Long enough to be seen running.
      { delay: { durationMilliseconds: 200 }, steps: [patchStatus(podCompletes)] },
    ),
    stage("pod-goes", POD, [".metadata.deletionTimestamp != null"], { steps: [{ delete: true }] }),
  ];
}

const volumeOfClaim = `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: pvc-{{ .metadata.uid }}
  annotations: { pv.kubernetes.io/provisioned-by: ${VOLUME_PROVISIONER} }
spec:
  accessModes: {{ .spec.accessModes | toJson }}
  capacity: {{ .spec.resources.requests | toJson }}
  storageClassName: {{ .spec.storageClassName | Quote }}
  persistentVolumeReclaimPolicy: Delete
  volumeMode: {{ or .spec.volumeMode "Filesystem" }}
  claimRef:
    apiVersion: v1
    kind: PersistentVolumeClaim
    name: {{ .metadata.name | Quote }}
    namespace: {{ .metadata.namespace | Quote }}
    uid: {{ .metadata.uid | Quote }}
  hostPath: { path: /dev/null }
`;

/** Only what an outside provisioner does: the controller manager binds and releases, as everywhere. */
function volumeStages(): Stage[] {
  const ours = `.spec.storageClassName | IN(${STORAGE_CLASSES.map((name) => `"${name}"`).join(", ")})`;
  return [
    stage(
      "claim-gets-volume",
      ["v1", "PersistentVolumeClaim"],
      [
        STAYS,
        ours,
        // The controller manager asks, once the scheduler has found a node for the claim's pod.
        `.metadata.annotations["volume.kubernetes.io/storage-provisioner"] == "${VOLUME_PROVISIONER}"`,
        '(.spec.volumeName // "") == ""',
      ],
      { steps: [{ apply: { template: volumeOfClaim } }] },
    ),
    stage(
      "released-volume-goes",
      ["v1", "PersistentVolume"],
      [STAYS, ours, '.status.phase == "Released"'],
      { steps: [{ delete: true }] },
    ),
  ];
}

const address = `loadBalancer: { ingress: [{ ip: ${LOAD_BALANCER_IP} }] }`;
const WITHOUT_ADDRESS = "(.status.loadBalancer.ingress // []) == []";

/** What a cloud does: give an address. */
function loadBalancerStage(): Stage {
  return stage(
    "load-balancer-gets-address",
    ["v1", "Service"],
    [STAYS, '.spec.type == "LoadBalancer"', WITHOUT_ADDRESS],
    { steps: [patchStatus(address)] },
  );
}

/** What an ingress controller does. */
function ingressStages(): Stage[] {
  return [
    stage("ingress-gets-address", ["networking.k8s.io/v1", "Ingress"], [STAYS, WITHOUT_ADDRESS], {
      steps: [patchStatus(address)],
    }),
  ];
}

/** Everything that is made to happen without machines. */
export function stages(): Stage[] {
  return [
    ...nodeStages(),
    ...podStages(),
    ...volumeStages(),
    loadBalancerStage(),
    ...ingressStages(),
  ];
}

/** The same where somebody else provides volumes and load balancers. */
export function machineStages(): Stage[] {
  return [...nodeStages(), ...podStages(), ...ingressStages()];
}

/** The configuration file of kwok. */
export function stagesText(played: readonly Stage[]): string {
  return played.map((one) => stringify(one)).join("---\n");
}
