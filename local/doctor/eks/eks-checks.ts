import type { EksSettings } from "../../../components/clusters/settings.ts";
import { unlessPlaceholder, type Check } from "../check.ts";
import { isPlaceholder, type StackFacts } from "../stack-facts.ts";
import { awsCommands } from "./aws-commands.ts";
import { awsLogin } from "./aws-login.ts";
import { awsPlace } from "./aws-place.ts";
import { awsQuotas } from "./aws-quotas.ts";
import { awsAccountCheck, awsDeployerCheck } from "./aws-sign-in.ts";

const ACCOUNT = "slipway:cluster.account";
const DEPLOYER = "slipway:cluster.deployer";

/** What a cluster on EKS needs of AWS. */
export function eksChecks(settings: EksSettings, facts: StackFacts): Check[] {
  const commands = awsCommands(settings);
  const noAccount = isPlaceholder(facts, ACCOUNT);
  const inAccount = [
    ...awsQuotas(commands, settings, facts.settings.guard),
    awsLogin(commands, settings, facts.file),
  ];
  return [
    awsAccountCheck(commands, settings, noAccount),
    unlessPlaceholder(
      isPlaceholder(facts, DEPLOYER),
      DEPLOYER,
      awsDeployerCheck(commands, settings),
    ),
    // Zones are the same for all accounts.
    awsPlace(commands, settings),
    ...inAccount.map((check) => unlessPlaceholder(noAccount, ACCOUNT, check)),
  ];
}
