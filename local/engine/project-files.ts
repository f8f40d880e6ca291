import fs from "node:fs";
import path from "node:path";
import { parseDocument } from "yaml";
import { LocalError } from "../local-error.ts";
import { shown } from "../repository.ts";
import type { EngineFolder } from "./engine-folder.ts";

/** The text of Pulumi.yaml with `main` made absolute, so that the file works from another folder. */
export function projectText(text: string, folder: string): string {
  const document = parseDocument(text);
  const main = document.get("main");
  document.set("main", path.resolve(folder, typeof main === "string" ? main : "."));
  return document.toString();
}

/** The `encryptionsalt` that the engine wrote into a stack file, if it did. */
export function saltOf(text: string): string | undefined {
  const salt = parseDocument(text).get("encryptionsalt");
  return typeof salt === "string" ? salt : undefined;
}

/** The text of a stack file with the salt that belongs to the local passphrase. */
export function stackText(text: string, salt: string | undefined): string {
  if (salt === undefined) return text;
  const document = parseDocument(text);
  document.set("encryptionsalt", salt);
  return document.toString();
}

/** Refuses a stack file whose secrets only its own secrets provider can read. */
function refuseForeignSecrets(text: string, file: string): void {
  const document = parseDocument(text);
  const provider = ["encryptionsalt", "secretsprovider", "encryptedkey"].find((key) =>
    document.has(key),
  );
  if (provider === undefined) return;
  throw new LocalError(
    `${file}: ${provider}: got a value, expected none for a stack that is brought up locally. ` +
      `Its secrets belong to another Pulumi backend: use pulumi up for it, or remove the key and the secrets.`,
  );
}

function readOrUndefined(file: string): string | undefined {
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
}

export interface ProjectSource {
  /** The folder with Pulumi.yaml and the program. */
  readonly program: string;
  readonly stack: string;
  /** The stack file to take; that of the program's folder unless said. */
  readonly stackFile?: string;
}

/**
 * Writes the project and stack files that the engine works with, afresh from the source but with the
 * salt of earlier runs: the engine would otherwise write the salt into the checkout, and without it
 * could not read the secrets in its own state. Returns the name of the project.
 */
export function writeProject(folder: EngineFolder, source: ProjectSource): string {
  const { program, stack } = source;
  const stackName = `Pulumi.${stack}.yaml`;
  const project = fs.readFileSync(path.join(program, "Pulumi.yaml"), "utf8");
  const stackFile = source.stackFile ?? path.join(program, stackName);
  const settings = readOrUndefined(stackFile) ?? "config: {}\n";
  refuseForeignSecrets(settings, shown(stackFile));

  fs.mkdirSync(folder.project, { recursive: true, mode: 0o700 });
  fs.writeFileSync(path.join(folder.project, "Pulumi.yaml"), projectText(project, program));
  const copy = path.join(folder.project, stackName);
  const salt = saltOf(readOrUndefined(copy) ?? "");
  fs.writeFileSync(copy, stackText(settings, salt), { mode: 0o600 });

  const name: unknown = parseDocument(project).get("name");
  if (typeof name !== "string") throw new LocalError(`${shown(program)}/Pulumi.yaml has no name.`);
  return name;
}
