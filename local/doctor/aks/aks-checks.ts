import type { AksSettings } from "../../../components/clusters/settings.ts";
import { unlessPlaceholder, type Check } from "../check.ts";
import { isPlaceholder, type StackFacts } from "../stack-facts.ts";
import { azureCommands } from "./azure-commands.ts";
import { azureLogin } from "./azure-login.ts";
import { azurePlace } from "./azure-place.ts";
import { azureQuotas } from "./azure-quotas.ts";
import { azureAccountCheck, azureDeployerCheck } from "./azure-sign-in.ts";

const SUBSCRIPTION = "slipway:cluster.subscription";
const TENANT = "slipway:cluster.tenant";
const DEPLOYER = "slipway:cluster.deployer";

/** What a cluster on AKS needs of Azure. */
export function aksChecks(settings: AksSettings, facts: StackFacts): Check[] {
  const commands = azureCommands(settings);
  const { subscription, tenant } = settings;
  const noSubscription = isPlaceholder(facts, SUBSCRIPTION);
  const inSubscription = [
    ...azurePlace(commands, settings),
    ...azureQuotas(commands, settings, facts.settings.guard),
    azureLogin(commands, settings, facts.file),
  ];
  return [
    azureAccountCheck(commands, {
      ...(noSubscription ? {} : { subscription }),
      ...(isPlaceholder(facts, TENANT) ? {} : { tenant }),
    }),
    unlessPlaceholder(
      isPlaceholder(facts, DEPLOYER),
      DEPLOYER,
      azureDeployerCheck(commands, settings),
    ),
    ...inSubscription.map((check) => unlessPlaceholder(noSubscription, SUBSCRIPTION, check)),
  ];
}
