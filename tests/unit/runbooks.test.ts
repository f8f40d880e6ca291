import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

const FOLDER = path.resolve(import.meta.dirname, "../../docs/runbooks");
const pages = fs.readdirSync(FOLDER).map((name) => ({
  name,
  text: fs.readFileSync(path.join(FOLDER, name), "utf8"),
}));

/** The commands of a page, also those inside of a list. */
function commandsOf(text: string): string {
  return [...text.matchAll(/^( *)```bash\n(.*?)^\1```$/gms)].map(([, , block]) => block).join("");
}

describe("runbooks", () => {
  it("have commands that a shell can read", () => {
    for (const { name, text } of pages) {
      const input = commandsOf(text);
      assert.match(input, /^ *(kubectl|pulumi) /m, name);
      const { status, stderr } = spawnSync("bash", ["-n"], { input, encoding: "utf8" });
      assert.equal(status, 0, `${name}: ${stderr}`);
    }
  });

  it("set every variable that a command uses", () => {
    const unset = pages.flatMap(({ name, text }) => {
      const commands = commandsOf(text);
      const used = [...commands.matchAll(/\$([A-Z_]+)\b/g)].map(([, variable = ""]) => variable);
      // In the pod, or in single quotes for it.
      const elsewhere = ["DATABASE_URL", "REDIS_URL"];
      return [...new Set(used)]
        .filter((variable) => !elsewhere.includes(variable))
        .filter((variable) => !new RegExp(`^ *${variable}=`, "m").test(commands))
        .map((variable) => `${name}: ${variable}`);
    });
    assert.deepEqual(unset, []);
  });

  it("have links that lead somewhere", () => {
    const broken = pages.flatMap(({ name, text }) =>
      [...text.matchAll(/\]\(([^)#]+)/g)]
        .map(([, target = ""]) => target)
        .filter((target) => !fs.existsSync(path.join(FOLDER, target)))
        .map((target) => `${name}: ${target}`),
    );
    assert.deepEqual(broken, []);
  });
});
