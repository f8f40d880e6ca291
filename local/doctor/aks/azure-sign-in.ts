import { z } from "zod";
import type { AksSettings } from "../../../components/clusters/settings.ts";
import { readJson, unanswered } from "../answer.ts";
import { judged, type Asking, type Check } from "../check.ts";
import { notChecked, ok, problem, type Verdict } from "../finding.ts";
import type { AzureCommands } from "./azure-commands.ts";

const accountSchema = z.object({
  id: z.string(),
  tenantId: z.string(),
  state: z.string(),
  user: z.object({ name: z.string(), type: z.string() }),
});

type Place = Pick<AksSettings, "subscription" | "tenant">;

/** Whether the Azure CLI is signed in to the stack file's tenant, and set to its subscription. */
export function judgeAzureAccount(text: string, { subscription, tenant }: Partial<Place>): Verdict {
  const { id, tenantId, state, user } = readJson(accountSchema, text);
  if (tenant !== undefined && tenantId !== tenant) {
    return problem(
      `you are signed in to tenant ${tenantId}, and slipway:cluster.tenant is ${tenant}`,
      `az login --tenant ${tenant}`,
    );
  }
  if (subscription !== undefined && id !== subscription) {
    return problem(
      `you are in subscription ${id}, and slipway:cluster.subscription is ${subscription}`,
      `az account set --subscription ${subscription}`,
    );
  }
  if (state !== "Enabled") {
    return problem(`subscription ${id} is ${state}`, "az account list --all --output table");
  }
  return ok(`${user.name} in subscription ${id}`);
}

/** Whether an object id is that of the `deployer` of the stack file. */
export function judgeAzureDeployer(text: string, deployer: string, tenant: string): Verdict {
  const id = readJson(z.string(), text);
  if (id.toLowerCase() === deployer.toLowerCase()) return ok(deployer);
  return problem(
    `your object id is ${id}, and slipway:cluster.deployer is ${deployer}`,
    `az login --tenant ${tenant}   # as the deployer; for an application: --service-principal --username APP_ID`,
  );
}

/** Who is signed in, and whether it is the deployer. */
export function azureAccountCheck({ account }: AzureCommands, place: Partial<Place>): Check {
  const tenant = place.tenant === undefined ? "" : ` --tenant ${place.tenant}`;
  const signedOut = problem(
    "the Azure CLI is not signed in, or its session has ended",
    `az login${tenant}`,
  );
  return judged(
    "Sign-in",
    "account",
    account,
    (text) => judgeAzureAccount(text, place),
    ({ is }) => (is === "signed out" ? signedOut : undefined),
  );
}

/** The names that the Azure CLI gives to the identity of the machine that it runs on. */
const MANAGED_IDENTITY = /^(system|user)AssignedIdentity$/;

export function azureDeployerCheck(
  commands: AzureCommands,
  { deployer, tenant }: AksSettings,
): Check {
  const run = async ({ ask, timeout }: Asking): Promise<Verdict> => {
    const account = await ask(commands.account);
    if (account.is !== "answer") return unanswered(commands.account, account, timeout);
    const { user } = readJson(accountSchema, account.text);
    if (MANAGED_IDENTITY.test(user.name)) {
      return notChecked("the Azure CLI does not tell the object id of a machine's identity");
    }
    const line =
      user.type === "servicePrincipal"
        ? commands.servicePrincipal(user.name)
        : commands.signedInUser;
    const answer = await ask(line);
    return answer.is === "answer"
      ? judgeAzureDeployer(answer.text, deployer, tenant)
      : unanswered(line, answer, timeout);
  };
  return { section: "Sign-in", title: "deployer", run };
}
