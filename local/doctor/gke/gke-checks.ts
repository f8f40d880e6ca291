import type { GkeSettings } from "../../../components/clusters/settings.ts";
import { unlessPlaceholder, type Check } from "../check.ts";
import { isPlaceholder, type StackFacts } from "../stack-facts.ts";
import { googleCommands } from "./google-commands.ts";
import { googleLogin } from "./google-login.ts";
import { googlePlace } from "./google-place.ts";
import { googleQuotas } from "./google-quotas.ts";
import { googleSignIn } from "./google-sign-in.ts";

const PROJECT = "slipway:cluster.project";
const DEPLOYER = "slipway:cluster.deployer";

/** What a cluster on GKE needs of Google Cloud. */
export function gkeChecks(settings: GkeSettings, facts: StackFacts): Check[] {
  const commands = googleCommands(settings);
  const inProject = [
    ...googlePlace(commands, settings),
    ...googleQuotas(commands, settings),
    googleLogin(commands, settings, facts.file),
  ];
  return [
    ...googleSignIn(commands, settings.deployer).map((check) =>
      unlessPlaceholder(
        check.title === "deployer" && isPlaceholder(facts, DEPLOYER),
        DEPLOYER,
        check,
      ),
    ),
    ...inProject.map((check) => unlessPlaceholder(isPlaceholder(facts, PROJECT), PROJECT, check)),
  ];
}
