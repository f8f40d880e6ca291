import fs from "node:fs";
import Mocha from "mocha";

/** mocha's own `spec` report, plus the counts in a file for tests/run.ts to add up. */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures } = this.stats;
      fs.writeFileSync(options.reporterOptions.output, JSON.stringify({ passes, failures }));
    });
  }
}
