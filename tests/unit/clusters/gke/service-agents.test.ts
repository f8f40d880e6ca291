import assert from "node:assert/strict";
import { podPrincipal } from "../../../../components/clusters/gke/pod-identity.ts";
import { projectNumberOf } from "../../../../components/clusters/gke/service-agents.ts";

describe("projectNumberOf", () => {
  it("reads the number in the address of an agent", () => {
    assert.equal(
      projectNumberOf("service-123456789012@gs-project-accounts.iam.gserviceaccount.com"),
      "123456789012",
    );
  });

  it("says what to do where there is none", () => {
    assert.throws(() => projectNumberOf("shop@example.com"), {
      message:
        "The account of Cloud Storage in the project is called shop@example.com, which holds no " +
        "project number. Projects whose id has a domain in front are not supported; use another " +
        "project.",
    });
  });
});

describe("podPrincipal", () => {
  it("names a ServiceAccount as Google's documentation does", () => {
    assert.equal(
      podPrincipal("shop", "123456789012", { namespace: "velero", name: "server" }),
      "principal://iam.googleapis.com/projects/123456789012/locations/global/" +
        "workloadIdentityPools/shop.svc.id.goog/subject/ns/velero/sa/server",
    );
  });
});
