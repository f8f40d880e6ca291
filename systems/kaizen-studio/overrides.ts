import type { Problem } from "../../components/core/problem.ts";
import { SECRET_ENV } from "./environment.ts";
import type { KaizenStudioSettings } from "./settings.ts";

type Texts = Readonly<Record<string, string>>;

/** Environment variables that follow from other settings, and which (K-09, K-11, K-17). */
const DERIVED: Texts = {
  CORS_ORIGINS: "host",
  FRONTEND_URL: "host",
  DEBUG: "debug",
  JWT_ALGORITHM: "jwtAlgorithm",
};

/** Problems of one map of environment variables. Values are not shown: people paste secrets. */
function checkNames(texts: Texts, path: string): Problem[] {
  return Object.keys(texts).flatMap((name): Problem[] => {
    const at = `${path}.${name}`;
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      return [
        {
          path: at,
          expected: "the name of an environment variable",
          remedy: "Use letters, digits and underscores, and no digit first.",
        },
      ];
    }
    const setting = DERIVED[name];
    if (setting !== undefined) {
      const expected = "a name that follows from no other setting";
      return [{ path: at, expected, remedy: `Change ${setting} instead.` }];
    }
    if (!SECRET_ENV.includes(name)) return [];
    const expected = "a name that the Secret does not give";
    return [{ path: at, expected, remedy: "Set the secret's own key: this file is in clear." }];
  });
}

/** Problems of what a stack adds to the parts of the system. */
export function checkOverrides({ backend, frontend }: KaizenStudioSettings): Problem[] {
  return [
    ...checkNames(backend.extraConfig, "backend.extraConfig"),
    ...checkNames(backend.extraEnv, "backend.extraEnv"),
    ...checkNames(frontend.extraEnv, "frontend.extraEnv"),
  ];
}

/** What a stack may say of the pods of each part. */
export function podOverrides(
  { imagePullSecrets }: KaizenStudioSettings,
  { restartedAt }: { readonly restartedAt?: string },
) {
  return { imagePullSecrets, ...(restartedAt === undefined ? {} : { restartedAt }) };
}
