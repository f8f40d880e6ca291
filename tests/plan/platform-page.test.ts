import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { PRIORITY_CLASSES } from "../../components/platform/priority-class-names.ts";
import { admissionRules } from "../../components/platform/admission-rules.ts";
import { chartsLeftOut, pageWithTable } from "./add-ons/table.ts";
import { ROOT } from "./run-plan.ts";

const DOCS = path.join(ROOT, "docs");
const page = fs.readFileSync(path.join(DOCS, "platform.md"), "utf8");

describe("docs/platform.md", function () {
  this.timeout(60_000);

  it("has the table of add-ons as they are (make generate)", async () => {
    assert.equal(page, await pageWithTable(page));
  });

  it("leaves no chart out of it", () => {
    assert.deepEqual(chartsLeftOut(), []);
  });

  it("has the priority classes with their values", () => {
    for (const { name, value } of Object.values(PRIORITY_CLASSES)) {
      assert.match(
        page,
        new RegExp(`^\\| \`${name}\` +\\| ${value.toLocaleString("en-US")} +\\|`, "m"),
      );
    }
  });

  it("has the rules for pods", () => {
    const named = [...page.matchAll(/^\| `(slipway-[a-z-]+)` +\| (?!\d)/gm)].map(
      ([, name]) => name,
    );
    const rules = admissionRules(["registry.test"]).map(({ name }) => name);
    assert.deepEqual(named.toSorted(), rules.toSorted());
  });

  it("has links that lead somewhere", () => {
    const broken = [...page.matchAll(/\]\(([^)#]+)/g)]
      .map(([, target = ""]) => target)
      .filter((target) => !fs.existsSync(path.join(DOCS, target)));
    assert.deepEqual(broken, []);
  });

  it("refuses a page without a place for the table", async () => {
    await assert.rejects(pageWithTable("# The platform\n"), /no <!-- add-ons/);
  });
});
