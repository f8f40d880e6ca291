import fs from "node:fs";
import path from "node:path";
import type { Ledger } from "./ledger.ts";

/** Where the ledger is kept. */
export const LEDGER_FILE = path.join(import.meta.dirname, "ledger.json");

/** The ledger of the repository; empty where there is none yet. */
export function readLedger(file: string = LEDGER_FILE): Ledger {
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as Ledger) : [];
}

/** The text of the file. */
export function ledgerText(ledger: Ledger): string {
  return `${JSON.stringify(ledger, null, 2)}\n`;
}
