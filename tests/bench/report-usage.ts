// Loaded with --import into a measured process: leaves what it used in the file that USAGE_REPORT names.
import fs from "node:fs";

process.on("exit", () => {
  const file = process.env["USAGE_REPORT"];
  if (file === undefined) return;
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const used = {
    megabytes: Math.round(maxRSS / 1024),
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
  };
  fs.writeFileSync(file, JSON.stringify(used));
});
