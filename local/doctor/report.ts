import { styleText } from "node:util";
import { SECTIONS, type Finding } from "./finding.ts";

type Style = Parameters<typeof styleText>[0];

const STYLES: Readonly<Record<Finding["is"], Style>> = {
  ok: "green",
  remark: "yellow",
  problem: ["red", "bold"],
  "not checked": "dim",
};

/** Longest word of a verdict. */
const WIDTH = "not checked".length;

/** Paints text, or leaves it as it is where nobody sees colours. */
export type Paint = (style: Style, text: string) => string;

/** Colours where standard output is a terminal that shows them. */
export const paintForTerminal: Paint = (style, text) =>
  styleText(style, text, { stream: process.stdout });

function lines({ is, check, says, ...rest }: Finding, paint: Paint): string[] {
  const line = `  ${paint(STYLES[is], is.padEnd(WIDTH))}  ${check}: ${says}`;
  const fix = "fix" in rest ? rest.fix : undefined;
  return fix === undefined ? [line] : [line, `  ${" ".repeat(WIDTH)}  → ${fix}`];
}

/** `2 problems, 1 remark, 3 not checked, 9 ok`. */
export function countsLine(findings: readonly Finding[]): string {
  const count = (is: Finding["is"]) => findings.filter((finding) => finding.is === is).length;
  const plural = (number: number, word: string) => `${number} ${word}${number === 1 ? "" : "s"}`;
  return [
    plural(count("problem"), "problem"),
    plural(count("remark"), "remark"),
    `${count("not checked")} not checked`,
    `${count("ok")} ok`,
  ].join(", ");
}

/** The report for people: a line for each check, and how to mend what is wrong. */
export function report(
  heading: string,
  findings: readonly Finding[],
  paint: Paint = paintForTerminal,
): string {
  const sections = SECTIONS.flatMap((section) => {
    const inside = findings.filter((finding) => finding.section === section);
    if (inside.length === 0) return [];
    return ["", paint("bold", section), ...inside.flatMap((finding) => lines(finding, paint))];
  });
  return [heading, ...sections, "", `${countsLine(findings)}.`].join("\n");
}
