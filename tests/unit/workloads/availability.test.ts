import assert from "node:assert/strict";
import { describeProblem } from "../../../components/core/problem.ts";
import {
  checkScale,
  hpaSpec,
  pdbMinAvailable,
  pdbSpec,
  type Scale,
} from "../../../components/workloads/availability.ts";

const hpa = { minReplicas: 3, maxReplicas: 20, cpuUtilization: 60, memoryUtilization: 70 };
const autoscaling = (minReplicas: number): Scale => ({ autoscaling: { ...hpa, minReplicas } });

describe("pdbMinAvailable", () => {
  const table: [string, number, Scale, number | undefined][] = [
    ["keeps what is wanted where more run", 2, autoscaling(3), 2],
    ["keeps one less than runs", 2, autoscaling(2), 1],
    ["is not there for one replica, which no drain could move", 2, autoscaling(1), undefined],
    ["looks at a fixed number too", 1, { replicas: 2 }, 1],
    ["is not there for one fixed replica", 1, { replicas: 1 }, undefined],
  ];
  for (const [title, wanted, scale, expected] of table) {
    it(title, () => {
      assert.equal(pdbMinAvailable(wanted, scale), expected);
    });
  }
});

describe("scale", () => {
  it("is refused where counts or percentages make no sense, all at once", () => {
    const problems = checkScale(
      {
        autoscaling: { minReplicas: 3, maxReplicas: 2, cpuUtilization: 0, memoryUtilization: 101 },
      },
      "scale",
    );
    assert.deepEqual(problems.map(describeProblem), [
      "scale.autoscaling.maxReplicas: got 2, expected at least minReplicas (3). " +
        "Raise maxReplicas or lower minReplicas.",
      "scale.autoscaling.cpuUtilization: got 0, expected a whole percentage from 1 to 100. " +
        "Name the share of the request at which replicas are added.",
      "scale.autoscaling.memoryUtilization: got 101, expected a whole percentage from 1 to 100. " +
        "Name the share of the request at which replicas are added.",
    ]);
    assert.deepEqual(checkScale({ replicas: 0 }, "scale").map(describeProblem), [
      "scale.replicas: got 0, expected a whole number of at least 1. Write how many there are to be.",
    ]);
  });
});

describe("hpaSpec", () => {
  it("scales on cpu and memory, down only when the load stays low", () => {
    const metric = (name: string, averageUtilization: number) => ({
      type: "Resource",
      resource: { name, target: { type: "Utilization", averageUtilization } },
    });
    assert.deepEqual(hpaSpec("backend", hpa), {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "backend" },
      minReplicas: 3,
      maxReplicas: 20,
      metrics: [metric("cpu", 60), metric("memory", 70)],
      behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
    });
  });
});

describe("pdbSpec", () => {
  it("lets broken pods go", () => {
    assert.deepEqual(pdbSpec({ system: "studio", component: "backend" }, 2), {
      minAvailable: 2,
      selector: {
        matchLabels: {
          "app.kubernetes.io/name": "studio",
          "app.kubernetes.io/component": "backend",
        },
      },
      unhealthyPodEvictionPolicy: "AlwaysAllow",
    });
  });
});
