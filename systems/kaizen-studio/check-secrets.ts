import * as pulumi from "@pulumi/pulumi";
import { underPath, type Problem } from "../../components/core/problem.ts";
import type { SecretBackend } from "../../components/core/secret-backend.ts";
import { checkSealedSecrets } from "../../components/workloads/check-sealed.ts";
import { secretEntries } from "./environment.ts";
import { secretKey, type GivenSecrets } from "./life.ts";
import { NAMES } from "./names.ts";
import type { KaizenStudioSettings } from "./settings.ts";

const BECAUSE = "because slipway:platform.secretBackend is sealed";

/**
 * Problems of what people sealed, and of what does not go with it. Which backend it is decides here what a
 * stack file has to say, and nowhere else in the system.
 */
export function checkSecrets(
  settings: KaizenStudioSettings,
  backend: SecretBackend["kind"],
  given: GivenSecrets,
): Problem[] {
  if (settings.state === "removed") return [];
  // Which keys there are hangs on no value.
  const entries = secretEntries(settings, { azureClientSecret: pulumi.secret("") });
  const isSealed = backend === "sealed";
  return [
    ...underPath(
      "sealedSecrets",
      checkSealedSecrets({ [NAMES.secret]: entries }, settings.sealedSecrets, backend),
    ),
    ...(isSealed ? [...given.map(givenBeside), ...checkReaders(settings)] : []),
  ];
}

function givenBeside(name: GivenSecrets[number]): Problem {
  const key = secretKey(name);
  return {
    path: "sealedSecrets",
    got: `${key} beside them`,
    expected: `sealed values alone, ${BECAUSE}`,
    remedy: `Seal it, then run: pulumi config rm ${key}`,
  };
}

/** What is told the database's password by us, who do not know it. */
function checkReaders({ postgres }: KaizenStudioSettings): Problem[] {
  if (postgres.mode === "statefulset") return [];
  return [
    {
      path: "postgres.mode",
      got: JSON.stringify(postgres.mode),
      expected: `"statefulset", ${BECAUSE} and the cluster alone knows the password`,
      remedy: "Leave it out, or take another backend.",
    },
  ];
}
