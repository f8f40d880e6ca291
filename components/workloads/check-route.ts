import type { Problem } from "../core/problem.ts";
import type { FullRouteArgs } from "./route-args.ts";

/** As many as an HTTPRoute takes rules, so that a route can go from an Ingress to one as it is. */
const MOST_PATHS = 16;

/** Everything wrong with the arguments that their types cannot say. */
export function checkRoute(args: FullRouteArgs): Problem[] {
  const { tls, paths } = args;
  const badPaths = paths.flatMap(({ path }, index) => {
    const got = JSON.stringify(path);
    const at = `paths[${index}].path`;
    if (!/^\/[\w./-]*$/.test(path)) {
      const expected = "a path of letters, digits, dots, dashes and slashes";
      return [{ path: at, got, expected, remedy: "Start it with a slash; use no pattern." }];
    }
    if (paths.findIndex((other) => other.path === path) === index) return [];
    return [{ path: at, got, expected: "each path once", remedy: "Leave one of them out." }];
  });
  const tooMany = {
    path: "paths",
    got: String(paths.length),
    expected: `at most ${MOST_PATHS} paths`,
    remedy: "Let one path stand for what lies below it.",
  };
  const unknownIssuer =
    tls === undefined || tls.issuers.names.includes(tls.issuer)
      ? []
      : [
          {
            path: "tls.issuer",
            got: JSON.stringify(tls.issuer),
            expected: `one of ${tls.issuers.names.join(", ")}`,
            remedy: "Name an issuer that the platform has.",
          },
        ];
  return [
    ...(paths.length > MOST_PATHS ? [tooMany] : []),
    ...badPaths,
    ...unknownIssuer,
    ...checkRange(args.requestsPerSecond, 100_000, "requestsPerSecond"),
    ...checkRange(args.maxBodyMiB, 10_240, "maxBodyMiB"),
    ...checkRange(args.timeoutSeconds, 3600, "timeoutSeconds"),
  ];
}

function checkRange(value: number, most: number, path: string): Problem[] {
  if (Number.isInteger(value) && value >= 1 && value <= most) return [];
  const expected = `a whole number from 1 to ${most}`;
  return [{ path, got: String(value), expected, remedy: "Choose a number in that range." }];
}
