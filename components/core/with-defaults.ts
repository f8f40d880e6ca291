/**
 * Fills what `args` leaves out from `defaults`, one level deep. An explicit `undefined` counts as left
 * out (a spread would let it win and so erase the default).
 */
export function withDefaults<D extends object, A extends object>(defaults: D, args: A): D & A {
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(given) } as D & A;
}
