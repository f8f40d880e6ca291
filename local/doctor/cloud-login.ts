import type { CloudSettings } from "../../components/clusters/settings.ts";
import type { Check, Asking } from "./check.ts";
import type { CommandLine } from "./command-runner.ts";
import { unanswered, type Answer } from "./answer.ts";
import {
  askVersion,
  judgeLogin,
  readToken,
  type LoginAttempt,
  type LoginRemedies,
} from "./cluster-login.ts";
import { notChecked, ok, type Verdict } from "./finding.ts";

/** A cluster as its cloud describes it. */
export interface Described {
  /** Absent while the cloud still makes it. */
  readonly server?: string;
  /** Base64 of PEM. */
  readonly certificateAuthority?: string;
}

/** How one cloud is asked about its cluster. */
export interface CloudLogin<D extends Described = Described> {
  readonly describe: CommandLine;
  /** The cluster in the answer; undefined when it is not among what was listed. */
  readonly read: (text: string) => D | undefined;
  /** Completes what the description leaves out. */
  readonly complete?: (described: D, asking: Asking) => Promise<Described | Verdict>;
  /** The exec plugin that deployments sign in by. */
  readonly plugin: CommandLine;
  readonly refused: string;
}

const NOT_YET = "does not exist yet; the first up makes it";

/** Whether the answer to a description says that there is a cluster; undefined when nobody knows. */
export function existence(
  answer: Answer,
  read: (text: string) => object | undefined = () => ({}),
): boolean | undefined {
  if (answer.is === "not there") return false;
  return answer.is === "answer" ? read(answer.text) !== undefined : undefined;
}

function remedies({ endpoint, kind }: CloudSettings, file: string, refused: string): LoginRemedies {
  switch (endpoint) {
    case "private":
      return { silent: undefined, refused };
    case "restricted":
      return {
        silent: `Add this machine's public address to slipway:cluster.allowedCidrs in ${file}.`,
        refused,
      };
    case "dns":
      return { silent: `See docs/clouds/${kind}.md: how to get in.`, refused };
  }
}

async function login<D extends Described>(
  { describe, read, complete, plugin, refused }: CloudLogin<D>,
  settings: CloudSettings,
  file: string,
  asking: Asking,
): Promise<Verdict> {
  const answer = await asking.ask(describe);
  const found = answer.is === "answer" ? read(answer.text) : undefined;
  if (answer.is !== "answer" && answer.is !== "not there") {
    return unanswered(describe, answer, asking.timeout);
  }
  if (found === undefined) return ok(`${settings.name} ${NOT_YET}`);
  const described = complete === undefined ? found : await complete(found, asking);
  if ("is" in described) return described;
  const { server, certificateAuthority } = described;
  if (server === undefined) return notChecked(`${settings.name} has no address yet`);
  const credential = await asking.ask(plugin);
  if (credential.is !== "answer") return unanswered(plugin, credential, asking.timeout);
  const attempt: LoginAttempt = {
    server,
    token: readToken(credential.text),
    ...(certificateAuthority === undefined
      ? {}
      : { certificateAuthority: Buffer.from(certificateAuthority, "base64").toString() }),
  };
  const reply = await askVersion(attempt, asking.timeout, asking.signal);
  return judgeLogin(reply, remedies(settings, file, refused));
}

/** Whether the cluster is there, and lets in whoever runs this. */
export function loginCheck<D extends Described>(
  cloud: CloudLogin<D>,
  settings: CloudSettings,
  file: string,
): Check {
  return {
    section: "Cluster",
    title: "login",
    run: (asking) => login(cloud, settings, file, asking),
  };
}
