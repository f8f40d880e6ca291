import { sealedText } from "./secret-backends.ts";

const SIGNING = { HS256: ["jwt-secret"], RS256: ["jwt-private-key", "jwt-public-key"] } as const;

/** What a stack file says of Kaizen Studio's secrets where people seal them. */
export function sealedStudio(jwtAlgorithm: keyof typeof SIGNING) {
  const keys = [
    "postgres-password",
    "redis-password",
    ...SIGNING[jwtAlgorithm],
    "encryption-key",
    "azure-client-secret",
  ];
  const values = Object.fromEntries(keys.map((key) => [key, sealedText(key)]));
  return { jwtAlgorithm, sealedSecrets: { "kaizen-studio-secrets": values } };
}
