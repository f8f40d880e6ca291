/** Days for which CloudWatch can keep logs. */
const OFFERED = [
  7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** The shortest time on offer that is no shorter than what is asked for. */
export function retentionFor(days: number): number {
  return OFFERED.find((offered) => offered >= days) ?? 3653;
}
