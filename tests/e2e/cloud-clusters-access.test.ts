import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { callerOf, dependentsInCloud, type ClusterAnswer } from "../../local/cloud/index.ts";
import {
  eventually,
  putResource,
  standInFor,
  TestCluster,
  testAccount,
} from "../support/cloud-account.ts";
import {
  claim,
  ingress,
  labelsOf,
  loadBalancer,
  phase,
  podWith,
  storageClass,
} from "../support/cloud-objects.ts";
import { configMap, rejection, TYPES } from "../support/stand-in-cluster.ts";

describe("clusters of two clouds side by side", () => {
  const account = testAccount("cloud-access");

  describe("an EKS cluster of a stand-in account", () => {
    const eks = new TestCluster(account, "aws", "prod", ["region-1a", "region-1b"], {
      accessConfig: { bootstrapClusterCreatorAdminPermissions: false },
      vpcConfig: { subnetIds: ["subnet-1", "subnet-2"] },
    });
    const principalArn = callerOf("aws", account, {});
    const login = ["eks", "get-token", "--cluster-name", "prod", "--region", "region-1"];
    let served: ClusterAnswer;
    before(async () => {
      served = await eks.create("1.34");
      await eks.pool("general", 2);
    });

    const attempt = async (name: string, args = login) => {
      const standIn = await standInFor(eks.kubeconfig(served, "aws", args));
      try {
        await standIn.create(TYPES.configMap, name, configMap("default", name, { a: "1" }));
      } finally {
        standIn.provider.close();
      }
    };

    it("has gp2 alone, and no default class", async () => {
      const classes = await eks.list("storage.k8s.io/v1", "StorageClass");
      assert.deepEqual(
        classes.map(({ metadata }) => [metadata.name, metadata.annotations]),
        [["gp2", undefined]],
      );
    });

    it("names and labels nodes as EKS does", async () => {
      const [node] = await eks.list("v1", "Node");
      assert.match(node?.metadata.name ?? "", /^i-0[0-9a-f]{16}\.region-1\.compute\.internal$/);
      assert.equal(node?.metadata.labels?.["eks.amazonaws.com/nodegroup"], "general");
    });

    it("lets nobody in without an access entry, not even its creator", async () => {
      assert.match((await rejection(attempt("too-early"))).message, /not created: Unauthorized/);
    });

    it("lets in with an access entry, and gives rights with a policy only", async () => {
      const grant = { clusterName: "prod", principalArn };
      putResource(account, "aws", "entry", "aws:eks/accessEntry:AccessEntry", grant);
      await eventually("the entry counts", async () =>
        /is forbidden/.test((await rejection(attempt("no-rights"))).message),
      );
      const policyArn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";
      putResource(
        account,
        "aws",
        "policy",
        "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
        { ...grant, policyArn, accessScope: { type: "cluster" } },
      );
      await eventually("the policy counts", () =>
        attempt("let-in").then(
          () => true,
          () => false,
        ),
      );
    });

    it("gives no token for a cluster that is not there", async () => {
      const other = login.with(3, "staging");
      assert.match(
        (await rejection(attempt("elsewhere", other))).message,
        /aws", which failed \(exit code 1\): aws \(stand-in\): The stand-in account has no cluster "staging" in region-1\. It has: prod \(region-1\)\.$/,
      );
    });

    it("makes no volume until the add-on with the driver is there", async () => {
      await eks.createObject(storageClass("fast-ssd", "ebs.csi.aws.com", "Delete"));
      await eks.createObject(claim("data", "fast-ssd"));
      await eks.createObject(podWith("db", "data"));
      const asked = "volume.kubernetes.io/storage-provisioner";
      await eventually("a volume is asked for", async () => {
        const waiting = await eks.find("PersistentVolumeClaim", "data");
        return waiting?.metadata.annotations?.[asked] === "ebs.csi.aws.com";
      });
      assert.deepEqual(await eks.list("v1", "PersistentVolume"), []);
      putResource(account, "aws", "addon", "aws:eks/addon:Addon", {
        clusterName: "prod",
        addonName: "aws-ebs-csi-driver",
      });
      await eventually(
        "the pod runs",
        async () => phase(await eks.find("Pod", "db")) === "Running",
      );
    });

    it("gives a Service a host name, and its subnets know of it", async () => {
      await eks.createObject(loadBalancer("web"));
      await eventually("it has a name", async () =>
        /\.elb\.region-1\.amazonaws\.com$/.test(
          ingress(await eks.find("Service", "web"))?.hostname ?? "",
        ),
      );
      assert.equal(dependentsInCloud(account, "subnet-2").length, 1);
      await eks.remove("v1", "Service", "web");
      await eventually(
        "nothing is left",
        () => dependentsInCloud(account, "subnet-2").length === 0,
      );
    });
  });

  describe("an AKS cluster of a stand-in account", () => {
    const group = "/subscriptions/s/resourceGroups/prod";
    const id = `${group}/providers/Microsoft.ContainerService/managedClusters/prod`;
    const aks = new TestCluster(account, "azure-native", id, ["1", "2", "3"], {
      aadProfile: { managed: true, enableAzureRBAC: true },
    });
    const login = [
      ...["get-token", "--login", "azurecli", "--environment", "AzurePublicCloud"],
      ...["--server-id", "6dae42f8-4368-4678-94ff-3960e28e3630"],
    ];
    let served: ClusterAnswer;
    before(async () => {
      served = await aks.create("1.34.1");
      await aks.pool("general", 3);
    });

    it("has the classes of AKS, in all zones where they are disks", async () => {
      const classes = await aks.list("storage.k8s.io/v1", "StorageClass");
      assert.deepEqual(
        classes.map((one) => [
          one.metadata.name,
          Object.values(one["parameters"] as Record<string, string>)[0],
        ]),
        [
          ["azurefile", "Standard_LRS"],
          ["azurefile-csi", "Standard_LRS"],
          ["azurefile-csi-premium", "Premium_LRS"],
          ["azurefile-premium", "Premium_LRS"],
          ["default", "StandardSSD_ZRS"],
          ["managed", "StandardSSD_ZRS"],
          ["managed-csi", "StandardSSD_ZRS"],
          ["managed-csi-premium", "Premium_ZRS"],
          ["managed-premium", "Premium_ZRS"],
        ],
      );
    });

    it("writes zones and pools on nodes as AKS does", async () => {
      const nodes = await aks.list("v1", "Node");
      assert.deepEqual(
        labelsOf(nodes, "agentpool", "topology.kubernetes.io/zone"),
        [1, 2, 3].map((zone) => ["general", `region-1-${zone}`]),
      );
    });

    it("knows everybody and forbids everything until a role is assigned", async () => {
      const attempt = async (name: string) => {
        const standIn = await standInFor(aks.kubeconfig(served, "kubelogin", login));
        try {
          await standIn.create(TYPES.configMap, name, configMap("default", name, { a: "1" }));
        } finally {
          standIn.provider.close();
        }
      };
      assert.match((await rejection(attempt("too-early"))).message, /is forbidden: User/);
      const role = "Microsoft.Authorization/roleDefinitions/b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b";
      putResource(account, "azure-native", "role", "azure-native:authorization:RoleAssignment", {
        principalId: callerOf("azure-native", account, {}),
        roleDefinitionId: `/subscriptions/s/providers/${role}`,
        scope: group,
      });
      await eventually("the role counts", () =>
        attempt("let-in").then(
          () => true,
          () => false,
        ),
      );
    });

    it("lets in nobody who signs in to another cloud", async () => {
      const eksLogin = ["eks", "get-token", "--cluster-name", "prod", "--region", "region-1"];
      const standIn = await standInFor(aks.kubeconfig(served, "aws", eksLogin));
      const making = standIn.create(TYPES.configMap, "x", configMap("default", "x", {}));
      assert.match((await rejection(making)).message, /not created: Unauthorized/);
      standIn.provider.close();
    });

    it("keeps what it signs with from others", () => {
      const mode = fs.statSync(path.join(account, "signing-key")).mode & 0o777;
      assert.equal(mode, 0o600);
    });
  });
});
