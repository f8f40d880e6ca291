/** The ClusterIssuers that the platform makes (D-67); a system names one for its certificate. */
export const ISSUER_NAMES = ["letsencrypt-prod", "letsencrypt-staging", "selfsigned"] as const;
