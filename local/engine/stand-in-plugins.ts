import fs from "node:fs";
import path from "node:path";
import { REPOSITORY } from "../repository.ts";
import type { EngineFolder } from "./engine-folder.ts";

/** Providers that a stand-in of ours takes the place of. */
const STAND_INS = ["kubernetes", "random", "tls", "gcp", "aws", "azure-native"] as const;

/** The version of the plugin that a provider's npm package asks the engine for. */
function wantedVersion(provider: string): string {
  const file = path.join(REPOSITORY, "node_modules/@pulumi", provider, "package.json");
  return (JSON.parse(fs.readFileSync(file, "utf8")) as { version: string }).version;
}

/**
 * Puts the stand-ins where the engine looks for plugins that it has downloaded. It would find them on
 * PATH as well, but warn of each in every run, and a real plugin earlier on PATH would win.
 */
export function installStandIns(folder: EngineFolder): void {
  const plugins = path.join(folder.home, "plugins");
  for (const provider of STAND_INS) {
    const name = `pulumi-resource-${provider}`;
    const place = path.join(plugins, `resource-${provider}-v${wantedVersion(provider)}`);
    fs.mkdirSync(place, { recursive: true });
    fs.rmSync(path.join(place, name), { force: true });
    fs.symlinkSync(path.join(REPOSITORY, "local/providers/bin", name), path.join(place, name));
  }
}
