import type {
  ConfigSource,
  PostgresAccess,
  SecretEntries,
  SourceKey,
} from "../../components/workloads/index.ts";
import { DATABASE, NAMES } from "./names.ts";
import type { KaizenStudioSecrets, KaizenStudioSettings } from "./settings.ts";

/** The environment variables that are no secrets (K-17, K-09), and what the stack adds to them (E-46). */
export function configData(settings: KaizenStudioSettings, url: string): Record<string, string> {
  return {
    CORS_ORIGINS: url,
    FRONTEND_URL: url,
    DEBUG: String(settings.debug),
    LOG_LEVEL: settings.debug ? "DEBUG" : "INFO",
    JWT_ALGORITHM: settings.jwtAlgorithm,
    ...settings.backend.extraConfig,
  };
}

/**
 * The keys of the Secret (E-33): what config gives, else generated (K-18). The database's user and name
 * are the guide's (K-15) and no secrets; they stand here because the published manifests read them here.
 */
export function secretEntries(
  settings: KaizenStudioSettings,
  secrets: KaizenStudioSecrets,
): SecretEntries {
  const { postgresService, redisService } = NAMES;
  const { postgresPassword, redisPassword } = settings.rotation;
  return {
    "postgres-user": { from: "value", value: DATABASE.user },
    "postgres-db": { from: "value", value: DATABASE.name },
    "postgres-password": givenOr(secrets.postgresPassword, {
      from: "password",
      length: 32,
      ...rotated(postgresPassword),
    }),
    "redis-password": givenOr(secrets.redisPassword, {
      from: "password",
      length: 32,
      ...rotated(redisPassword),
    }),
    ...signingEntries(settings, secrets),
    // Has no rotation: what was encrypted with it would be lost.
    "encryption-key": givenOr(secrets.encryptionKey, {
      from: "bytes",
      length: 32,
      encoding: "base64",
    }),
    "azure-client-id": { from: "value", value: settings.azureClientId },
    "azure-client-secret": { from: "value", value: secrets.azureClientSecret },
    // Where the cloud runs the database, a Secret beside this one knows its address.
    ...(settings.postgres.mode === "managed"
      ? {}
      : {
          "database-url": {
            from: "url",
            template: `postgresql://{postgres-user}:{postgres-password}@${postgresService}:5432/{postgres-db}`,
          } as const,
        }),
    "redis-url": { from: "url", template: `redis://:{redis-password}@${redisService}:6379/0` },
  };
}

type Entry = SecretEntries[string];

function givenOr(value: KaizenStudioSecrets["jwtSecret"], generated: Entry): Entry {
  return value === undefined ? generated : { from: "value", value };
}

function rotated(rotation: string | undefined): { rotation?: string } {
  return rotation === undefined ? {} : { rotation };
}

/**
 * What signs tokens (K-11, D-57): a secret, or both halves of a key pair. Never all three, or a token
 * that names the other algorithm might pass.
 */
function signingEntries(
  { jwtAlgorithm, rotation }: KaizenStudioSettings,
  { jwtSecret }: KaizenStudioSecrets,
): SecretEntries {
  const drawn = rotated(rotation.jwtKey);
  if (jwtAlgorithm === "RS256") {
    return {
      "jwt-private-key": { from: "private-key", bits: 2048, ...drawn },
      "jwt-public-key": { from: "public-key", of: "jwt-private-key" },
    };
  }
  const bytes = { from: "bytes", length: 32, encoding: "hex", ...drawn } as const;
  return { "jwt-secret": givenOr(jwtSecret, bytes) };
}

const SIGNING_ENV = {
  HS256: { JWT_SECRET: "jwt-secret" },
  RS256: { JWT_PRIVATE_KEY: "jwt-private-key", JWT_PUBLIC_KEY: "jwt-public-key" },
} as const;

const COMMON_ENV = {
  REDIS_URL: "redis-url",
  ENCRYPTION_KEY: "encryption-key",
  AZURE_CLIENT_ID: "azure-client-id",
  AZURE_CLIENT_SECRET: "azure-client-secret",
} as const;

/** Every environment variable that may come from the Secret. */
export const SECRET_ENV: readonly string[] = Object.keys({
  DATABASE_URL: "",
  ...COMMON_ENV,
  ...SIGNING_ENV.HS256,
  ...SIGNING_ENV.RS256,
});

/**
 * The backend's environment variables: from Secrets (K-12, K-36), what its client of the database needs,
 * and what the stack adds (E-46).
 */
export function backendEnv(
  { jwtAlgorithm, backend }: KaizenStudioSettings,
  source: ConfigSource,
  { url = { source, key: "database-url" }, env }: Pick<PostgresAccess, "url" | "env">,
): Record<string, string | SourceKey> {
  const keys = { ...COMMON_ENV, ...SIGNING_ENV[jwtAlgorithm] };
  const secret = Object.entries(keys).map(([name, key]) => [name, { source, key }] as const);
  return { DATABASE_URL: url, ...Object.fromEntries(secret), ...env, ...backend.extraEnv };
}
