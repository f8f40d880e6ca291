import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { withoutVersionAliases } from "../../../components/clusters/aks/version-aliases.ts";

function optionsAfter(
  opts: pulumi.CustomResourceOptions,
): pulumi.CustomResourceOptions | undefined {
  const resource = undefined as never;
  return withoutVersionAliases({ resource, type: "", name: "", props: {}, opts })?.opts;
}

describe("withoutVersionAliases", () => {
  it("takes away what names a version of an API, and leaves every other alias", () => {
    const others: pulumi.Alias[] = [
      { type: "azure-native:network:Subnet" },
      { name: "before" },
      { type: "azure:network/v20230901:Subnet" },
    ];
    const aliases = [
      { type: "azure-native:network/v20230901:Subnet" },
      ...others,
      "urn:pulumi:prod::slipway::azure-native:network:Subnet::before",
      { type: "azure-native:containerservice/v20240202preview:ManagedCluster" },
    ];
    const kept = [...others, "urn:pulumi:prod::slipway::azure-native:network:Subnet::before"];
    assert.deepEqual(optionsAfter({ aliases, protect: true }), { aliases: kept, protect: true });
  });

  it("changes nothing where there are none", () => {
    assert.equal(optionsAfter({ protect: true }), undefined);
  });
});
