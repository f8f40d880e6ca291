/**
 * Annotations of every webhook configuration that a chart brings. AKS adds a selector of its own to those
 * without the first, so that they would never again be as the chart wants them; elsewhere nobody reads it.
 */
export const WEBHOOK_ANNOTATIONS = { "admissions.enforcer/disabled": "true" } as const;
