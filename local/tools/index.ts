export { provideTools, whereTools, type ToolPaths } from "./provide-tools.ts";
export { toolFolder } from "./tool-folder.ts";
export { TOOLS, toolNamed, UP_TOOLS, type ToolName } from "./tool-table.ts";
