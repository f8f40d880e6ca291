import { shown } from "../repository.ts";
import { provideTools, whereTools } from "../tools/index.ts";

/** Provides every tool and says where each is. */
export async function tools(signal: AbortSignal): Promise<void> {
  await provideTools({ signal });
  const rows = (await whereTools()).map((finding) => {
    const { tool } = finding;
    const place = finding.from === "nowhere" ? "missing" : shown(finding.file);
    const origin = finding.from === "path" ? "found on PATH" : "built";
    return `${tool.name.padEnd(24)} ${tool.version.padEnd(9)} ${origin.padEnd(14)} ${place}`;
  });
  console.log(rows.join("\n"));
}
