import assert from "node:assert/strict";
import { endpointOf } from "../../../../components/clusters/aks/kubeconfig.ts";

const SERVER = "https://shop-1a2b.hcp.westeurope.azmk8s.io:443";
const expected = { server: SERVER, certificateAuthority: "TUlJQg==" };

describe("endpointOf", () => {
  it("reads what Azure writes", () => {
    const yaml = [
      "apiVersion: v1",
      "clusters:",
      "- cluster:",
      "    certificate-authority-data: TUlJQg==",
      `    server: ${SERVER}`,
      "  name: shop",
      "",
    ].join("\n");
    assert.deepEqual(endpointOf(yaml), expected);
  });

  it("reads JSON, with and without room in it", () => {
    const config = {
      clusters: [{ cluster: { server: SERVER, "certificate-authority-data": "TUlJQg==" } }],
    };
    assert.deepEqual(endpointOf(JSON.stringify(config)), expected);
    assert.deepEqual(endpointOf(JSON.stringify(config, undefined, 2)), expected);
  });

  it("says what is missing and how to look", () => {
    assert.throws(() => endpointOf(""), {
      message:
        "The kubeconfig that Azure gives for the cluster has no server. Run az aks get-credentials " +
        "to see whether the cluster is there and whether you may ask for it.",
    });
    assert.throws(() => endpointOf(`server: ${SERVER}`), /has no certificate-authority-data\./);
  });
});
