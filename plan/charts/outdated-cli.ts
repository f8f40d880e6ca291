// `node plan/charts/outdated-cli.ts`: compares the pinned versions of the charts with the newest ones.
import { CHARTS } from "../../components/platform/index.ts";
import { outdatedCharts, outdatedText } from "./outdated.ts";

console.log(outdatedText(await outdatedCharts(Object.values(CHARTS))));
