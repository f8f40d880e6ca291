// The entry that `pulumi up` loads with whichever Node it finds on PATH. Plain JavaScript, so that a
// Node that cannot strip types gets this explanation and not a syntax error from inside index.ts.
const major = Number(process.versions.node.split(".")[0]);
if (major < 24) {
  throw new Error(
    `Slipway needs Node 24 or newer, and this is Node ${process.versions.node} (${process.execPath}). ` +
      "Put node_modules/.bin first on PATH after `npm ci` (it brings Node 24), or use `make up`.",
  );
}
const program = await import("./index.ts");
export const { endpoints, commands, namespaces } = program;
