import { settled, type Check } from "./check.ts";
import { ok, problem, remark, type Verdict } from "./finding.ts";
import type { StackFacts } from "./stack-facts.ts";

/** One verdict for each value that is still a stand-in. */
export function judgePlaceholders(facts: StackFacts): Verdict[] {
  const { placeholders, settings, stack } = facts;
  const inCloud = settings.cluster.kind !== "existing";
  if (placeholders.length === 0) {
    if (settings.placeholders === "refused") return [ok("none left, and refused from now on")];
    return [
      remark(
        "none left; nothing keeps one from coming back",
        `pulumi config set slipway:placeholders refused -s ${stack}`,
      ),
    ];
  }
  return placeholders.map(({ path, value, remedy }) => {
    const says = value === undefined ? `${path} is not set` : `${path} is still ${value}`;
    const fix = remedy.startsWith("Run: ") ? `${remedy.slice("Run: ".length)} -s ${stack}` : remedy;
    return inCloud ? problem(says, fix) : remark(says, fix);
  });
}

/** What guard relaxed lets pass. It is a choice, so it is told and not complained of. */
export function judgeGuard({ settings, concessions }: StackFacts): Verdict {
  if (concessions.length === 0) return ok(settings.guard);
  const paths = [...new Set(concessions.map(({ path }) => path))].join(", ");
  const count = `${concessions.length} setting${concessions.length === 1 ? "" : "s"}`;
  return ok(`${settings.guard}, which allows ${count} that strict refuses: ${paths}`);
}

/** What the stack file says that a real deployment should not find there. */
export function stackFileChecks(facts: StackFacts): Check[] {
  const { example, file } = facts;
  const copied =
    example === undefined
      ? []
      : [
          settled(
            "Stack file",
            "place",
            remark(
              `this is examples/${example}/${file}, and pulumi up reads ${file}`,
              `sed 's#schema=../../#schema=#' examples/${example}/${file} > ${file}`,
            ),
          ),
        ];
  return [
    ...copied,
    settled("Stack file", "guard", judgeGuard(facts)),
    settled("Stack file", "placeholder", ...judgePlaceholders(facts)),
  ];
}
