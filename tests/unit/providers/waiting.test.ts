import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { serviceReadiness } from "../../../local/providers/kubernetes/await/network.ts";
import {
  claimReadiness,
  volumeReadiness,
} from "../../../local/providers/kubernetes/await/storage.ts";
import {
  parseWaitFor,
  waitForReadiness,
} from "../../../local/providers/kubernetes/await/wait-for.ts";
import {
  daemonSetReadiness,
  deploymentReadiness,
  jobReadiness,
  podReadiness,
  statefulSetReadiness,
} from "../../../local/providers/kubernetes/await/workloads.ts";
import { timeoutSeconds } from "../../../local/providers/kubernetes/await/wait.ts";
import type { Manifest } from "../../../local/providers/kubernetes/manifest.ts";
import type { Readiness } from "../../../local/providers/kubernetes/await/readiness.ts";

type Fields = Readonly<Record<string, unknown>>;

const live = (spec: Fields, status: Fields, metadata: Fields = { generation: 2 }): Manifest =>
  ({
    apiVersion: "v1",
    kind: "X",
    metadata: { name: "x", ...metadata },
    spec,
    status,
  }) as unknown as Manifest;

const failedCondition = (type: string) => ({ type, status: "True", reason: "R", message: "m" });

describe("readiness", () => {
  const rolled = {
    observedGeneration: 2,
    updatedReplicas: 3,
    availableReplicas: 3,
    readyReplicas: 3,
    replicas: 3,
  };
  const cases: readonly [string, (live: Manifest) => Readiness, Manifest, readonly string[]][] = [
    ["a rolled-out Deployment", deploymentReadiness, live({ replicas: 3 }, rolled), []],
    [
      "a Deployment of none",
      deploymentReadiness,
      live({ replicas: 0 }, { observedGeneration: 2 }),
      [],
    ],
    [
      "a Deployment that its controller has not seen",
      deploymentReadiness,
      live({ replicas: 3 }, { ...rolled, observedGeneration: 1 }),
      ["the controller has not taken up the change yet"],
    ],
    [
      "a Deployment in the middle",
      deploymentReadiness,
      live({ replicas: 3 }, { ...rolled, updatedReplicas: 2, availableReplicas: 2, replicas: 4 }),
      [
        "2 of 3 replicas are of the latest template",
        "2 replicas of an older template remain",
        "2 of 3 replicas are available",
      ],
    ],
    [
      "a Deployment that is stuck",
      deploymentReadiness,
      live(
        {},
        {
          observedGeneration: 2,
          conditions: [
            {
              type: "Progressing",
              status: "False",
              reason: "ProgressDeadlineExceeded",
              message: "m",
            },
          ],
        },
      ),
      [
        "0 of 1 replicas are of the latest template",
        "0 of 1 replicas are available",
        "Progressing is False (ProgressDeadlineExceeded): m",
      ],
    ],
    ["a rolled-out StatefulSet", statefulSetReadiness, live({ replicas: 3 }, rolled), []],
    [
      "a StatefulSet held by its partition",
      statefulSetReadiness,
      live(
        { replicas: 3, updateStrategy: { rollingUpdate: { partition: 2 } } },
        { ...rolled, updatedReplicas: 1 },
      ),
      [],
    ],
    [
      "a StatefulSet that rolls on delete",
      statefulSetReadiness,
      live(
        { replicas: 3, updateStrategy: { type: "OnDelete" } },
        { ...rolled, updatedReplicas: 0 },
      ),
      [],
    ],
    [
      "a StatefulSet in the middle",
      statefulSetReadiness,
      live({ replicas: 3 }, { ...rolled, updatedReplicas: 1, readyReplicas: 2 }),
      ["1 of 3 replicas are of the latest template", "2 of 3 replicas are ready"],
    ],
    [
      "a DaemonSet in the middle",
      daemonSetReadiness,
      live(
        {},
        {
          observedGeneration: 2,
          desiredNumberScheduled: 2,
          updatedNumberScheduled: 2,
          numberAvailable: 1,
        },
      ),
      ["1 of 2 pods are available"],
    ],
    ["a complete Job", jobReadiness, live({}, { conditions: [failedCondition("Complete")] }), []],
    ["a suspended Job", jobReadiness, live({ suspend: true }, {}), []],
    [
      "a running Job",
      jobReadiness,
      live({ completions: 3 }, { succeeded: 1 }),
      ["1 of 3 completions"],
    ],
    ["a pod that ran to its end", podReadiness, live({}, { phase: "Succeeded" }), []],
    [
      "a pod that does not start",
      podReadiness,
      live(
        {},
        {
          phase: "Pending",
          conditions: [
            { type: "PodScheduled", status: "False", reason: "Unschedulable", message: "no room" },
          ],
          containerStatuses: [
            {
              name: "a",
              state: { waiting: { reason: "ImagePullBackOff", message: "no such image" } },
            },
          ],
        },
      ),
      [
        "pod x: PodScheduled is False (Unschedulable): no room",
        "pod x, container a: ImagePullBackOff: no such image",
      ],
    ],
    [
      "a pending volume",
      volumeReadiness,
      live({}, {}),
      ["the volume is Pending, expected Available or Bound"],
    ],
  ];
  for (const [what, check, object, reasons] of cases) {
    it(`${reasons.length === 0 ? "has" : "awaits"} ${what}`, () => {
      assert.deepEqual(check(object), { ready: reasons.length === 0, reasons });
    });
  }

  it("gives up on a failed Job", () => {
    assert.deepEqual(jobReadiness(live({}, { conditions: [failedCondition("Failed")] })), {
      ready: false,
      failed: true,
      reasons: ["Failed is True (R): m"],
    });
  });

  it("awaits a bound claim, unless its class binds on use", () => {
    const claim = live({}, {});
    assert.deepEqual(claimReadiness(claim, false).reasons, [
      "the claim is Pending, expected Bound",
    ]);
    assert.equal(claimReadiness(claim, true).ready, true);
  });

  it("awaits the pods and the address of a Service, and no pod at all is fine", () => {
    const balanced = live({ type: "LoadBalancer" }, {});
    assert.deepEqual(serviceReadiness(balanced, { exist: false, pending: 2 }).reasons, [
      "the Service has no endpoints object yet",
      "2 pods that the Service selects are not ready",
      "the load balancer has no address; does anything in this cluster provide one?",
    ]);
    assert.equal(serviceReadiness(live({}, {}), { exist: true, pending: 0 }).ready, true);
  });
});

describe("pulumi.com/waitFor", () => {
  const object = live(
    {},
    { phase: "Up", conditions: [{ type: "Ready", status: "False", message: "soon" }] },
  );
  const cases: readonly [string, readonly string[]][] = [
    ["condition=Ready=False", []],
    ["condition=Ready", ["condition Ready is False, expected True: soon"]],
    ["condition=Other", ["condition Other is absent, expected True"]],
    ["jsonpath={.status.phase}=Up", []],
    ["jsonpath={.status.phase}", []],
    ["jsonpath={.status.phase}=Down", ["{.status.phase} is Up, expected Down"]],
    ['jsonpath={.status.conditions[?(@.type=="Ready")].status}=False', []],
    [
      '["condition=Ready", "jsonpath={.status.none}"]',
      ["condition Ready is False, expected True: soon", "{.status.none} is absent"],
    ],
  ];
  for (const [text, reasons] of cases) {
    it(text, async () => {
      const readiness = await waitForReadiness(parseWaitFor(text), object);
      assert.deepEqual(readiness, { ready: reasons.length === 0, reasons });
    });
  }

  for (const text of ["Ready", "[]", "[broken", "jsonpath=.status"]) {
    it(`refuses ${text}`, () => {
      assert.throws(() => parseWaitFor(text), /^Error: got .*, expected /);
    });
  }
});

describe("timeoutSeconds", () => {
  it("goes by customTimeouts, then by the annotation, then by ten minutes", () => {
    const annotated = live({}, {}, { annotations: { "pulumi.com/timeoutSeconds": "30" } });
    assert.equal(timeoutSeconds(annotated, 5), 5);
    assert.equal(timeoutSeconds(annotated, 0), 30);
    assert.equal(timeoutSeconds(live({}, {}), 0), 600);
  });
});
