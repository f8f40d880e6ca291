import assert from "node:assert/strict";
import type { CloudCluster } from "../../../../local/cloud/cluster-folder.ts";
import { storageObjects } from "../../../../local/cloud/storage-objects.ts";
import { sampleCluster } from "./cluster-samples.ts";

interface ClassObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: object };
  readonly provisioner: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly volumeBindingMode: string;
  readonly allowVolumeExpansion?: boolean;
}

function classes(cluster: CloudCluster): ClassObject[] {
  const objects = storageObjects(cluster) as unknown as ClassObject[];
  return objects.filter(({ kind }) => kind === "StorageClass");
}

const isDefault = ({ metadata }: ClassObject) => metadata.annotations !== undefined;
const names = (all: readonly ClassObject[]) => all.map(({ metadata }) => metadata.name);

describe("storageObjects", () => {
  it("has GKE make a class called standard that is not the default one and binds at once", () => {
    const all = classes(sampleCluster("gcp", { fileDriver: false }));
    assert.deepEqual(names(all), ["standard", "standard-rwo", "premium-rwo"]);
    assert.deepEqual(names(all.filter(isDefault)), ["standard-rwo"]);
    assert.deepEqual(
      all.map(({ volumeBindingMode }) => volumeBindingMode),
      ["Immediate", "WaitForFirstConsumer", "WaitForFirstConsumer"],
    );
  });

  it("adds shared file systems where their driver is on", () => {
    const all = names(classes(sampleCluster("gcp")));
    assert.ok(all.includes("standard-rwx") && all.includes("enterprise-rwx"));
    const azure = names(classes(sampleCluster("azure-native", { fileDriver: false })));
    assert.deepEqual(
      azure.filter((name) => name.startsWith("azurefile")),
      [],
    );
  });

  it("marks the class of EKS as the default one up to Kubernetes 1.29", () => {
    const marked = (kubernetesVersion: string) =>
      names(classes(sampleCluster("aws", { kubernetesVersion })).filter(isDefault));
    assert.deepEqual([marked("1.29"), marked("1.30"), marked("1.34.2")], [["gp2"], [], []]);
    assert.equal(classes(sampleCluster("aws"))[0]?.allowVolumeExpansion, undefined);
  });

  it("has AKS put the disks of a cluster in several zones into all of them", () => {
    const sort = (zones: string[]) =>
      classes(sampleCluster("azure-native", { zones })).find(isDefault)?.parameters;
    assert.deepEqual(sort(["1", "2", "3"]), { skuname: "StandardSSD_ZRS" });
    assert.deepEqual(sort(["1"]), { skuname: "StandardSSD_LRS" });
    assert.deepEqual(names(classes(sampleCluster("azure-native")).filter(isDefault)), ["default"]);
  });

  it("makes none of the classes that a program makes for itself", () => {
    for (const cloud of ["gcp", "aws", "azure-native"] as const) {
      assert.ok(!names(classes(sampleCluster(cloud))).includes("fast-ssd"));
    }
  });
});
