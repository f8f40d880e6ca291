import { z } from "zod";
import type { ClusterSettings } from "../../components/clusters/settings.ts";
import { readJson } from "./answer.ts";
import { judged, type Check } from "./check.ts";
import { notChecked, ok, problem, remark, type Verdict } from "./finding.ts";
import type { StackFacts } from "./stack-facts.ts";

const WHO = { file: "pulumi", args: ["whoami", "--verbose", "--json", "--non-interactive"] };
const STACKS = { file: "pulumi", args: ["stack", "ls", "--json", "--non-interactive"] };

const whoSchema = z.object({ user: z.string(), url: z.string() });
const stacksSchema = z.array(z.object({ name: z.string() }));

/** The place for the state in each cloud, as `pulumi login` takes it. */
function cloudBackend(cluster: ClusterSettings): string {
  switch (cluster.kind) {
    case "existing":
      return "https://api.pulumi.com";
    case "gke":
      return "gs://BUCKET";
    case "eks":
      return `s3://BUCKET?region=${cluster.region}`;
    case "aks":
      return "azblob://CONTAINER?storage_account=ACCOUNT";
  }
}

/** The key in each cloud that encrypts the stack's secrets, as Pulumi names it. */
export function cloudKey(cluster: ClusterSettings): string | undefined {
  switch (cluster.kind) {
    case "existing":
      return undefined;
    case "gke":
      return `gcpkms://projects/${cluster.project}/locations/${cluster.region}/keyRings/pulumi/cryptoKeys/${cluster.name}`;
    case "eks":
      return `awskms://alias/${cluster.name}-pulumi?region=${cluster.region}`;
    case "aks":
      return `azurekeyvault://VAULT.vault.azure.net/keys/${cluster.name}`;
  }
}

/** Where the state is kept. A disk of one machine is no place for what nobody may lose. */
export function judgeBackend(text: string, { settings }: StackFacts): Verdict {
  const { user, url } = readJson(whoSchema, text);
  // A backend's address may carry credentials of its own.
  const place = url.replace(/\/\/[^/@]*@/, "//").replace(/\?.*$/, "");
  const says = `${user} at ${place}`;
  if (!place.startsWith("file:") || settings.guard === "relaxed") return ok(says);
  return remark(
    `${says}: a disk of this machine alone holds the state`,
    `pulumi login "${cloudBackend(settings.cluster)}"`,
  );
}

/** Whether the backend knows the stack. `pulumi up` would ask, and CI cannot answer. */
export function judgeStack(text: string, facts: StackFacts): Verdict {
  const { stack, settings, secretsProvider } = facts;
  const names = readJson(stacksSchema, text).map(({ name }) => name.split("/").at(-1));
  if (names.includes(stack)) return ok(`${stack} is there`);
  const key = secretsProvider ?? cloudKey(settings.cluster);
  const provider = key === undefined ? "" : ` --secrets-provider="${key}"`;
  return problem(`the backend has no stack ${stack}`, `pulumi stack init ${stack}${provider}`);
}

/**
 * What encrypts the secrets in the stack file and in the state. Where neither says, Pulumi's own service
 * has a key, and every other backend takes a passphrase.
 */
export function judgeSecretsProvider(who: string | undefined, facts: StackFacts): Verdict {
  const { secretsProvider, usesPassphrase, hasPassphrase, settings, stack } = facts;
  if (secretsProvider !== undefined && secretsProvider !== "passphrase") {
    return ok(secretsProvider.replace(/\?.*$/, ""));
  }
  if (!usesPassphrase) {
    if (who === undefined) {
      return notChecked("the stack file names none, and the backend could not be asked");
    }
    if (/^https?:/.test(readJson(whoSchema, who).url)) return ok("the backend's own");
  }
  const key = cloudKey(settings.cluster);
  const change = `pulumi stack change-secrets-provider "${key ?? ""}" -s ${stack}`;
  // Nobody chose a passphrase, so nobody has to have one.
  if (!usesPassphrase && key !== undefined) {
    return remark("none is chosen, and this backend then takes a passphrase", change);
  }
  if (!hasPassphrase) {
    return problem(
      "a passphrase, and the environment does not hold it",
      "export PULUMI_CONFIG_PASSPHRASE_FILE=FILE",
    );
  }
  if (settings.guard === "relaxed" || key === undefined) return ok("a passphrase");
  return remark(
    "a passphrase, which nobody can take back from those who knew it; a key of the cloud is better",
    change,
  );
}

/** Where Pulumi keeps the state, and what encrypts the secrets in it. */
export function stateChecks(facts: StackFacts): Check[] {
  const login = (refusal: { is: string }) =>
    refusal.is === "signed out"
      ? problem(
          "not logged in to a state backend",
          `pulumi login "${cloudBackend(facts.settings.cluster)}"`,
        )
      : undefined;
  return [
    judged("State and secrets", "backend", WHO, (text) => judgeBackend(text, facts), login),
    judged("State and secrets", "stack", STACKS, (text) => judgeStack(text, facts)),
    {
      section: "State and secrets",
      title: "secrets provider",
      run: async ({ ask }) => {
        const who = await ask(WHO);
        return judgeSecretsProvider(who.is === "answer" ? who.text : undefined, facts);
      },
    },
  ];
}
