// Loaded with --import into a measured process: leaves its peak memory, in MB, in the file that
// MEMORY_REPORT names.
import fs from "node:fs";

process.on("exit", () => {
  const file = process.env["MEMORY_REPORT"];
  if (file === undefined) return;
  fs.writeFileSync(file, String(Math.round(process.resourceUsage().maxRSS / 1024)));
});
