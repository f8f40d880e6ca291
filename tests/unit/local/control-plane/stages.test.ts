import assert from "node:assert/strict";
import { parseAllDocuments } from "yaml";
import { stages, stagesText } from "../../../../local/control-plane/stages.ts";

describe("stages", () => {
  it("cover nodes, pods, volumes and addresses", () => {
    assert.deepEqual(
      stages().map(({ metadata }) => metadata.name),
      [
        "node-becomes-ready",
        "node-reports",
        "pod-runs",
        "pod-of-job-completes",
        "pod-goes",
        "claim-gets-volume",
        "released-volume-goes",
        "load-balancer-gets-address",
        "ingress-gets-address",
      ],
    );
  });

  it("are written as one YAML document each, text unharmed", () => {
    const documents = parseAllDocuments(stagesText(stages())).map(
      (document) => document.toJS() as unknown,
    );
    assert.deepEqual(documents, JSON.parse(JSON.stringify(stages())));
  });
});
