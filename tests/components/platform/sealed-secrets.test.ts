import assert from "node:assert/strict";
import { Platform, webhookPorts } from "../../../components/platform/index.ts";
import { sealedSecretsValues } from "../../../components/platform/sealed-secrets.ts";
import { byName, byType } from "../../../plan/recording.ts";
import { platformOff } from "../../support/platform-off.ts";
import { recordOn } from "../../support/recorded-program.ts";

const ON = platformOff({ sealedSecrets: { enabled: true } });

describe("Sealed Secrets", () => {
  it("is where kubeseal looks without being told (D-71)", async () => {
    let namespaces: readonly string[] = [];
    const recording = await recordOn(({ providers }) => {
      ({ namespaces } = new Platform("platform", ON, { providers }));
    });
    const release = byName(recording, "platform-sealed-secrets-release").inputs;
    assert.equal(release["namespace"], "kube-system");
    assert.partialDeepStrictEqual(release["values"], {
      fullnameOverride: "sealed-secrets-controller",
    });
    // From the crds folder: nothing else brings the definition.
    assert.equal(release["skipCrds"], false);
    assert.deepEqual(namespaces, []);
    assert.equal(byType(recording, "kubernetes:core/v1:Namespace").length, 0);
  });

  it("comes from the registry that has all versions, with a tag that is not the chart's", () => {
    assert.deepEqual(sealedSecretsValues({}, false)["image"], {
      registry: "ghcr.io",
      repository: "bitnami-labs/sealed-secrets-controller",
      tag: "0.36.4",
    });
  });

  it("binds nothing to everybody who can log in", () => {
    assert.partialDeepStrictEqual(sealedSecretsValues({}, false), {
      rbac: { serviceProxier: { bind: false } },
    });
  });

  it("is watched where something watches", () => {
    for (const monitored of [true, false]) {
      assert.deepEqual(sealedSecretsValues({}, monitored)["metrics"], {
        serviceMonitor: { enabled: monitored },
      });
    }
  });

  it("is reached by the control plane, which hands kubeseal's questions on", () => {
    assert.deepEqual(webhookPorts(ON), [8080]);
    assert.deepEqual(webhookPorts(platformOff()), []);
  });
});
