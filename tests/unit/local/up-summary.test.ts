import assert from "node:assert/strict";
import path from "node:path";
import { upSummary } from "../../../local/commands/up-summary.ts";
import { REPOSITORY } from "../../../local/repository.ts";

const outputs = {
  namespaces: ["cert-manager", "kaizen-studio-local"],
  endpoints: { kaizenStudio: { url: "https://studio.localhost" } },
};

describe("upSummary", () => {
  it("tells namespaces, endpoints, how to look inside, and how to take it down", () => {
    const kubeconfig = path.join(REPOSITORY, ".local/kubeconfig");
    assert.equal(
      upSummary({ stack: "local", outputs, kubeconfig, seconds: 12.3, hasKubectl: true }),
      [
        "",
        "Stack local is up after 12 s.",
        "Namespaces: cert-manager, kaizen-studio-local",
        "Endpoints:",
        "  kaizenStudio.url             https://studio.localhost",
        "Look inside:  KUBECONFIG=.local/kubeconfig kubectl get pods -A",
        "Its nodes are simulated: pods become Ready whatever is in them, no container runs and no",
        "endpoint answers. docs/local.md says what this can show and what it cannot.",
        "See a change: edit Pulumi.local.yaml, then make up again",
        "Take it down: make down",
      ].join("\n"),
    );
  });

  it("says when kubectl is missing", () => {
    const kubeconfig = path.join(REPOSITORY, ".local/kubeconfig");
    const text = upSummary({ stack: "local", outputs, kubeconfig, seconds: 1, hasKubectl: false });
    assert.match(text, /\(kubectl is not on PATH; any 1\.35 to 1\.37 does\)/);
  });

  it("says nothing of simulated nodes for a cluster of somebody else", () => {
    const text = upSummary({ stack: "kind", outputs, seconds: 1, hasKubectl: true });
    assert.doesNotMatch(text, /simulated|KUBECONFIG/);
    assert.match(text, /^Take it down: make down STACK=kind PLUGINS=real$/m);
  });
});
