// `node tests/support/plan-of-folder.ts STACK FOLDER` prints the resources.json of a stack whose file is in
// the folder. In a process of its own, because a program is recorded once in each.
import { makePlan } from "../../plan/make-plan.ts";

const [stack = "", folder = ""] = process.argv.slice(2);
const { files } = await makePlan(stack, folder);
process.stdout.write(files.find(({ path }) => path === "resources.json")?.text ?? "");
