import type { ConfigSource, SecretEntries, SourceKey } from "../../components/workloads/index.ts";
import { NAMES } from "./names.ts";
import type { KaizenStudioSecrets, KaizenStudioSettings } from "./settings.ts";

/** The environment variables that are no secrets (K-17, K-09). */
export function configData(settings: KaizenStudioSettings, url: string): Record<string, string> {
  return {
    CORS_ORIGINS: url,
    FRONTEND_URL: url,
    DEBUG: String(settings.debug),
    LOG_LEVEL: settings.debug ? "DEBUG" : "INFO",
    JWT_ALGORITHM: "HS256",
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
  return {
    "postgres-user": { from: "value", value: "kaizen_user" },
    "postgres-db": { from: "value", value: "kaizen_studio" },
    "postgres-password": givenOr(secrets.postgresPassword, { from: "password", length: 32 }),
    "redis-password": givenOr(secrets.redisPassword, { from: "password", length: 32 }),
    "jwt-secret": givenOr(secrets.jwtSecret, { from: "bytes", length: 32, encoding: "hex" }),
    "encryption-key": givenOr(secrets.encryptionKey, {
      from: "bytes",
      length: 32,
      encoding: "base64",
    }),
    "azure-client-id": { from: "value", value: settings.azureClientId },
    "azure-client-secret": { from: "value", value: secrets.azureClientSecret },
    "database-url": {
      from: "url",
      template: `postgresql://{postgres-user}:{postgres-password}@${postgresService}:5432/{postgres-db}`,
    },
    "redis-url": { from: "url", template: `redis://:{redis-password}@${redisService}:6379/0` },
  };
}

type Entry = SecretEntries[string];

function givenOr(value: KaizenStudioSecrets["jwtSecret"], generated: Entry): Entry {
  return value === undefined ? generated : { from: "value", value };
}

/** The backend's environment variables that come from the Secret (K-12, K-36). */
export function backendEnv(source: ConfigSource): Record<string, SourceKey> {
  return {
    DATABASE_URL: { source, key: "database-url" },
    REDIS_URL: { source, key: "redis-url" },
    JWT_SECRET: { source, key: "jwt-secret" },
    ENCRYPTION_KEY: { source, key: "encryption-key" },
    AZURE_CLIENT_ID: { source, key: "azure-client-id" },
    AZURE_CLIENT_SECRET: { source, key: "azure-client-secret" },
  };
}
