import { clusterFacts, clusterZones } from "../components/clusters/cluster-facts.ts";
import { checkStack, refuseProblems } from "../config/index.ts";
import { engineConfig, readStackFile } from "../config/stack-file.ts";
import { balance, type Balance } from "./capacity/balance.ts";
import { describePlanProblem, judge } from "./judge/index.ts";
import { chartContents } from "./model/charts/index.ts";
import { textAt, textsAt } from "./model/json.ts";
import { describeRelease } from "./model/kubernetes-object.ts";
import { planModel, type PlanModel } from "./model/plan-model.ts";
import { record, type Recording } from "./recording.ts";
import { summaryFile } from "./summary.ts";
import { manifestFiles, releaseFiles, type PlanFile } from "./write/manifests.ts";
import { resourcesFile } from "./write/resources-file.ts";

/** What a stack would be, judged and found sound. */
export interface Plan {
  readonly recording: Recording;
  readonly model: PlanModel;
  readonly balance: Balance;
  /** The first line: what the stack lets pass, and what is still to be supplied. */
  readonly openingLine: string;
  readonly warnings: readonly string[];
  readonly files: readonly PlanFile[];
}

/** Every reason to refuse a plan at once. */
export class PlanRefused extends Error {
  readonly problems: readonly string[];
  constructor(stack: string, problems: readonly string[]) {
    const lines = problems.map((text, index) => `${index + 1}. ${text}`);
    const count = `${problems.length} problem${problems.length === 1 ? "" : "s"}`;
    super([`The plan of ${stack} has ${count}:`, ...lines].join("\n"));
    this.problems = problems;
  }
}

/**
 * Records the program for a stack, whose file is in `folder` (the project's own unless said), and judges
 * it. Throws ConfigError for a stack file that is not sound
 * and PlanRefused for what the judges find. One call per process: a module is evaluated once only.
 */
export async function makePlan(stack: string, folder?: string): Promise<Plan> {
  const source = readStackFile(stack, folder);
  const { config: settings, problems, placeholders } = checkStack(source);
  refuseProblems(source.file, problems);
  if (settings === undefined) throw new Error("A stack without problems has settings.");

  const { config, secretKeys } = engineConfig(source);
  const recording = await record(() => import("../index.ts"), { stack, config, secretKeys });
  const model = planModel(recording, clusterFacts(settings.cluster));
  const found = judge(model).map(describePlanProblem);
  if (found.length > 0) throw new PlanRefused(stack, found);

  const sums = balance(model);
  const [openingLine = ""] = recording.diagnostics
    .filter(({ severity }) => severity === "info")
    .map(({ message }) => message);
  const warnings = planWarnings(recording, model, sums);
  const exposure = model.resources.flatMap(({ outputs }) => textAt(outputs, "exposure") ?? []);
  const limitations = model.resources.flatMap(({ outputs }) => textsAt(outputs, "limitations"));
  const summary = summaryFile({
    stack,
    openingLine,
    model,
    balance: sums,
    outputs: recording.outputs,
    placeholders,
    zones: clusterZones(settings.cluster),
    exposure,
    limitations,
    warnings,
  });
  const files = [
    { path: "summary.md", text: summary },
    { path: "resources.json", text: resourcesFile(model.resources) },
    ...manifestFiles(model.objects),
    ...releaseFiles(model.releases),
  ];
  return { recording, model, balance: sums, openingLine, warnings, files };
}

/** What a plan lets pass and a person should know. */
function planWarnings({ diagnostics }: Recording, model: PlanModel, sums: Balance): string[] {
  const logged = diagnostics
    .filter(({ severity }) => severity === "warning")
    .map(({ message }) => message);
  const uncounted = model.releases
    .filter((release) => chartContents(release) === undefined)
    .map(
      (release) => `The pods of ${describeRelease(release)} are not counted: its chart is unknown.`,
    );
  const { requested, capacity } = sums;
  const full =
    requested.min.cpu > capacity.min.cpu || requested.min.memory > capacity.min.memory
      ? ["What always runs requests more than minNodes have: the cluster has to scale up at once."]
      : [];
  return [...logged, ...uncounted, ...full];
}
