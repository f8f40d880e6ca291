import { CRDS_FOLDER, type StandInChart } from "./stand-in-chart.ts";

/** The VPA: its definitions alone. Nobody asks its pods for anything. */
export const vpa: StandInChart = { definitions: CRDS_FOLDER, objects: () => [] };
