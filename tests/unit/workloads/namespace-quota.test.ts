import assert from "node:assert/strict";
import fc from "fast-check";
import { formatMemory, parseCpu, parseMemory } from "../../../components/core/quantity.ts";
import {
  containerRange,
  podsToHold,
  quotaHard,
  type WorkloadSize,
} from "../../../components/workloads/namespace-quota.ts";
import { CONTAINER_RANGE, QUOTA_FLOORS } from "../../../systems/kaizen-studio/sizes.ts";

const MiB = 2 ** 20;

const size = fc.record({
  cpu: fc.integer({ min: 1, max: 8000 }),
  mib: fc.integer({ min: 1, max: 32_768 }),
});
const workload: fc.Arbitrary<WorkloadSize> = fc
  .record({ requests: size, limits: size, maxReplicas: fc.integer({ min: 1, max: 100 }) })
  .map(({ requests, limits, maxReplicas }) => ({
    maxReplicas,
    resources: {
      requests: { cpu: `${requests.cpu}m`, memory: `${requests.mib}Mi` },
      limits: { cpu: `${limits.cpu}m`, memory: `${limits.mib}Mi` },
    },
  }));
const workloads = fc.array(workload, { maxLength: 8 });

const cpuOf = (text: string | undefined) => parseCpu(text ?? "") ?? NaN;
const memoryOf = (text: string | undefined) => parseMemory(text ?? "") ?? NaN;

describe("podsToHold", () => {
  for (const [max, pods] of [
    [1, 2],
    [2, 3],
    [4, 5],
    [5, 7],
    [20, 25],
  ] as const) {
    it(`holds ${pods} pods for at most ${max} replicas`, () => {
      assert.equal(podsToHold(max), pods);
    });
  }
});

describe("quotaHard", () => {
  it("is the guide's floors when little runs", () => {
    assert.deepEqual(quotaHard(QUOTA_FLOORS, []), {
      "requests.cpu": "20",
      "requests.memory": "40Gi",
      "limits.cpu": "40",
      "limits.memory": "80Gi",
      "requests.storage": "500Gi",
      persistentvolumeclaims: "10",
      pods: "50",
      services: "20",
      secrets: "20",
      configmaps: "20",
    });
  });

  it("grows where the workloads' maximum does not fit the floors", () => {
    const backend = {
      maxReplicas: 20,
      resources: {
        requests: { cpu: "1", memory: "2Gi" },
        limits: { cpu: "4", memory: "8Gi" },
      },
    };
    const hard = quotaHard(QUOTA_FLOORS, [backend]);
    assert.equal(hard["requests.cpu"], "25");
    assert.equal(hard["requests.memory"], "50Gi");
    assert.equal(hard["limits.cpu"], "100");
    assert.equal(hard["limits.memory"], "200Gi");
    assert.equal(hard["pods"], "50");
  });

  it("counts sidecars, and claims with room to restore the largest beside the others", () => {
    const each = {
      requests: { cpu: "1", memory: "1Gi" },
      limits: { cpu: "50", memory: "100Gi" },
    };
    const sidecar = {
      requests: { cpu: "10m", memory: "8Mi" },
      limits: { cpu: "1", memory: "1Gi" },
    };
    const store = { resources: each, sidecars: [sidecar], maxReplicas: 1, claims: ["400Gi"] };
    const others = Array.from({ length: 10 }, () => ({ ...store, claims: ["1Gi"] }));
    const hard = quotaHard(QUOTA_FLOORS, [store]);
    assert.equal(hard["limits.cpu"], "102");
    assert.equal(hard["limits.memory"], "202Gi");
    assert.equal(hard["requests.storage"], "800Gi");
    assert.equal(hard["persistentvolumeclaims"], "10");
    assert.equal(quotaHard(QUOTA_FLOORS, [store, ...others])["persistentvolumeclaims"], "12");
    assert.deepEqual(containerRange(CONTAINER_RANGE, [store]).min, { cpu: "10m", memory: "8Mi" });
  });

  it("holds all claims and one more of any of them", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(sizes, (gib) => {
        const resources = CONTAINER_RANGE;
        const bounds = { requests: resources.min, limits: resources.max };
        const all = gib.map((each) => ({
          resources: bounds,
          maxReplicas: 1,
          claims: [`${each}Gi`],
        }));
        const hard = quotaHard(QUOTA_FLOORS, all);
        const need = gib.reduce((sum, each) => sum + each, 0) + Math.max(...gib);
        assert.ok(memoryOf(hard["requests.storage"]) >= need * 2 ** 30);
        assert.ok(Number(hard["persistentvolumeclaims"]) > gib.length);
      }),
    );
  });

  it("always holds every workload at its maximum while each of them rolls", () => {
    fc.assert(
      fc.property(workloads, (all) => {
        const hard = quotaHard(QUOTA_FLOORS, all);
        const need = (amount: (each: WorkloadSize) => number) =>
          all.reduce((total, each) => total + (each.maxReplicas + 1) * amount(each), 0);
        for (const kind of ["requests", "limits"] as const) {
          const { [`${kind}.cpu`]: cpu, [`${kind}.memory`]: memory } = hard;
          assert.ok(cpuOf(cpu) >= need(({ resources }) => cpuOf(resources[kind].cpu)));
          assert.ok(memoryOf(memory) >= need(({ resources }) => memoryOf(resources[kind].memory)));
        }
        assert.ok(Number(hard["pods"]) >= need(() => 1));
      }),
    );
  });

  it("is never below a floor", () => {
    fc.assert(
      fc.property(workloads, (all) => {
        const [floor, hard] = [quotaHard(QUOTA_FLOORS, []), quotaHard(QUOTA_FLOORS, all)];
        for (const key of ["requests.cpu", "limits.cpu"]) {
          assert.ok(cpuOf(hard[key]) >= cpuOf(floor[key]));
        }
        for (const key of ["requests.memory", "limits.memory", "requests.storage"]) {
          assert.ok(memoryOf(hard[key]) >= memoryOf(floor[key]));
        }
        for (const key of ["pods", "services", "persistentvolumeclaims"]) {
          assert.ok(Number(hard[key]) >= Number(floor[key]));
        }
      }),
    );
  });
});

describe("containerRange", () => {
  it("is the guide's when every container fits", () => {
    assert.deepEqual(containerRange(CONTAINER_RANGE, []), CONTAINER_RANGE);
  });

  it("lets every container of the workloads in, and keeps the defaults", () => {
    fc.assert(
      fc.property(workloads, (all) => {
        const { min, max, ...defaults } = containerRange(CONTAINER_RANGE, all);
        for (const { resources } of all) {
          assert.ok(cpuOf(min.cpu) <= cpuOf(resources.requests.cpu));
          assert.ok(cpuOf(max.cpu) >= cpuOf(resources.limits.cpu));
          assert.ok(memoryOf(min.memory) <= memoryOf(resources.requests.memory));
          assert.ok(memoryOf(max.memory) >= memoryOf(resources.limits.memory));
        }
        const { defaultLimits, defaultRequests } = CONTAINER_RANGE;
        assert.deepEqual(defaults, { defaultLimits, defaultRequests });
      }),
    );
  });

  it("keeps a minimum exact that is no whole Mi of a larger unit", () => {
    const resources = {
      requests: { cpu: "10m", memory: formatMemory(64 * MiB) },
      limits: { cpu: "10m", memory: "64Mi" },
    };
    assert.deepEqual(containerRange(CONTAINER_RANGE, [{ resources, maxReplicas: 1 }]).min, {
      cpu: "10m",
      memory: "64Mi",
    });
  });
});
