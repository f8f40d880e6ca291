import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { REPOSITORY } from "../../../local/repository.ts";
import { writeBehaviour } from "../../../local/providers/cloud/behaviour.ts";
import type { CloudRecord } from "../../../local/providers/cloud/cloud-record.ts";
import {
  isSecret,
  secret,
  UNKNOWN,
  type PropertyMap,
} from "../../../local/providers/property-values.ts";
import { CloudStandIn, emptyAccount } from "../../support/cloud-stand-in.ts";

const NETWORK = "compute/network:Network";
const SUBNET = "compute/subnetwork:Subnetwork";
const BUCKET = "storage/bucket:Bucket";
const SECRET = "secretmanager/secret:Secret";
const VERSION = "secretmanager/secretVersion:SecretVersion";

const nameIn = (inputs: PropertyMap, key: string): string => {
  const name = inputs[key];
  assert.ok(typeof name === "string");
  return name;
};

describe("the stand-in of a cloud", () => {
  let folder: string;
  let google: CloudStandIn;

  beforeEach(async () => {
    folder = emptyAccount();
    google = await CloudStandIn.of("gcp", folder);
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  it("refuses to work without a folder", async () => {
    const { provider } = await CloudStandIn.of("aws", folder);
    await provider.configure({});
    await assert.rejects(
      CloudStandIn.of("aws", ""),
      /aws needs SLIPWAY_CLOUD\. Set it to the folder/,
    );
  });

  describe("names", () => {
    it("are made up with seven digits and kept from then on", async () => {
      const made = await google.create(NETWORK, "net", {});
      assert.match(nameIn(made.inputs, "name"), /^net-[0-9a-f]{7}$/);
      const again = await google.check(NETWORK, "net", {}, made);
      assert.equal(again.inputs["name"], made.inputs["name"]);
    });

    it("are made up anew where the old one was given", async () => {
      const made = await google.create(NETWORK, "net", { name: "main" });
      const again = await google.check(NETWORK, "net", {}, made);
      assert.match(nameIn(again.inputs, "name"), /^net-[0-9a-f]{7}$/);
    });

    it("of Azure have eight digits and no hyphen, those below something are copies, roles have UUIDs", async () => {
      const azure = await CloudStandIn.of("azure-native", folder);
      const group = await azure.check("resources:ResourceGroup", "rg", {});
      assert.match(nameIn(group.inputs, "resourceGroupName"), /^rg[0-9a-f]{8}$/);
      const subnet = await azure.check("network:Subnet", "nodes", {});
      assert.equal(subnet.inputs["subnetName"], "nodes");
      const role = await azure.check("authorization:RoleAssignment", "role", {});
      assert.match(nameIn(role.inputs, "roleAssignmentName"), /^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    });

    it("that the cloud would not take are refused with the rule", async () => {
      await assert.rejects(
        google.create(NETWORK, "net", { name: "Main_Net" }),
        /^Error: name: got "Main_Net", expected small letters, digits and hyphens/,
      );
      await assert.rejects(
        google.create("container/cluster:Cluster", "c", { name: "c".repeat(41) }),
        /of 41 characters, expected at most 40/,
      );
    });
  });

  describe("previews", () => {
    it("know inputs and names, and nothing that the cloud decides", async () => {
      const { id, state } = await google.create(NETWORK, "net", { name: "main" }, true);
      assert.equal(id, "");
      assert.equal(state["name"], "main");
      assert.equal(state["selfLink"], UNKNOWN);
      assert.deepEqual(google.kinds(), []);
    });

    it("of a change keep what stays", async () => {
      const aws = await CloudStandIn.of("aws", folder);
      const template = await aws.create("ec2/launchTemplate:LaunchTemplate", "t", { imageId: "a" });
      const { state } = await aws.update(template, { ...template.inputs, imageId: "b" }, true);
      assert.equal(state["arn"], template.state["arn"]);
      assert.equal(state["latestVersion"], UNKNOWN);
    });
  });

  describe("creation", () => {
    it("refuses what is there", async () => {
      await google.create(BUCKET, "one", { name: "backups", location: "EU" });
      await assert.rejects(
        google.create(BUCKET, "two", { name: "backups", location: "EU" }),
        /^Error: googleapi: Error 409: alreadyExists: Bucket backups is there already/,
      );
    });

    it("gives two of one logical name ids of their own", async () => {
      const aws = await CloudStandIn.of("aws", folder);
      const cidr = { cidrBlock: "10.0.0.0/16" };
      const [one, two] = [
        await aws.create("ec2/vpc:Vpc", "main", cidr),
        await aws.create("ec2/vpc:Vpc", "main", cidr),
      ];
      assert.notEqual(one.id, two.id);
    });

    it("fails as planned, once", async () => {
      const failure = { type: `gcp:${BUCKET}`, create: 2 };
      writeBehaviour(folder, "gcp", { failures: [failure] });
      await google.create(BUCKET, "one", { name: "first", location: "EU" });
      const second = () => google.create(BUCKET, "two", { name: "second", location: "EU" });
      await assert.rejects(
        second(),
        /^Error: googleapi: Error 403: quotaExceeded: the quota for gcp/,
      );
      assert.deepEqual(google.kinds(), ["Bucket"]);
      await second();
      assert.deepEqual(google.kinds(), ["Bucket", "Bucket"]);
    });

    it("takes as long as the account says", async () => {
      writeBehaviour(folder, "gcp", { latency: { [`gcp:${BUCKET}`]: 60 } });
      const begin = performance.now();
      await google.create(NETWORK, "net", {});
      const between = performance.now();
      await google.create(BUCKET, "one", { name: "first", location: "EU" });
      assert.ok(performance.now() - between >= 59);
      assert.ok(between - begin < 59);
    });

    it("by plugins in processes of their own loses nothing either", async () => {
      const script = path.join(import.meta.dirname, "../../support/cloud-stand-in-process.ts");
      const node = path.join(REPOSITORY, "node_modules/.bin/node");
      const runs = await Promise.all(
        [1, 2, 3].map(() => promisify(execFile)(node, [script, folder, "10"])),
      );
      const ids = runs.flatMap(({ stdout }) => JSON.parse(stdout) as string[]);
      assert.equal(new Set(ids).size, 30);
      const aws = await CloudStandIn.of("aws", folder);
      assert.deepEqual(
        aws.store
          .records()
          .map(({ id }) => id)
          .toSorted(),
        ids.toSorted(),
      );
    }).timeout(20_000);

    it("by many plugins at once loses nothing and gives no id twice", async () => {
      const plugins = await Promise.all([1, 2, 3, 4].map(() => CloudStandIn.of("aws", folder)));
      const made = await Promise.all(
        plugins.flatMap((plugin) =>
          [1, 2, 3, 4, 5].map(() =>
            plugin.create("ec2/vpc:Vpc", "v", { cidrBlock: "10.0.0.0/16" }),
          ),
        ),
      );
      assert.equal(new Set(made.map(({ id }) => id)).size, 20);
      assert.equal(plugins[0]?.kinds().length, 20);
    });
  });

  describe("reading", () => {
    it("shows what somebody edited", async () => {
      const made = await google.create(BUCKET, "one", { name: "first", location: "EU" });
      const file = google.store.fileOf({ type: `gcp:${BUCKET}`, id: "first" });
      const record = JSON.parse(fs.readFileSync(file, "utf8")) as CloudRecord;
      const inputs = { ...record.inputs, storageClass: "COLDLINE" };
      fs.writeFileSync(file, JSON.stringify({ ...record, inputs }));
      const read = await google.read(made);
      assert.equal(read?.inputs["storageClass"], "COLDLINE");
      assert.equal(read.state["storageClass"], "COLDLINE");
      assert.equal(read.state["url"], "gs://first");
    });

    it("finds gone what somebody deleted, and an update of it fails", async () => {
      const made = await google.create(BUCKET, "one", { name: "first", location: "EU" });
      google.store.remove({ type: `gcp:${BUCKET}`, id: "first" });
      assert.equal(await google.read(made), undefined);
      await assert.rejects(google.update(made, { ...made.inputs, labels: {} }), /Error 404/);
      await google.delete(made);
    });

    it("knows by id alone what an import asks for", async () => {
      const made = await google.create(NETWORK, "net", { name: "main" });
      const read = await google.read({ ...made, state: {}, inputs: {} });
      assert.deepEqual(read?.inputs, { name: "main" });
      assert.equal(read.id, made.id);
    });
  });

  describe("secrets", () => {
    it("are in no file, and come back from the state", async () => {
      await google.create(SECRET, "s", { secretId: "s", replication: { auto: {} } });
      const value = secret("not-a-real-password");
      const secretData = { secret: "projects/test-project/secrets/s", secretData: value };
      const made = await google.create(VERSION, "v", secretData);
      assert.ok(isSecret(made.state["secretData"]));
      for (const name of fs.readdirSync(google.store.folder)) {
        const text = fs.readFileSync(`${google.store.folder}/${name}`, "utf8");
        assert.equal(text.includes("not-a-real-password"), false, name);
      }
      assert.deepEqual((await google.read(made))?.inputs["secretData"], value);
    });

    it("that somebody changed read so", async () => {
      await google.create(SECRET, "s", { secretId: "s", replication: { auto: {} } });
      const version = {
        secret: "projects/test-project/secrets/s",
        secretData: secret("one-value"),
      };
      const made = await google.create(VERSION, "v", version);
      const other = { ...made, inputs: { ...made.inputs, secretData: secret("another-value") } };
      assert.deepEqual((await google.read(other))?.inputs["secretData"], secret("[changed]"));
    });

    it("are cut out of messages", async () => {
      const range = secret("10.300.0.0/16");
      await google.create(NETWORK, "net", { name: "main" });
      await assert.rejects(
        google.create(SUBNET, "s", { name: "s", network: "main", ipCidrRange: range }),
        (error: Error) => !error.message.includes("10.300") && error.message.includes("[secret]"),
      );
    });
  });

  describe("changes", () => {
    const replaced = async (type: string, before: object, after: object) => {
      const made = { id: "x", state: {}, type: `gcp:${type}`, name: "r", inputs: before as never };
      const { changed, deleteBeforeReplace } = await google.diff(made, after as never);
      const paths = [...(changed ?? [])].filter(([, { replace }]) => replace).map(([path]) => path);
      return { paths, deleteBeforeReplace };
    };

    it("of fixed fields replace, and delete first where the name was given", async () => {
      const from = { name: "main", autoCreateSubnetworks: false };
      assert.deepEqual(await replaced(NETWORK, from, { ...from, autoCreateSubnetworks: true }), {
        paths: ["autoCreateSubnetworks"],
        deleteBeforeReplace: true,
      });
    });

    it("of fixed fields delete later where the name was made up or changes", async () => {
      const from = { name: "r-0123abc", autoCreateSubnetworks: false };
      const to = { ...from, autoCreateSubnetworks: true };
      assert.equal((await replaced(NETWORK, from, to)).deleteBeforeReplace, false);
      const renamed = await replaced(NETWORK, { name: "one" }, { name: "two" });
      assert.deepEqual(renamed, { paths: ["name"], deleteBeforeReplace: false });
    });

    it("of nodes replace a pool only where Google does not make its nodes anew", async () => {
      const pool = "container/nodePool:NodePool";
      const node = { machineType: "e2-standard-4", spot: false, labels: { a: "b" } };
      const bigger = { nodeConfig: { ...node, machineType: "e2-standard-8", labels: { a: "c" } } };
      assert.deepEqual((await replaced(pool, { nodeConfig: node }, bigger)).paths, []);
      const spot = { nodeConfig: { ...node, spot: true } };
      assert.deepEqual((await replaced(pool, { nodeConfig: node }, spot)).paths, [
        "nodeConfig.spot",
      ]);
    });

    it("of a subnet's range replace unless it grows", async () => {
      const change = (to: string) =>
        replaced(SUBNET, { ipCidrRange: "10.8.0.0/20" }, { ipCidrRange: to });
      assert.deepEqual((await change("10.8.0.0/19")).paths, []);
      assert.deepEqual((await change("10.8.0.0/21")).paths, ["ipCidrRange"]);
      assert.deepEqual((await change("10.9.0.0/20")).paths, ["ipCidrRange"]);
    });

    it("of a database's disk replace where it shrinks, and a private one keeps its network", async () => {
      const database = "sql/databaseInstance:DatabaseInstance";
      const settings = (diskSize: number, privateNetwork?: string) => ({
        settings: { diskSize, ipConfiguration: { privateNetwork: privateNetwork ?? null } },
      });
      assert.deepEqual((await replaced(database, settings(10), settings(20))).paths, []);
      assert.deepEqual((await replaced(database, settings(20), settings(10))).paths, [
        "settings.diskSize",
      ]);
      assert.deepEqual((await replaced(database, settings(10, "net"), settings(10))).paths, [
        "settings.ipConfiguration.privateNetwork",
      ]);
      const without = { settings: { diskSize: 10 } };
      assert.deepEqual((await replaced(database, settings(10, "net"), without)).paths, [
        "settings.ipConfiguration",
      ]);
    });

    it("of a cluster's encryption replace unless there was none", async () => {
      const aws = await CloudStandIn.of("aws", folder);
      const key = (keyArn: string) => ({
        encryptionConfig: { provider: { keyArn }, resources: ["secrets"] },
      });
      const made = { id: "x", state: {}, type: "aws:eks/cluster:Cluster", name: "c" };
      const added = await aws.diff({ ...made, inputs: {} }, key("one"));
      assert.deepEqual([...(added.changed?.values() ?? [])], [{ kind: "add", replace: false }]);
      const other = await aws.diff({ ...made, inputs: key("one") }, key("two"));
      assert.deepEqual([...(other.changed?.values() ?? [])], [{ kind: "update", replace: true }]);
    });

    it("of an unknown value of a fixed field are planned as a replacement", async () => {
      assert.deepEqual((await replaced(SUBNET, { network: "a" }, { network: UNKNOWN })).paths, [
        "network",
      ]);
    });

    it("of the provider's project make everything anew that did not name its own", async () => {
      const made = await google.create(NETWORK, "net", { name: "main" });
      const elsewhere = await CloudStandIn.of("gcp", folder, { project: "other-project" });
      const { changed } = await elsewhere.diff(made, made.inputs);
      assert.deepEqual([...(changed ?? [])], [["project", { kind: "update", replace: true }]]);
    });
  });
});
