import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";

const folder = path.resolve(import.meta.dirname, "../../docs/decisions");

/** Files of notes whose number another has too, or whose heading says another one. */
function wrongNumbers(notes: readonly { file: string; heading: string }[]): string[] {
  const numberOf = (file: string) => file.slice(0, 4);
  return notes
    .filter(
      ({ file, heading }) =>
        notes.filter((note) => numberOf(note.file) === numberOf(file)).length > 1 ||
        !heading.startsWith(`# ${Number(numberOf(file))}. `),
    )
    .map(({ file }) => file);
}

describe("the notes of decisions", () => {
  it("have a number each, the one in their heading", () => {
    const notes = fs.readdirSync(folder).map((file) => {
      const [heading = ""] = fs.readFileSync(path.join(folder, file), "utf8").split("\n");
      return { file, heading };
    });
    assert.ok(notes.length > 0);
    assert.deepEqual(wrongNumbers(notes), []);
  });

  it("are found where they share a number, or say another", () => {
    assert.deepEqual(
      wrongNumbers([
        { file: "0001-one.md", heading: "# 1. One" },
        { file: "0002-two.md", heading: "# 2. Two" },
        { file: "0002-too.md", heading: "# 2. Too" },
        { file: "0003-three.md", heading: "# 4. Three" },
      ]),
      ["0002-two.md", "0002-too.md", "0003-three.md"],
    );
  });
});
