import { askedOf, PROGRAMS, type Program } from "./arguments.ts";
import { execCredential } from "./exec-credential.ts";

const [program, ...args] = process.argv.slice(2);

try {
  const known = PROGRAMS.find((name): name is Program => name === program);
  if (known === undefined) throw new Error(`expected one of ${PROGRAMS.join(", ")}.`);
  const asked = askedOf(known, args);
  const account = process.env["SLIPWAY_CLOUD"];
  const credential = execCredential({ ...asked, account, now: Date.now() });
  process.stdout.write(`${JSON.stringify(credential)}\n`);
} catch (error) {
  process.stderr.write(`${program ?? ""} (stand-in): ${(error as Error).message}\n`);
  process.exitCode = 1;
}
