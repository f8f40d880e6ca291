import net from "node:net";
import type { Guard } from "../../components/core/guard.ts";
import type { Problem } from "../../components/core/problem.ts";
import type { KaizenStudioSettings } from "./settings.ts";

/** Length of the prefix of an address range, or undefined when the text is none. */
function prefixOf(range: string): number | undefined {
  const [address = "", prefix = "", ...rest] = range.split("/");
  const family = net.isIP(address);
  if (family === 0 || rest.length > 0 || !/^\d{1,3}$/.test(prefix)) return undefined;
  const length = Number(prefix);
  return length <= (family === 4 ? 32 : 128) ? length : undefined;
}

/** Problems of where the backend may go to have people signed in. */
export function checkSignIn(
  { signInAddresses }: Pick<KaizenStudioSettings, "signInAddresses">,
  guard: Guard,
): Problem[] {
  return signInAddresses.flatMap((range, index): Problem[] => {
    const path = `signInAddresses[${index}]`;
    const got = JSON.stringify(range);
    const prefix = prefixOf(range);
    if (prefix === undefined) {
      const expected = "an address range such as 20.190.128.0/18";
      return [{ path, got, expected, remedy: "Write an address, a slash and a prefix length." }];
    }
    if (prefix > 0 || guard === "relaxed") return [];
    const expected = "a part of the internet, because slipway:guard is strict";
    const remedy = "Name the ranges that your sign-in provider publishes.";
    return [{ path, got, expected, remedy }];
  });
}
