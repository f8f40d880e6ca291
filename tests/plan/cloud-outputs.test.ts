import assert from "node:assert/strict";
import { Secret } from "../../plan/secret.ts";
import {
  autonameOf,
  cloudAccount,
  cloudAnswer,
  isProperties,
  KNOWN_TYPES,
  type Properties,
} from "../../plan/recording/cloud-outputs/index.ts";
import { sdkType } from "../support/sdk-typings.ts";

const account = cloudAccount({
  project: "test-project",
  region: "test-region1",
  location: "testlocation",
  subscriptionId: "11111111-1111-4111-8111-111111111111",
  allowedAccountIds: '["111122223333"]',
});

/** Outputs of Azure that say of every resource who made it when, by what version of the API. */
const SAID_OF_ALL = new Set(["azureApiVersion", "systemData"]);

/** Outputs that a new resource does not have yet, whatever the typings say. */
const NOT_AT_FIRST: Readonly<Record<string, readonly string[]>> = {
  "azure-native:network:Subnet": [
    "ipConfigurationProfiles",
    "ipConfigurations",
    "privateEndpoints",
    "purpose",
    "resourceNavigationLinks",
    "serviceAssociationLinks",
  ],
  "azure-native:network:NatGateway": ["subnets"],
  "azure-native:network:PublicIPAddress": ["ipConfiguration"],
  "azure-native:network:NetworkSecurityGroup": ["networkInterfaces", "subnets"],
  "azure-native:network:PrivateEndpoint": ["networkInterfaces"],
  "azure-native:containerservice:ManagedCluster": ["privateFQDN"],
  "azure-native:storage:StorageAccount": [
    "accountMigrationInProgress",
    "blobRestoreStatus",
    "failoverInProgress",
    "geoReplicationStats",
    "isSkuConversionBlocked",
    "keyCreationTime",
    "lastGeoFailoverTime",
    "secondaryEndpoints",
    "secondaryLocation",
    "statusOfSecondary",
  ],
  "azure-native:storage:BlobContainer": [
    "deletedTime",
    "immutabilityPolicy",
    "leaseDuration",
    "legalHold",
    "remainingRetentionDays",
    "version",
  ],
  "azure-native:storage:BlobServiceProperties": ["sku"],
  "azure-native:containerregistry:Registry": ["status"],
  "azure-native:compute:DiskEncryptionSet": ["autoKeyRotationError"],
};

const named = (type: string): Properties => {
  const input = autonameOf(type)?.input;
  const owners = { bucket: "owner", repository: "owner", role: "owner" };
  return { ...owners, ...(input === undefined ? {} : { [input]: "given" }) };
};

function kindOf(value: unknown): string {
  if (value instanceof Secret) return kindOf(value.value);
  if (Array.isArray(value)) return "list";
  return isProperties(value) ? "map" : typeof value;
}

/** The kind that a type of the SDK's asks for; undefined where it does not say. */
function kindAsked(type: string): string | undefined {
  if (/^(string|number|boolean)$/.test(type)) return type;
  if (type.endsWith("[]")) return "list";
  return /^(outputs\.|\{)/.test(type) ? "map" : undefined;
}

describe("the clouds' answers", () => {
  it("to types that nobody described follow the pattern of most", () => {
    const idOf = (type: string, inputs: Properties) =>
      cloudAnswer({ type, name: "some", inputs, account }).id;
    assert.equal(
      idOf("gcp:redis/instance:Instance", { name: "cache", region: "test-region1" }),
      "projects/test-project/locations/test-region1/instances/cache",
    );
    assert.equal(
      idOf("gcp:run/iamMember:IamMember", { service: "s", role: "r", member: "m" }),
      "s/r/m",
    );
    assert.equal(idOf("aws:sns/topic:Topic", { name: "alarms" }), "alarms");
    assert.match(idOf("aws:ec2/networkAcl:NetworkAcl", {}), /^networkAcl-0[0-9a-f]{16}$/);
    assert.equal(
      idOf("azure-native:cache:Redis", { resourceGroupName: "rg", redisName: "cache" }),
      "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg/providers/Microsoft.Cache/rediss/cache",
    );
  });

  for (const type of KNOWN_TYPES) {
    it(`${type}: are what the SDK's typings promise`, () => {
      const { outputs, computed } = sdkType(type);
      const answer = cloudAnswer({ type, name: "some", inputs: named(type), account });
      const unknown = Object.keys(answer.outputs).filter((key) => !outputs.has(key));
      assert.deepEqual(unknown, [], "no such outputs");
      for (const [key, value] of Object.entries(answer.outputs)) {
        const asked = kindAsked(outputs.get(key) ?? "");
        if (asked !== undefined) assert.equal(kindOf(value), asked, `kind of ${key}`);
      }
      const allowed = new Set([...SAID_OF_ALL, ...(NOT_AT_FIRST[type] ?? [])]);
      const missing = computed.filter((key) => !(key in answer.outputs) && !allowed.has(key));
      assert.deepEqual(missing, [], "outputs without an answer");
      assert.notEqual(answer.id, "");
    });
  }
});
